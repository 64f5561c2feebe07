"""New times that are not told by themselves: an earlier one, one that was told before, one that came too late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ...core.reminders import LEAST_MOVE, NewTime
from ...core.show_time import whole_minute
from ...core.timeline import Anchor
from ...db import db
from ...events.models import Event
from ...messaging.models import TOLD, Message
from ...people.models import Person
from ...shownight.queries import Night
from .subjects import Subject, subjects_of
from .threads import Thread, threads_of


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Somebody who was told another time than the one that is projected now, and will not be told by itself."""

    subject: Subject
    person: Person
    anchor: str
    told_at: datetime
    now_at: datetime
    why: str


def held_back(event: Event, night: Night, now: datetime) -> list[HeldBack]:
    """Who was told a time of their own set or shift that is no longer true, and is not told the new one."""
    told = select(Message.id).where(Message.event_id == event.id, Message.state.in_(TOLD), Message.says_at.is_not(None))
    if db.session.scalar(told.limit(1)) is None:
        return []
    threads = threads_of(event.id)
    return [held for subject in subjects_of(event, night) for held in _of_subject(subject, threads, now)]


def _of_subject(subject: Subject, threads: dict[tuple[str, int], Thread], now: datetime) -> Sequence[HeldBack]:
    held = []
    for recipient in subject.recipients:
        thread = threads.get((subject.key, recipient.person.id), Thread())
        for anchor in (Anchor.SET_START, Anchor.SHIFT_START):
            told, now_at = thread.told.get(anchor), subject.anchors.get(anchor)
            if (
                told is None
                or told.at is None
                or told.voided
                or now_at is None
                or now_at <= now
                or subject.cancelled_at
            ):
                continue
            why = _why(told.at, now_at, thread, anchor, early_ok=subject.early_ok)
            if why is not None:
                held.append(HeldBack(subject, recipient.person, anchor, told.at, whole_minute(now_at), why))
    return held


def _why(told_at: datetime, now_at: datetime, thread: Thread, anchor: str, *, early_ok: bool) -> str | None:
    if abs(now_at - told_at) < LEAST_MOVE:
        return None
    if now_at < told_at and not early_ok:
        return NewTime.EARLIER
    return NewTime.REPEATED if whole_minute(now_at) in thread.announced.get(anchor, frozenset()) else None
