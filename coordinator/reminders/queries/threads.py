"""What each person was told about each subject, read from the outbox itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select

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


class Gone(NamedTuple):
    """A text that has left and will not be changed: what the plan asks of it, without the row."""

    id: int
    person_id: int | None
    slot_id: int | None
    shift_id: int | None
    dedupe_key: str | None
    kind: str
    state: str
    anchor: str | None
    says_at: datetime | None
    due_at: datetime | None
    claimed_at: datetime | None


_GONE = [getattr(Message, name) for name in Gone._fields]


@dataclass(frozen=True, slots=True)
class Thread:
    """The planned texts of one person about one subject, unsent and sent."""

    messages: tuple[Message | Gone, ...] = ()
    told: Mapping[str, Told] = field(default_factory=dict)
    told_since: bool = False  # told anything since the last cancellation
    announced: Mapping[str, frozenset[datetime]] = field(default_factory=dict)
    cancellations: int = 0

    @property
    def rows(self) -> list[Message]:
        """Those that may still be changed, and those that never went."""
        return [message for message in self.messages if isinstance(message, Message)]

    @property
    def unsent(self) -> list[Message]:
        return [message for message in self.rows if message.state in UNSENT]


def subject_of(message: Message | Gone) -> str:
    return f"slot:{message.slot_id}" if message.slot_id is not None else f"shift:{message.shift_id}"


def threads_of(
    event_id: int, subjects: Collection[str] | None = None, *, lock: bool = False
) -> dict[tuple[str, int], Thread]:
    """Threads by subject and person; of the named subjects only, when they are given.

    ``lock``: nobody claims one of these texts until the transaction ends.
    """
    ours = [Message.event_id == event_id, Message.direction == "out", Message.kind.in_(PLANNED_KINDS)]
    if subjects is not None:
        slots = [int(key.removeprefix("slot:")) for key in subjects if key.startswith("slot:")]
        shifts = [int(key.removeprefix("shift:")) for key in subjects if key.startswith("shift:")]
        ours.append(or_(Message.slot_id.in_(slots), Message.shift_id.in_(shifts)))
    by_thread: dict[tuple[str, int], list[Message | Gone]] = defaultdict(list)
    for message in _texts(ours, lock=lock):
        if message.person_id is not None:
            by_thread[subject_of(message), message.person_id].append(message)
    return {key: thread_of(messages) for key, messages in by_thread.items()}


def _texts(ours: Sequence[ColumnElement[bool]], *, lock: bool) -> Iterator[Message | Gone]:
    """After hours of a show that slides nearly all have left, and to read those as rows takes ten times as long.

    What has not left is read first, and then everything: a text that came back in between is seen all the same.
    """
    wanted = select(Message).where(*ours, Message.state.not_in(TOLD))
    rows = {row.id: row for row in db.session.scalars(wanted.with_for_update(of=Message) if lock else wanted)}
    locked = {"of": Message} if lock else None
    for values in db.session.execute(select(*_GONE).where(*ours)):
        gone = Gone._make(values)
        came_back = gone.id not in rows and gone.state not in TOLD
        yield db.session.get_one(Message, gone.id, with_for_update=locked) if came_back else rows.get(gone.id, gone)


def thread_of(messages: Iterable[Message | Gone]) -> Thread:
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
