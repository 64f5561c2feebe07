"""Texts by hand into the outbox, once however often the button is pressed, and out of it again for 30 seconds."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select

from ...accounts.actions import record_change
from ...accounts.models import Coordinator
from ...core.rules import UNDO
from ...db import db, transaction
from ...events.models import Event
from ...messaging.actions import queue_text, withdraw
from ...messaging.models import Message, MessageChange
from .drafting import Draft, cost_of_answer

_KEY = re.compile(r"[A-Za-z0-9_-]{12}", re.ASCII)


def a_new_key() -> str:
    """A name for what one form sends, written into the form when it is shown."""
    return secrets.token_urlsafe(9)


def kept_key(written: str) -> str:
    """The form's own key; a new one where it has none that we could have made."""
    return written if _KEY.fullmatch(written) else a_new_key()


def was_sent(event: Event, batch: str) -> bool:
    """Whether the texts of this form are in the outbox already."""
    return db.session.scalar(select(Message.id).where(_of(event, batch)).limit(1)) is not None


def send(event: Event, made: Sequence[Draft], batch: str, *, by: Coordinator, now: datetime) -> bool:
    """Put the drafts into the outbox, to leave in 30 s. False, and nothing happens, when the form was sent already."""
    with transaction() as session:
        session.execute(select(Event.id).where(Event.id == event.id).with_for_update())  # one press at a time
        if was_sent(event, batch):
            return False
        for draft in made:
            queue_text(
                organisation_id=event.organisation_id,
                event_id=event.id,
                person=draft.to.person,
                kind="note",
                body=draft.body,
                now=now,
                due_at=now + UNDO,
                slot_id=draft.to.slot.id if draft.to.slot else None,
                shift_id=draft.to.shift.id if draft.to.shift else None,
                dedupe_key=f"note:{event.id}:{batch}:{draft.to.person.id}",
            )
        _record(event, by, "texts.sent", {"people": len(made), "body": made[0].body}, now)
    return True


def take_back(event: Event, batch: str, *, by: Coordinator, now: datetime) -> int:
    """Take back the texts of one sending that have not left; how many those were."""
    with transaction():
        rows = db.session.scalars(select(Message).where(_of(event, batch))).all()
        taken = sum(withdraw(row, now=now, cause=f"taken back by {by.person.name}") for row in rows)
        _record(event, by, "texts.taken_back", {"people": taken}, now)
    return taken


def answer(message: Message, words: str, key: str, *, by: Coordinator, now: datetime) -> Message | None:
    """Answer what somebody wrote; it leaves at once, whatever the hour. None when this form was sent already.

    What was meant for nobody in particular is answered by the coordinator's own organisation. Raises NothingToSend.
    """
    cost_of_answer(words)
    organisation_id = message.organisation_id or by.organisation_id
    dedupe_key = f"reply:{organisation_id}:{key}"
    with transaction() as session:
        session.execute(select(Message.id).where(Message.id == message.id).with_for_update())
        if session.scalar(select(Message.id).where(Message.dedupe_key == dedupe_key)) is not None:
            return None
        mark_read(message, now=now)
        return queue_text(
            organisation_id=organisation_id,
            event_id=message.event_id,
            person=message.person,
            phone=message.phone,
            language=message.language,
            kind="reply",
            body=words.strip(),
            now=now,
            any_hour=True,
            answers_id=message.id,
            dedupe_key=dedupe_key,
        )


def mark_read(message: Message, *, now: datetime) -> None:
    """Take what somebody wrote out of the inbox, and all they wrote before it."""
    with transaction() as session:
        older = select(Message).where(
            Message.phone == message.phone,
            Message.organisation_id.is_not_distinct_from(message.organisation_id),
            Message.direction == "in",
            Message.needs_answer,
            Message.answered_at.is_(None),
            Message.id <= message.id,
        )
        for row in session.scalars(older):
            row.answered_at = now
            session.add(MessageChange(message=row, at=now, before=row.state, after=row.state, cause="read"))


def _of(event: Event, batch: str) -> ColumnElement[bool]:
    """The texts of one sending."""
    return and_(
        Message.event_id == event.id, Message.dedupe_key.startswith(f"note:{event.id}:{batch}:", autoescape=True)
    )


def _record(event: Event, by: Coordinator, what: str, after: dict[str, object], now: datetime) -> None:
    record_change(
        organisation_id=event.organisation_id,
        event_id=event.id,
        coordinator_id=by.id,
        by=by.person.name,
        what=what,
        subject=event.slug,
        now=now,
        after=after,
    )
