"""The conversation with one person, or with one phone that belongs to nobody, and a reply box."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.messaging.models import Direction, Message
from coordinator.messaging.queries.conversations import bubbles_with, thread
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.reached import last_from, unread_from
from coordinator.messaging.queries.silence import never_texted
from coordinator.messaging.queries.texts import message_in
from coordinator.people.models import Person
from coordinator.people.queries import person_of
from coordinator.services import services
from coordinator.shownight.queries import night
from coordinator.web.choices import HOW_AGREED
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.live import live_page
from coordinator.web.pause_status import event_etag

from .. import labels
from ..actions import a_new_key, kept_key, mark_read
from ..actions import answer as send_answer
from ..drafting import Cost, NothingToSend, cost_of_answer, price_of
from ..queries.quick import doable_of
from ..queries.recipients import contacts_of, meant
from ..quick import LATE_STEPS
from .blueprint import bp
from .quick import done_to

FRESH = timedelta(days=1)  # an older inbound text is not answered at any hour


@dataclass(frozen=True, slots=True)
class Typed:
    """The words in the reply box, what is wrong with them, and their cost if it was requested."""

    words: str = ""
    error: str | None = None
    cost: Cost | None = None


NOTHING = Typed()


@bp.get("/people/<int:person_id>")
@needs(Permission.HANDLE_TEXTS)
def person(slug: str, person_id: int) -> ResponseReturnValue:
    event, theirs = _their_person(slug, person_id)
    return live_page(event_etag(event, now()), lambda: _person(event, theirs, _to_answer(theirs), NOTHING))


@bp.post("/people/<int:person_id>")
@needs(Permission.HANDLE_TEXTS)
def write_to(slug: str, person_id: int) -> ResponseReturnValue:
    """Reply to what they wrote, or mark it as read; anything else goes through the preview."""
    event, theirs = _their_person(slug, person_id)
    wrote = _as_shown(event, theirs)
    if "read" in request.form:
        return _read(event, wrote)
    if wrote is None:
        return redirect(url_for("texts.write", slug=slug, to=f"person-{theirs.id}"), 307)  # 307 keeps what was typed
    return _answered(event, wrote, _why_not(theirs), lambda typed: _person(event, theirs, wrote, typed))


@bp.get("/thread/<int:message_id>", endpoint="thread")
@needs(Permission.HANDLE_TEXTS)
def show_thread(slug: str, message_id: int) -> ResponseReturnValue:
    """The same for the phone or address that a message went to or came from."""
    event, message = _their_message(slug, message_id)
    return live_page(event_etag(event, now()), lambda: _thread(event, message, NOTHING))


@bp.post("/thread/<int:message_id>")
@needs(Permission.HANDLE_TEXTS)
def answer(slug: str, message_id: int) -> ResponseReturnValue:
    """Reply to an inbound text; our own texts cannot be replied to."""
    event, message = _their_message(slug, message_id)
    if message.direction != Direction.IN:
        abort(404)
    if "read" in request.form:
        return _read(event, message)
    if _is_open(message):
        return _answered(event, message, _why_no_answer(message), lambda typed: _thread(event, message, typed))
    typed = Typed(request.form.get("body", ""), _("They wrote this more than a day ago, so it's too late to answer."))
    return _thread(event, message, typed), 422


def _read(event: Event, wrote: Message | None) -> ResponseReturnValue:
    if wrote is not None:
        mark_read(event, wrote, actor=current_actor(), now=now())
    return redirect(url_for("texts.answers", slug=event.slug), 303)


def _answered(
    event: Event, message: Message, why_not: str | None, again: Callable[[Typed], str]
) -> ResponseReturnValue:
    """A reply of more than one segment is sent only after its cost was shown."""
    words = request.form.get("body", "")
    if why_not is not None:
        return again(Typed(words)), 422
    try:
        cost = cost_of_answer(words)
    except NothingToSend as refusal:
        return again(Typed(words, str(refusal))), 422
    if "check" in request.form or (cost.segments > 1 and request.form.get("seen") != str(cost.segments)):
        return again(Typed(words, cost=cost))
    sent = send_answer(event, message, words, _key(), actor=current_actor(), now=now())
    flash(
        _("Your answer is on its way.") if sent else _("That form was already sent. Nobody gets the same text twice.")
    )
    return redirect(request.path, 303)


def _as_shown(event: Event, theirs: Person) -> Message | None:
    """The inbound text that the form was shown with, if it can still be answered: nobody has read any newer one."""
    number = request.form.get("wrote", "")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return _to_answer(theirs)
    message = message_in(int(number), event.organisation_id)
    ours = message is not None and message.person_id == theirs.id and message.direction == Direction.IN
    return message if message and ours and _is_open(message) else None


def _to_answer(theirs: Person) -> Message | None:
    """Their newest unread text; when all are read, their last one, while it is fresh."""
    wrote = unread_from(theirs.id) or last_from(theirs.id)
    return wrote if wrote and _is_open(wrote) else None


def _is_open(wrote: Message) -> bool:
    """Whether it waits for a reply, or is fresh."""
    waits = wrote.needs_answer and wrote.answered_at is None
    return waits or now() - wrote.created_at < FRESH


def _why_not(theirs: Person) -> str | None:
    return never_texted(theirs, _stopped(theirs.phone or ""))


def _why_no_answer(message: Message) -> str | None:
    return "opted_out" if _stopped(message.phone) else None


def _stopped(phone: str) -> set[str]:
    return opted_out([phone], services().gateway.sender)


def _key() -> str:
    return kept_key(request.form.get("batch", ""))


def _their_person(slug: str, person_id: int) -> tuple[Event, Person]:
    event = our_event(slug)
    return event, person_of(event.organisation_id, person_id) or abort(404)


def _their_message(slug: str, message_id: int) -> tuple[Event, Message]:
    event = our_event(slug)
    return event, message_in(message_id, event.organisation_id) or abort(404)


def _person(event: Event, theirs: Person, wrote: Message | None, typed: Typed) -> str:
    those = contacts_of(event, now())
    return render_template(
        "texts/person.html",
        event=event,
        person=theirs,
        contacts=those,
        parts=meant(those, f"person-{theirs.id}"),
        why_not=_why_not(theirs),
        wrote=wrote,
        bubbles=thread(theirs),
        typed=typed,
        price=_price(typed),
        batch=a_new_key(),
        doable=doable_of(those, meant(those, f"person-{theirs.id}")),
        stopped=bool(_stopped(theirs.phone or "")),
        did=(done_to(theirs.id, request.args.get("done", "")) or {}).get("did"),
        how_agreed=HOW_AGREED,
        steps=LATE_STEPS,
        labels=labels,
    )


def _thread(event: Event, message: Message, typed: Typed) -> str:
    tonight = night(event.id, now())
    return render_template(
        "texts/thread.html",
        event=event,
        message=message,
        bubbles=bubbles_with(message, event.organisation_id),
        slots=[(slot, tonight.told(slot.id).starts_at) for slot in tonight.slots if message.person in slot.people],
        why_not=_why_no_answer(message),
        wrote=message if message.direction == Direction.IN and _is_open(message) else None,
        typed=typed,
        price=_price(typed),
        batch=a_new_key(),
    )


def _price(typed: Typed) -> tuple[Decimal, str] | None:
    """(the price of the words, its currency); None when no price is configured."""
    settings = services().settings
    price = price_of(typed.cost.segments if typed.cost else 0, settings.price_per_segment)
    return None if price is None else (price, settings.price_currency)
