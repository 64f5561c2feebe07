"""Signing up to help: choose shifts, say who you are, prove your number or address. Nobody needs an account."""

from dataclasses import replace
from datetime import datetime

from flask import Response, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.actions.limits import TooManyTries
from coordinator.accounts.models import Actor
from coordinator.clock import now
from coordinator.features.public_lineup.queries.summaries import EventSummary
from coordinator.features.public_lineup.views import visible
from coordinator.people.actions.persons import one_line
from coordinator.people.models import Channel, Person
from coordinator.services import services
from coordinator.shifts.actions.codes import prove_sign_up
from coordinator.shifts.actions.coming import stand_by
from coordinator.shifts.queries.searching import standby_of
from coordinator.shifts.refusals.codes import CodeRefused, NoCodeNow, SignUpIsClosed
from coordinator.web.chosen_days import a_day
from coordinator.web.known import forget, remember, this_browser
from coordinator.web.live import not_modified, with_etag

from ..draft import SignUpRequest
from ..forms import CodeForm
from ..labels import DAY_PARTS
from ..listing import Filter, listing
from ..queries import Choices, choices
from .about_you import about_you, read_details
from .blueprint import bp
from .page import (
    CODE,
    code_is_sent,
    consent_words,
    fulfil,
    keep_request,
    kept_request,
    known_here,
    private,
    promised_code,
    promised_request,
    request_in_address,
    send_code,
    to_choose,
)

ALWAYS = ("sign_up.choose", "sign_up.somebody_else")  # pages that stay open while sign-up is closed


@bp.before_request
def only_while_it_is_open() -> ResponseReturnValue | None:
    """While a coordinator has closed sign-up, every page redirects to the shifts, where it says so."""
    slug = (request.view_args or {}).get("slug", "")
    if request.endpoint in ALWAYS or not visible(slug).sign_up_closed:
        return None
    flash(str(SignUpIsClosed()), "wait")
    return redirect(url_for("sign_up.choose", slug=slug), 303)


@bp.get("/e/<slug>/volunteer")
def choose(slug: str) -> ResponseReturnValue:
    """Every shift, the open ones to choose from."""
    summary, at, requested = visible(slug), now(), request_in_address()
    person = known_here(summary)
    if person is not None or requested:
        return _choices(summary, at, requested, person=person)
    etag = summary.etag(at)
    if (same := not_modified(etag)) is not None:
        return same
    return with_etag(_choices(summary, at, requested), etag)


@bp.post("/e/<slug>/volunteer")
def chosen(slug: str) -> ResponseReturnValue:
    """Chosen shifts are taken at once for someone we know; others first say who they are."""
    summary, at = visible(slug), now()
    requested = SignUpRequest(tuple(request.form.getlist("shift")), tuple(request.form.getlist("queue")))
    requested = replace(requested, friend=one_line(request.form.get("friend", ""))[:100])
    person = known_here(summary)
    found = choices(summary.event_id, at, person=person, taking=requested.taking, queueing=requested.queueing)
    wrongs = [sentence for _objection, sentence in found.wrongs] or _nothing_left(found, requested)
    if wrongs:
        return _choices(summary, at, requested, person=person, wrongs=wrongs), 422
    if person is None or found.skills or found.age:
        keep_request(requested)
        return redirect(url_for(".details", slug=slug, **requested.asked), 303)
    return fulfil(summary, person, requested, at)


@bp.route("/e/<slug>/volunteer/details", methods=["GET", "POST"])
def details(slug: str) -> ResponseReturnValue:
    """A name, a mobile number or an email address, what the shifts ask for, and what agreeing means."""
    summary, at, requested = visible(slug), now(), request_in_address()
    person = known_here(summary)
    found = choices(summary.event_id, at, person=person, taking=requested.taking, queueing=requested.queueing)
    if found.wrongs or not found.picked:
        words = _("That shift is no longer open. Please choose another.")
        flash(found.wrongs[0][1] if found.wrongs else words, "wait")
        return to_choose(slug, requested)
    form = about_you(summary, found, person)
    if form.validate_on_submit():
        requested = read_details(summary, form, found, requested, person, at)
        if not form.errors and person is not None:
            return fulfil(summary, person, requested, at)
        if not form.errors and code_is_sent(summary, form, requested, at):
            return redirect(url_for(".code", slug=slug), 303)
    event = found.shown.event
    known: dict[str, object] = {
        "found": found,
        "requested": requested,
        "person": person,
        "words": consent_words(event.organisation.name),
        "email_words": consent_words(event.organisation.name, Channel.EMAIL),
    }
    page = private("sign_up/details.html", event, form=form, **known)
    return (page, 422) if form.errors else page


@bp.route("/e/<slug>/volunteer/code", methods=["GET", "POST"])
def code(slug: str) -> ResponseReturnValue:
    """The code from the text or email; the right one takes the shifts."""
    summary, at, form = visible(slug), now(), CodeForm()
    sent = promised_code(summary)
    if sent is None or (sent.used_at is not None and request.method == "GET"):
        return to_choose(slug, kept_request())
    requested = promised_request(sent)
    if form.validate_on_submit():
        try:
            proof = prove_sign_up(sent.id, form.digits, browser=this_browser(), now=at)
        except CodeRefused as refusal:
            form.code.errors = [str(refusal)]
        else:
            if proof.person is None:
                session[CODE] = sent.id
                return redirect(url_for(".who", slug=slug), 303)
            response = fulfil(summary, proof.person, requested, at)
            remember(response, proof.person)
            return response
    found = choices(summary.event_id, at, taking=requested.taking, queueing=requested.queueing)
    page = private("sign_up/code.html", found.shown.event, form=form, sent=sent, requested=requested, found=found)
    return (page, 422) if form.errors else page


@bp.post("/e/<slug>/volunteer/code/again")
def again(slug: str) -> ResponseReturnValue:
    """Another code to the same number or address."""
    summary, at = visible(slug), now()
    sent = promised_code(summary)
    if sent is None or sent.used_at is not None:
        return to_choose(slug, kept_request())
    try:
        send_code(summary, promised_request(sent), sent_to=sent.sent_to, name=sent.name, at=at, again=True)
        flash(_("A new code is on its way. Only the newest one works."), "ok")
    except (NoCodeNow, TooManyTries) as refusal:
        flash(str(refusal), "wait")
    return redirect(url_for(".code", slug=slug), 303)


@bp.post("/e/<slug>/volunteer/standby")
def standby(slug: str) -> ResponseReturnValue:
    """Put someone we know on standby; their own page undoes that."""
    summary, at = visible(slug), now()
    person, shown = known_here(summary), choices(summary.event_id, at).shown
    if person is None or not shown.shifts:
        return redirect(url_for(".choose", slug=slug), 303)
    stand_by(shown.event, person, actor=Actor.person(person), now=at)
    flash(_("Thank you. We'll ask you if we need more help."), "ok")
    return redirect(url_for("my_page.page", token=services().links.token(person)), 303)


@bp.post("/e/<slug>/volunteer/somebody-else")
def somebody_else(slug: str) -> ResponseReturnValue:
    """Make this browser forget whose it is."""
    response = redirect(url_for(".choose", slug=visible(slug).slug), 303)
    session.pop(CODE, None)
    forget(response)
    return response


def _choices(
    summary: EventSummary,
    at: datetime,
    requested: SignUpRequest,
    *,
    person: Person | None = None,
    wrongs: list[str] | None = None,
) -> Response:
    found = choices(summary.event_id, at, person=person, taking=requested.taking, queueing=requested.queueing)
    shown = Filter.read(a_day(request.args.get("day")), request.args.get("part", ""))
    values = {"found": found, "shown": found.shown, "person": person, "requested": requested, "wrongs": wrongs or []}
    values |= {"list": listing(found, shown, is_known=person is not None), "day_parts": DAY_PARTS}
    stands_by = person is not None and standby_of(summary.event_id, person) is not None
    response = private("sign_up/choose.html", found.shown.event, stands_by=stands_by, **values)
    if person is None and not requested:
        response.headers.pop("Cache-Control")
    return response


def _nothing_left(found: Choices, requested: SignUpRequest) -> list[str]:
    if not requested:
        return [_("Choose a shift to continue.")]
    return [] if found.picked else [_("That shift is no longer open. Please choose another.")]
