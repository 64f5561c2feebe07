"""Texts that must wait although they are due: those of an event that is paused or asleep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...core.show_time import QuietHours, show_day_bounds
from ...db import db
from ...events.models import Event
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


def _why_held(message: Message, event: Event, now: datetime) -> Hold | None:
    if message.kind == "code":
        return None
    if event.texts_paused_at is not None or event.organisation.texts_paused_at is not None:
        return Hold("paused", None)
    if message.any_hour or event.quiet_from is None or event.quiet_to is None:
        return None
    zone = ZoneInfo(event.zone)
    begins_at, ends_at = show_day_bounds(event.date, zone)
    wakes_at = QuietHours(event.quiet_from, event.quiet_to).end_after(now, zone)
    if begins_at <= now < ends_at or wakes_at <= now:
        return None
    return Hold("quiet hours", wakes_at)
