"""Sends texts written by hand, once per form however often the button is pressed; they can be undone for 30 seconds."""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.rules import UNDO
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.messaging.actions.outbox import queue_text, withdraw
from coordinator.messaging.models import Direction, Message, MessageChange, MessageKind

from .drafting import WrittenText, cost_of_answer

_KEY = re.compile(r"[A-Za-z0-9_-]{12}", re.ASCII)


def a_new_key() -> str:
    """A random key for one form, written into the form when it is shown."""
    return secrets.token_urlsafe(9)


def kept_key(written: str) -> str:
    """The form's own key; a new one when it has none or not one of ours."""
    return written if _KEY.fullmatch(written) else a_new_key()


def was_sent(event: Event, batch: str) -> bool:
    """Whether the texts of this form are already in the outbox."""
    return db.session.scalar(select(Message.id).where(_of(event, batch)).limit(1)) is not None


def send(event: Event, made: Sequence[WrittenText], batch: str, *, actor: Actor, now: datetime) -> bool:
    """Queue the drafts, due in 30 s. Returns False and does nothing when the form was already sent."""
    with transaction() as session:
        session.execute(select(Event.id).where(Event.id == event.id).with_for_update())  # one press at a time
        if was_sent(event, batch):
            return False
        for draft in made:
            queue_text(
                organisation_id=event.organisation_id,
                event_id=event.id,
                person=draft.to.person,
                kind=MessageKind.NOTE,
                body=draft.said.body,
                first_body=draft.said.first_body,
                mail=draft.mail,
                now=now,
                due_at=now + UNDO,
                slot_id=draft.to.slot.id if draft.to.slot else None,
                shift_id=draft.to.shift.id if draft.to.shift else None,
                dedupe_key=f"note:{event.id}:{batch}:{draft.to.person.id}",
            )
        record(event, actor, "texts.sent", event.slug, now=now, after={"people": len(made), "body": made[0].said.body})
    return True


def take_back(event: Event, batch: str, *, actor: Actor, now: datetime) -> int:
    """Cancel the unsent texts of one form; returns how many there were."""
    with transaction():
        rows = db.session.scalars(select(Message).where(_of(event, batch))).all()
        taken = sum(withdraw(row, now=now, cause=f"taken back by {actor.name}") for row in rows)
        record(event, actor, "texts.taken_back", event.slug, now=now, after={"people": taken})
    return taken


def answer(event: Event, message: Message, words: str, key: str, *, actor: Actor, now: datetime) -> Message | None:
    """Reply to an inbound text, at any hour. None when this form was already sent.

    ``event``: the show on whose pages it was written; its organization replies to texts meant for nobody in particular.
    Raises NothingToSend.
    """
    cost_of_answer(words)
    organisation_id = message.organisation_id or event.organisation_id
    dedupe_key = f"reply:{organisation_id}:{key}"
    with transaction() as session:
        session.execute(select(Message.id).where(Message.id == message.id).with_for_update())
        if session.scalar(select(Message.id).where(Message.dedupe_key == dedupe_key)) is not None:
            return None
        _take_out(message, now)
        record(event, actor, "text.answered", f"message:{message.id}", now=now)
        return queue_text(
            organisation_id=organisation_id,
            event_id=message.event_id,
            person=message.person,
            phone=message.phone,
            language=message.language,
            kind=MessageKind.REPLY,
            body=words.strip(),
            now=now,
            any_hour=True,
            answers_id=message.id,
            dedupe_key=dedupe_key,
        )


def mark_read(event: Event, message: Message, *, actor: Actor, now: datetime) -> None:
    """Take an inbound text, and everything before it from the same phone, out of the inbox.

    ``event``: the show on whose pages it was read.
    """
    with transaction():
        _take_out(message, now)
        record(event, actor, "text.read", f"message:{message.id}", now=now)


def _take_out(message: Message, now: datetime) -> None:
    with transaction() as session:
        older = select(Message).where(
            Message.phone == message.phone,
            Message.organisation_id.is_not_distinct_from(message.organisation_id),
            Message.direction == Direction.IN,
            Message.needs_answer,
            Message.answered_at.is_(None),
            Message.id <= message.id,
        )
        for row in session.scalars(older):
            row.answered_at = now
            session.add(MessageChange(message=row, at=now, before=row.state, after=row.state, cause="read"))


def _of(event: Event, batch: str) -> ColumnElement[bool]:
    """The texts of one form."""
    return and_(
        Message.event_id == event.id, Message.dedupe_key.startswith(f"note:{event.id}:{batch}:", autoescape=True)
    )
