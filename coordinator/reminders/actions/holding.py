"""Texts that must wait although they are due: those of an event that is paused or asleep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...accounts.models import Organisation
from ...db import db, transaction
from ...events.models import Event
from ...events.queries import awake_at
from ...messaging.actions import change_state
from ...messaging.actions.claiming import Hold
from ...messaging.models import Message


def hold(messages: Sequence[Message], now: datetime) -> dict[int, Hold]:
    """Which of the due messages must wait, and until when (None: until somebody lets them go).

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
    """Let texts wait again that are held by a pause that is over; how many.

    Lifting a pause releases its texts itself, but for those that somebody was just holding back for it.
    """
    with transaction() as session:
        rows = session.scalars(
            select(Message)
            .outerjoin(Event, Event.id == Message.event_id)
            .outerjoin(Organisation, Organisation.id == Message.organisation_id)
            .where(Message.state == "held", Message.held_until.is_(None))
            .where(Event.texts_paused_at.is_(None), Organisation.texts_paused_at.is_(None))
            .with_for_update(of=Message, skip_locked=True)
        ).all()
        return sum(change_state(row, "waiting", now=now, cause="texts are no longer paused") for row in rows)


def _why_held(message: Message, event: Event, now: datetime) -> Hold | None:
    if message.kind == "code":
        return None
    if event.texts_paused_at is not None or event.organisation.texts_paused_at is not None:
        return Hold("paused", None)
    if message.any_hour or (wakes_at := awake_at(event, now)) <= now:
        return None
    return Hold("quiet hours", wakes_at)
