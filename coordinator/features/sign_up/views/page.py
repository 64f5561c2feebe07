"""Shared by the sign-up pages: who is asking, what they chose, and how the response is sent."""

from datetime import datetime

from flask import Response, abort, flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from coordinator.accounts.actions.limits import TooManyTries
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.events.queries import event_by_slug
from coordinator.events.regions import region_of
from coordinator.features.public_lineup.queries.summaries import EventSummary
from coordinator.people.actions.emails import NotAnEmail, parse_email
from coordinator.people.actions.persons import learn_about, one_line
from coordinator.people.actions.phones import NotAPhone, notices_about, parse_phone, refuse_strange_numbers
from coordinator.people.models import Channel, Person, channel_to
from coordinator.services import services
from coordinator.shifts.actions.codes import CodeRequest, ask_code
from coordinator.shifts.actions.friends import bring_friend, come_along
from coordinator.shifts.actions.signing_up import take_shifts
from coordinator.shifts.models import ProofCode, SignUp, SignUpSource, SignUpState
from coordinator.shifts.queries.objections import people_waiting
from coordinator.shifts.queries.planned import code_of
from coordinator.shifts.refusals.codes import NoCodeNow
from coordinator.shifts.refusals.taking import CannotTakeShift
from coordinator.web.addresses import caller_address
from coordinator.web.calendars import host
from coordinator.web.known import known_person, this_browser
from coordinator.web.labels import called
from coordinator.web.languages import language

from ..draft import SignUpRequest
from ..forms import DetailsForm, ReachedForm
from ..queries import Choices, choices

CODE = "code"  # session key: the id of the code this browser waits for
REQUESTED = "requested"  # session key: for which shifts


def consent_words(organisation: str, channel: Channel = Channel.TEXT) -> str:
    """The consent text in the reader's language; stored with their consent. For texts carriers require all of it."""
    if channel is Channel.EMAIL:
        return _(
            "%(organisation)s will email you a code and your shift now, a reminder the day before and an hour before "
            "it, and word if it changes: about 5 emails for each show. A link in every email stops them. We delete "
            "your address 30 days after the show.",
            organisation=organisation,
        )
    return _(
        "%(organisation)s will text you a code and your shift now, a reminder the day before and an hour before it, "
        "and word if it changes: about 5 texts for each show. Message and data rates may apply. Reply STOP to stop, "
        "HELP for help. We delete your number 30 days after the show.",
        organisation=organisation,
    )


def known_here(summary: EventSummary) -> Person | None:
    """The person this browser belongs to, if they are in this organization; else None."""
    person = known_person(now())
    return person if person and person.organisation_id == summary.organisation_id else None


def private(template: str, event: Event, **values: object) -> Response:
    """Mark the page as not cacheable."""
    response = make_response(
        render_template(template, event=event, organisation_name=event.organisation.name, **values)
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def kept_request() -> SignUpRequest:
    """The shifts just chosen in this browser."""
    kept = session.get(REQUESTED)
    return SignUpRequest.of(kept) if kept else SignUpRequest()


def keep_request(requested: SignUpRequest) -> None:
    session[REQUESTED] = requested.kept()


def promised_code(summary: EventSummary) -> ProofCode | None:
    """The code that this page waits for, or has just used; None if there is none.

    Two browser tabs may wait for two codes. The page names its code; otherwise the newest one counts.
    """
    named = request.form.get("sent", "")
    code_id = int(named) if named.isdecimal() and len(named) < 16 else session.get(CODE)
    return code_of(code_id, summary.event_id, this_browser())


def promised_request(sent: ProofCode) -> SignUpRequest:
    """What was chosen before the code was sent."""
    return SignUpRequest.of(sent.requested) if sent.requested else kept_request()


def send_code(
    summary: EventSummary, requested: SignUpRequest, *, sent_to: str, name: str, at: datetime, again: bool = False
) -> None:
    """Text or email a code, and store what it is for. Raises TooManyTries, NoCodeNow."""
    event = event_by_slug(summary.slug)
    if event is None:
        abort(404)
    picked = choices(summary.event_id, at, taking=requested.taking, queueing=requested.queueing).picked
    sent = ask_code(
        event,
        CodeRequest(
            sent_to=sent_to,
            name=name,
            language=language(),
            consent_words=consent_words(event.organisation.name, channel_to(sent_to)),
            shift_id=picked[0].shift.id if picked else None,
            host=host(),
            address=caller_address(),
            browser=this_browser(),
            requested=requested.kept(),
        ),
        now=at,
        again=again,
    )
    session[CODE] = sent.id
    keep_request(requested)


def code_is_sent(summary: EventSummary, form: DetailsForm, requested: SignUpRequest, at: datetime) -> bool:
    """Whether a code was sent to the entered number or address; if not, the field says why."""
    try:
        sent_to = address_in(form, region_of(summary.zone))
        send_code(summary, requested, sent_to=sent_to, name=one_line(form.name.data or ""), at=at)
    except (NotAPhone, NotAnEmail, NoCodeNow, TooManyTries) as refusal:
        form.where.errors = [str(refusal)]
        return False
    return True


def address_in(form: ReachedForm, region: str) -> str:
    """The number (E.164) or email address that was entered, if a code may go there. Raises NotAPhone, NotAnEmail."""
    if form.channel is Channel.EMAIL:
        return parse_email(form.email.data or "")
    phone = parse_phone(form.phone.data or "", region)
    refuse_strange_numbers(phone, services().settings.regions_of(region), services().gateway.sender)
    for notice in notices_about(phone):
        raise NotAPhone(_("%(why)s Enter a mobile number.", why=notice.message))
    return phone


def to_choose(slug: str, requested: SignUpRequest) -> BaseResponse:
    """Back to the shifts, with the chosen ones checked."""
    return redirect(url_for("sign_up.choose", slug=slug, **requested.asked), 303)


def fulfil(summary: EventSummary, person: Person, requested: SignUpRequest, at: datetime) -> BaseResponse:
    """Redirect to the person's own page with all chosen shifts taken, or back to the shifts with the reason."""
    session.pop(CODE, None)
    keep_request(requested)
    learn_about(person, skills=requested.skills, born_on=requested.born_on)
    found = choices(summary.event_id, at, person=person, taking=requested.taking, queueing=requested.queueing)
    try:
        taken = _take(summary, found, person, requested, at)
    except CannotTakeShift as refusal:
        flash(str(refusal), "wait")
        return to_choose(summary.slug, requested)
    session.pop(REQUESTED, None)
    _thank(taken or [choice.mine for choice in found.picked if choice.mine], already=not taken)
    return redirect(url_for("my_page.page", token=services().links.token(person)), 303)


def _take(
    summary: EventSummary, found: Choices, person: Person, requested: SignUpRequest, at: datetime
) -> list[SignUp]:
    if requested.friends_key:
        return come_along(requested.friends_key, person, event_id=summary.event_id, now=at)
    ids = [choice.shift.id for choice in found.taking]
    queue = [choice.shift.id for choice in found.queueing if choice.wants_queue]
    ids += [choice.shift.id for choice in found.queueing if not choice.wants_queue]
    if requested.friend and ids:
        return bring_friend(ids, person, requested.friend, now=at, source=SignUpSource.LINK, queue_for=queue)
    return take_shifts(ids, [person], now=at, source=SignUpSource.LINK, queue_for=queue)


def _thank(sign_ups: list[SignUp], *, already: bool) -> None:
    down = [called(each.shift.role) for each in sign_ups if each.state != SignUpState.WAITLISTED]
    if down and already:
        flash(_("You're already signed up for %(role)s.", role=_listed(down)), "ok")
    elif down:
        flash(_("You're signed up for %(role)s. Thank you.", role=_listed(down)), "ok")
    for each in sign_ups:
        if each.state == SignUpState.WAITLISTED:
            place = [one.id for one in people_waiting(each.shift_id)].index(each.id) + 1
            words = _(
                "You're number %(place)d on the waitlist for %(role)s.", place=place, role=called(each.shift.role)
            )
            flash(words, "ok")


def _listed(names: list[str]) -> str:
    *most, last = names
    return _("%(some)s and %(last)s", some=", ".join(most), last=last) if most else last


def request_in_address() -> SignUpRequest:
    """The shifts named in the URL."""
    return SignUpRequest(tuple(request.args.getlist("shift")), tuple(request.args.getlist("queue")))
