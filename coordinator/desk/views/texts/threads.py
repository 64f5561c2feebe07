"""What went between us and one person, or one phone that nobody has, with an answer box."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from ....clock import now
from ....core.wording import UnknownPlaceholder
from ....events.models import Event
from ....house import house
from ....messaging.models import Message
from ....messaging.queries import bubbles_with, last_from, message_in, thread
from ....people.models import Person
from ....people.queries import person_of
from ....shownight.queries import night
from ....web.guard import coordinator_required, the_coordinator
from ....web.live import live_page
from ... import sending
from ..overview import live_etag, our_event
from .blueprint import bp

FRESH = timedelta(days=1)  # to what somebody wrote longer ago one does not answer at any hour


@bp.get("/people/<int:person_id>")
@coordinator_required
def person(slug: str, person_id: int) -> ResponseReturnValue:
    event, theirs = _their_person(slug, person_id)
    return live_page(live_etag(event, now()), lambda: _person(event, theirs, "", None))


@bp.post("/people/<int:person_id>")
@coordinator_required
def write_to(slug: str, person_id: int) -> ResponseReturnValue:
    """An answer to what they wrote leaves at once; words of our own can be taken back for 30 seconds."""
    event, theirs = _their_person(slug, person_id)
    wrote, words = _to_answer(theirs), request.form.get("body", "")
    if wrote and "read" in request.form:
        sending.mark_read(wrote, now=now())
        return redirect(url_for("texts.answers", slug=slug), 303)
    to = sending.addressees(sending.house_of(event, now()), f"person-{theirs.id}", house().gateway.sender)
    if wrote and to[0].why_not is None:
        return _answered(wrote, words, lambda error: _person(event, theirs, words, error))
    return _noted(event, theirs, to, words)


@bp.get("/thread/<int:message_id>", endpoint="thread")
@coordinator_required
def show_thread(slug: str, message_id: int) -> ResponseReturnValue:
    """The same for the phone that a text went to or came from, whoever has it."""
    event, message = _their_message(slug, message_id)
    return live_page(live_etag(event, now()), lambda: _thread(event, message, "", None))


@bp.post("/thread/<int:message_id>")
@coordinator_required
def answer(slug: str, message_id: int) -> ResponseReturnValue:
    event, message = _their_message(slug, message_id)
    words = request.form.get("body", "")
    if "read" in request.form:
        sending.mark_read(message, now=now())
        return redirect(url_for("texts.answers", slug=slug), 303)
    return _answered(message, words, lambda error: _thread(event, message, words, error))


def _answered(message: Message, words: str, again: Callable[[str], str]) -> ResponseReturnValue:
    try:
        sent = sending.answer(message, words, _key(), by=the_coordinator(), now=now())
    except sending.NothingToSend as refusal:
        return again(str(refusal)), 422
    flash(_("Your answer is on its way.") if sent else _("That form was sent already. Nobody gets its text twice."))
    return redirect(request.path, 303)


def _noted(event: Event, theirs: Person, to: list[sending.Addressee], words: str) -> ResponseReturnValue:
    batch = _key()
    try:
        made = sending.drafts(sending.house_of(event, now()), to, words, {})
    except (sending.NothingToSend, UnknownPlaceholder) as refusal:
        return _person(event, theirs, words, str(refusal)), 422
    if sending.send(event, made, batch, by=the_coordinator(), now=now()):
        flash(ngettext("%(num)s text leaves in 30 seconds.", "%(num)s texts leave in 30 seconds.", 1), "undo")
    else:
        flash(_("That form was sent already. Nobody gets its text twice."))
    return redirect(url_for("texts.planned", slug=event.slug, undo=batch), 303)


def _to_answer(theirs: Person) -> Message | None:
    """What they wrote last, if it waits for an answer or is still fresh."""
    wrote = last_from(theirs.id)
    if wrote is None:
        return None
    waits = wrote.needs_answer and wrote.answered_at is None
    return wrote if waits or now() - wrote.created_at < FRESH else None


def _key() -> str:
    return sending.kept_key(request.form.get("batch", ""))


def _their_person(slug: str, person_id: int) -> tuple[Event, Person]:
    event = our_event(slug)
    return event, person_of(event.organisation_id, person_id) or abort(404)


def _their_message(slug: str, message_id: int) -> tuple[Event, Message]:
    event = our_event(slug)
    return event, message_in(message_id, event.organisation_id) or abort(404)


def _person(event: Event, theirs: Person, words: str, error: str | None) -> str:
    those = sending.house_of(event, now())
    to = sending.addressees(those, f"person-{theirs.id}", house().gateway.sender)
    return render_template(
        "desk/texts_person.html",
        event=event,
        person=theirs,
        house=those,
        parts=sending.meant(those, f"person-{theirs.id}"),
        why_not=to[0].why_not,
        wrote=_to_answer(theirs),
        bubbles=thread(theirs),
        words=words,
        error=error,
        batch=sending.a_new_key(),
    )


def _thread(event: Event, message: Message, words: str, error: str | None) -> str:
    tonight = night(event.id, now())
    return render_template(
        "desk/texts_thread.html",
        event=event,
        message=message,
        bubbles=bubbles_with(message.phone, event.organisation_id),
        slots=[(slot, tonight.seen(slot.id).starts_at) for slot in tonight.slots if message.person in slot.people],
        words=words,
        error=error,
        batch=sending.a_new_key(),
    )
