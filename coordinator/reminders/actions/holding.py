"""Texts that must wait although they are due: while their event's texts are paused, or during quiet hours."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coordinator.accounts.models import Organisation
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.events.queries import awake_at
from coordinator.messaging.actions.dispositions import Hold
from coordinator.messaging.actions.outbox import ANSWERS, change_state
from coordinator.messaging.models import Message, MessageState


def hold(messages: Sequence[Message], now: datetime) -> dict[int, Hold]:
    """Which of the due messages must wait, and until when (None: until someone resumes them).

    Quiet hours do not hold answers to what a person just did, nor texts about a show of the same 05:00-to-05:00 day.
    """
    ids = {message.event_id for message in messages if message.event_id is not None}
    found = db.session.scalars(select(Event).where(Event.id.in_(ids)).options(joinedload(Event.organisation)))
    events = {event.id: event for event in found}
    held: dict[int, Hold] = {}
    for message in messages:
        event = events.get(message.event_id or 0)
        reason = _why_held(message, event, now) if event else None
        if reason is not None:
            held[message.id] = reason
    return held


def release_unpaused(now: datetime) -> int:
    """Let texts wait again that were held by a pause that is over; how many.

    Ending a pause releases its texts itself, except those that another process was just about to hold.
    """
    with transaction() as session:
        rows = session.scalars(
            select(Message)
            .outerjoin(Event, Event.id == Message.event_id)
            .outerjoin(Organisation, Organisation.id == Message.organisation_id)
            .where(Message.state == MessageState.HELD, Message.held_until.is_(None))
            .where(Event.texts_paused_at.is_(None), Event.archived_at.is_(None), Organisation.texts_paused_at.is_(None))
            .with_for_update(of=Message, skip_locked=True)
        ).all()
        return sum(change_state(row, MessageState.WAITING, now=now, cause="texts are no longer paused") for row in rows)


def _why_held(message: Message, event: Event, now: datetime) -> Hold | None:
    if event.texts_paused_at is not None or event.organisation.texts_paused_at is not None:
        return Hold("paused", None)
    if event.archived_at is not None and message.kind not in ANSWERS:
        return Hold("archived", None)
    if message.any_hour or (wakes_at := awake_at(event, now)) <= now:
        return None
    return Hold("quiet hours", wakes_at)
