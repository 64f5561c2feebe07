"""What the pages of signing up have in common: who is asking, what they chose, and how the answer leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, abort, flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from ...accounts.actions import TooManyTries
from ...events.queries import event_by_slug
from ...people.actions import NotAPhone, learn_about, notices_about, one_line, parse_phone, personal_link
from ...people.queries import person_by_link
from ...shifts.actions import ask_code, bring_friend, come_along, take_shifts
from ...shifts.queries import code_of, people_waiting
from ...shifts.refusals import CannotTakeShift
from ...web.addresses import caller_address
from ...web.known import known_token
from ...web.languages import language
from ..queries.choosing import Choices, choices
from ..queries.public import Billing
from ..regions import region_of
from ..wishes import Wish
from .public import host

CODE = "code"  # where the session keeps which code this browser was promised
WISH = "wish"  # and for which shifts


def consent_words() -> str:
    """What somebody agrees to, in their language; kept with their agreement."""
    return _(
        "You get a code now, a reminder the day before and an hour before your shift, and a text if its time changes. "
        "Message and data rates may apply. Reply STOP to end, HELP for help. "
        "We delete your number 30 days after the show."
    )


def known_person(billing: Billing) -> Any:
    """The person whom this browser belongs to, if they are one of this house's."""
    token = known_token()
    person = person_by_link(token) if token else None
    return person if person and person.organisation_id == billing.organisation_id else None


def private(template: str, event: Any, **values: Any) -> Response:
    """A page that no cache keeps."""
    response = make_response(
        render_template(template, event=event, organisation_name=event.organisation.name, **values)
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def kept_wish() -> Wish:
    """What was chosen in this browser a moment ago."""
    kept = session.get(WISH)
    return Wish.of(kept) if kept else Wish()


def keep_wish(wish: Wish) -> None:
    session[WISH] = wish.kept()


def promised_code(billing: Billing) -> Any:
    """The code that this browser waits for, or has just used; None when there is none."""
    return code_of(session.get(CODE), billing.event_id)


def send_code(billing: Billing, wish: Wish, *, phone: str, name: str, at: datetime, again: bool = False) -> None:
    """Text a code, and keep in this browser what it is for. Raises TooManyTries."""
    event = event_by_slug(billing.slug)
    if event is None:
        abort(404)
    picked = choices(billing.event_id, at, taking=wish.taking, queueing=wish.queueing).picked
    sent = ask_code(
        event,
        phone=phone,
        name=name,
        language=language(),
        words=consent_words(),
        shift_id=picked[0].shift.id if picked else None,
        host=host(),
        address=caller_address(),
        now=at,
        again=again,
    )
    session[CODE] = sent.id
    keep_wish(wish)


def code_is_sent(billing: Billing, form: Any, wish: Wish, at: datetime) -> bool:
    """Whether a code is on its way to the number that was written; if not, why stands at the field."""
    try:
        phone = parse_phone(form.phone.data or "", region_of(billing.zone))
        for notice in notices_about(phone):
            form.phone.errors = [_("%(why)s Write a mobile number.", why=notice.message)]
            return False
        send_code(billing, wish, phone=phone, name=one_line(form.name.data or ""), at=at)
    except (NotAPhone, TooManyTries) as refusal:
        form.phone.errors = [str(refusal)]
        return False
    return True


def to_choose(slug: str, wish: Wish) -> BaseResponse:
    """Back to the shifts, with those ticked that were."""
    return redirect(url_for("sign_up.choose", slug=slug, **wish.asked), 303)


def fulfil(billing: Billing, person: Any, wish: Wish, at: datetime) -> BaseResponse:
    """To the person's own page, down for all they chose; or back to the shifts, with what was in the way."""
    session.pop(CODE, None)
    keep_wish(wish)
    learn_about(person, skills=wish.skills, born_on=wish.born_on)
    found = choices(billing.event_id, at, person=person, taking=wish.taking, queueing=wish.queueing)
    try:
        taken = _take(billing, found, person, wish, at)
    except CannotTakeShift as refusal:
        flash(str(refusal), "wait")
        return to_choose(billing.slug, wish)
    session.pop(WISH, None)
    _thank(taken or [choice.mine for choice in found.picked if choice.mine], already=not taken)
    return redirect(url_for("me.page", token=personal_link(person, at).token), 303)


def _take(billing: Billing, found: Choices, person: Any, wish: Wish, at: datetime) -> list[Any]:
    if wish.come:
        return come_along(wish.come, person, event_id=billing.event_id, now=at)
    ids = [choice.shift.id for choice in found.taking]
    queue = [choice.shift.id for choice in found.queueing if choice.wants_queue]
    ids += [choice.shift.id for choice in found.queueing if not choice.wants_queue]
    if wish.friend and ids:
        return bring_friend(ids, person, wish.friend, now=at, how="link", queue_for=queue)
    return take_shifts(ids, [person], now=at, how="link", queue_for=queue)


def _thank(sign_ups: list[Any], *, already: bool) -> None:
    down = [each.shift.role.name for each in sign_ups if each.state != "waitlisted"]
    if down and already:
        flash(_("You are down for %(role)s already.", role=_listed(down)), "ok")
    elif down:
        flash(_("You are down for %(role)s. Thank you.", role=_listed(down)), "ok")
    for each in sign_ups:
        if each.state == "waitlisted":
            place = [one.id for one in people_waiting(each.shift_id)].index(each.id) + 1
            words = _("You are number %(place)d on the waitlist for %(role)s.", place=place, role=each.shift.role.name)
            flash(words, "ok")


def _listed(names: list[str]) -> str:
    *most, last = names
    return _("%(some)s and %(last)s", some=", ".join(most), last=last) if most else last


def wish_asked() -> Wish:
    """The shifts that the address names."""
    return Wish(tuple(request.args.getlist("shift")), tuple(request.args.getlist("queue")))
