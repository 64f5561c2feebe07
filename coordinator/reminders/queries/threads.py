"""What each person was told about each subject, read from the outbox itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import or_, select

from ...core.reminders import Told
from ...db import db
from ...messaging.models import TOLD, UNSENT, Message

LONG_AGO = datetime.min.replace(tzinfo=UTC)
PLANNED_KINDS = ("reminder", "new_time", "cancelled")


class ToldKey(NamedTuple):
    """A slot or shift (``slot:12``, ``shift:7``), a person, an anchor."""

    subject: str
    person_id: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Thread:
    """The planned texts of one person about one subject, unsent and sent."""

    messages: tuple[Message, ...] = ()
    told: Mapping[str, Told] = field(default_factory=dict)
    told_since: bool = False  # told anything since the last cancellation
    announced: Mapping[str, frozenset[datetime]] = field(default_factory=dict)
    cancellations: int = 0

    @property
    def unsent(self) -> list[Message]:
        return [message for message in self.messages if message.state in UNSENT]


def subject_of(message: Message) -> str:
    return f"slot:{message.slot_id}" if message.slot_id is not None else f"shift:{message.shift_id}"


def threads_of(
    event_id: int, subjects: Collection[str] | None = None, *, lock: bool = False
) -> dict[tuple[str, int], Thread]:
    """Threads by subject and person; of the named subjects only, when they are given.

    ``lock``: nobody claims one of these texts until the transaction ends.
    """
    wanted = select(Message).where(
        Message.event_id == event_id, Message.direction == "out", Message.kind.in_(PLANNED_KINDS)
    )
    if subjects is not None:
        slots = [int(key.removeprefix("slot:")) for key in subjects if key.startswith("slot:")]
        shifts = [int(key.removeprefix("shift:")) for key in subjects if key.startswith("shift:")]
        wanted = wanted.where(or_(Message.slot_id.in_(slots), Message.shift_id.in_(shifts)))
    if lock:
        wanted = wanted.with_for_update(of=Message)
    by_thread: dict[tuple[str, int], list[Message]] = defaultdict(list)
    for message in db.session.scalars(wanted):
        if message.person_id is not None:
            by_thread[subject_of(message), message.person_id].append(message)
    return {key: thread_of(messages) for key, messages in by_thread.items()}


def thread_of(messages: Iterable[Message]) -> Thread:
    """What the messages amount to. A text counts as told from when it left the outbox, unless it failed."""
    ordered = sorted(messages, key=lambda message: (message.claimed_at or LONG_AGO, message.id))
    gone = [message for message in ordered if message.state in TOLD]
    cancelled = [message.claimed_at or LONG_AGO for message in gone if message.kind == "cancelled"]
    since_at = max(cancelled, default=LONG_AGO)
    told: dict[str, Told] = {}
    announced: dict[str, set[datetime]] = defaultdict(set)
    told_since = False
    for message in gone:
        if message.kind == "cancelled" or message.says_at is None or message.anchor is None:
            continue
        current = not cancelled or (message.claimed_at or LONG_AGO) > since_at
        told[message.anchor] = Told(message.says_at, voided=not current)
        told_since = told_since or current
        if current and message.kind == "new_time":
            announced[message.anchor].add(message.says_at)
    return Thread(
        tuple(ordered), told, told_since, {key: frozenset(times) for key, times in announced.items()}, len(cancelled)
    )


def told_times(event_id: int) -> dict[ToldKey, Told]:
    """What everybody was told of every anchor of the event's slots and shifts."""
    return {
        ToldKey(subject, person_id, anchor): told
        for (subject, person_id), thread in threads_of(event_id).items()
        for anchor, told in thread.told.items()
    }
