"""What went between us and one person, or one phone that nobody has, with an answer box."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ....clock import now
from ....events.models import Event
from ....house import house
from ....messaging.models import Message
from ....messaging.queries import bubbles_with, last_from, message_in, opted_out, thread, unread_from
from ....people.models import Person
from ....people.queries import person_of
from ....shownight.queries import night
from ....web.guard import coordinator_required, the_coordinator
from ....web.live import live_page
from ... import sending
from ..overview import live_etag, our_event
from .blueprint import bp

FRESH = timedelta(days=1)  # to what somebody wrote longer ago one does not answer at any hour


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the answer box, what is wrong with it, and what it costs once that was asked for."""

    words: str = ""
    error: str | None = None
    cost: sending.Cost | None = None


NOTHING = Typed()


@bp.get("/people/<int:person_id>")
@coordinator_required
def person(slug: str, person_id: int) -> ResponseReturnValue:
    event, theirs = _their_person(slug, person_id)
    return live_page(live_etag(event, now()), lambda: _person(event, theirs, _to_answer(theirs), NOTHING))


@bp.post("/people/<int:person_id>")
@coordinator_required
def write_to(slug: str, person_id: int) -> ResponseReturnValue:
    """Answer what they wrote, or take it as read; words of our own go through the preview."""
    event, theirs = _their_person(slug, person_id)
    wrote = _as_shown(event, theirs)
    if "read" in request.form:
        return _read(slug, wrote)
    if wrote is None:
        return redirect(url_for("texts.write", slug=slug, to=f"person-{theirs.id}"), 307)  # with what was typed
    return _answered(wrote, _why_not(theirs), lambda typed: _person(event, theirs, wrote, typed))


@bp.get("/thread/<int:message_id>", endpoint="thread")
@coordinator_required
def show_thread(slug: str, message_id: int) -> ResponseReturnValue:
    """The same for the phone that a text went to or came from, whoever has it."""
    event, message = _their_message(slug, message_id)
    return live_page(live_etag(event, now()), lambda: _thread(event, message, NOTHING))


@bp.post("/thread/<int:message_id>")
@coordinator_required
def answer(slug: str, message_id: int) -> ResponseReturnValue:
    """Only what somebody wrote is answered: one of our own texts is nothing that they have asked."""
    event, message = _their_message(slug, message_id)
    if message.direction != "in":
        abort(404)
    if "read" in request.form:
        return _read(slug, message)
    if _is_open(message):
        return _answered(message, _why_no_answer(message), lambda typed: _thread(event, message, typed))
    typed = Typed(request.form.get("body", ""), _("They wrote this more than a day ago: it is too late to answer."))
    return _thread(event, message, typed), 422


def _read(slug: str, wrote: Message | None) -> ResponseReturnValue:
    if wrote is not None:
        sending.mark_read(wrote, now=now())
    return redirect(url_for("texts.answers", slug=slug), 303)


def _answered(message: Message, why_not: str | None, again: Callable[[Typed], str]) -> ResponseReturnValue:
    """What costs more than one segment is shown first, and leaves once that has been seen."""
    words = request.form.get("body", "")
    if why_not is not None:
        return again(Typed(words)), 422
    try:
        cost = sending.cost_of_answer(words)
    except sending.NothingToSend as refusal:
        return again(Typed(words, str(refusal))), 422
    if "check" in request.form or (cost.segments > 1 and request.form.get("seen") != str(cost.segments)):
        return again(Typed(words, cost=cost))
    sent = sending.answer(message, words, _key(), by=the_coordinator(), now=now())
    flash(_("Your answer is on its way.") if sent else _("That form was sent already. Nobody gets its text twice."))
    return redirect(request.path, 303)


def _as_shown(event: Event, theirs: Person) -> Message | None:
    """What the form stood under, while it may be answered: what came in since then nobody has read."""
    number = request.form.get("wrote", "")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return _to_answer(theirs)
    message = message_in(int(number), event.organisation_id)
    ours = message is not None and message.person_id == theirs.id and message.direction == "in"
    return message if message and ours and _is_open(message) else None


def _to_answer(theirs: Person) -> Message | None:
    """The newest of what they wrote that nobody has read; when all is read, what they wrote last, while it is fresh."""
    wrote = unread_from(theirs.id) or last_from(theirs.id)
    return wrote if wrote and _is_open(wrote) else None


def _is_open(wrote: Message) -> bool:
    """Whether it waits for an answer, or is still fresh."""
    waits = wrote.needs_answer and wrote.answered_at is None
    return waits or now() - wrote.created_at < FRESH


def _why_not(theirs: Person) -> str | None:
    return sending.why_not(theirs, _stopped(theirs.phone or ""))


def _why_no_answer(message: Message) -> str | None:
    return "opted_out" if _stopped(message.phone) else None


def _stopped(phone: str) -> set[str]:
    return opted_out([phone], house().gateway.sender)


def _key() -> str:
    return sending.kept_key(request.form.get("batch", ""))


def _their_person(slug: str, person_id: int) -> tuple[Event, Person]:
    event = our_event(slug)
    return event, person_of(event.organisation_id, person_id) or abort(404)


def _their_message(slug: str, message_id: int) -> tuple[Event, Message]:
    event = our_event(slug)
    return event, message_in(message_id, event.organisation_id) or abort(404)


def _person(event: Event, theirs: Person, wrote: Message | None, typed: Typed) -> str:
    those = sending.house_of(event, now())
    return render_template(
        "desk/texts_person.html",
        event=event,
        person=theirs,
        house=those,
        parts=sending.meant(those, f"person-{theirs.id}"),
        why_not=_why_not(theirs),
        wrote=wrote,
        bubbles=thread(theirs),
        typed=typed,
        price=_price(typed),
        batch=sending.a_new_key(),
    )


def _thread(event: Event, message: Message, typed: Typed) -> str:
    tonight = night(event.id, now())
    return render_template(
        "desk/texts_thread.html",
        event=event,
        message=message,
        bubbles=bubbles_with(message.phone, event.organisation_id),
        slots=[(slot, tonight.seen(slot.id).starts_at) for slot in tonight.slots if message.person in slot.people],
        why_not=_why_no_answer(message),
        wrote=message if message.direction == "in" and _is_open(message) else None,
        typed=typed,
        price=_price(typed),
        batch=sending.a_new_key(),
    )


def _price(typed: Typed) -> tuple[Decimal, str] | None:
    """What the words may cost, in which currency; None where no price is set."""
    settings = house().settings
    price = sending.price_of(typed.cost.segments if typed.cost else 0, settings.price_per_segment)
    return None if price is None else (price, settings.price_currency)
