"""What each person was told about each subject, read from the outbox itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import and_, or_, select

from coordinator.core.json_values import JsonObject
from coordinator.core.reminders import Told
from coordinator.core.reminders.spots import SpotFacts
from coordinator.core.timeline import Anchor
from coordinator.db import db
from coordinator.messaging.models import PLACE_KINDS, TOLD, UNSENT, Call, Direction, Message, MessageKind, MessageState

TAKE_BACK = (MessageKind.CANCELLED, MessageKind.REMOVED)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
ACCEPTED = MessageKind.ACCEPTED
PLANNED_KINDS = (MessageKind.REMINDER, MessageKind.NEW_TIME, MessageKind.CANCELLED, MessageKind.CHANGED)


class ToldKey(NamedTuple):
    """A slot or shift (``slot:12``, ``shift:7``), a person, an anchor."""

    subject: str
    person_id: int
    anchor: str


class Gone(NamedTuple):
    """A text that went out and will not change: what the planner needs of it, without the row.

    A call that was made is one too, under its negated id.
    """

    id: int
    person_id: int | None
    slot_id: int | None
    shift_id: int | None
    dedupe_key: str | None
    kind: str
    state: str
    anchor: str | None
    says_at: datetime | None
    planned_at: datetime | None
    due_at: datetime | None
    claimed_at: datetime | None
    other_times: dict[str, str] | None = None
    tells: JsonObject | None = None


_COUNTING = (
    Message.kind.in_(PLANNED_KINDS),
    and_(Message.kind.in_((*PLACE_KINDS, ACCEPTED)), Message.state.in_(TOLD)),  # unsent ones are not the planner's
)
_GONE = [getattr(Message, name) for name in Gone._fields]


@dataclass(frozen=True, slots=True)
class Thread:
    """The planned texts to one person about one subject, unsent and sent."""

    messages: tuple[Message | Gone, ...] = ()
    told: Mapping[str, Told] = field(default_factory=dict)
    told_since: bool = False  # told anything since the last cancellation
    cancellations: int = 0  # how often everything told has been voided
    spot: SpotFacts | None = None  # the times and place of the shift, as told last; None: nothing since the last void

    def round(self, moves: int) -> str:
        """Distinguishes two new-time texts with the same time: a cancellation lies between them, or a move.

        ``moves``: how often plan and declarations have moved the subject.
        """
        return f"{self.cancellations}.{moves}" if moves else str(self.cancellations)

    def announced(self, anchor: str, moves: int) -> frozenset[datetime]:
        """The times that new-time texts of the current round have told."""
        return frozenset(
            message.says_at
            for message in self.messages
            if message.kind == MessageKind.NEW_TIME
            and message.state in TOLD
            and message.anchor == anchor
            and message.says_at is not None
            and _round_of(message) == self.round(moves)
        )

    @property
    def calls_made(self) -> int:
        """How often someone has told them by phone or in person."""
        return sum(message.id < 0 for message in self.messages)

    @property
    def changes_told(self) -> int:
        """How often they were told that a shift of theirs has changed."""
        return sum(message.kind == MessageKind.CHANGED and message.state in TOLD for message in self.messages)

    @property
    def rows(self) -> list[Message]:
        """Texts that may still change, and those that never went out."""
        return [message for message in self.messages if isinstance(message, Message)]

    @property
    def unsent(self) -> list[Message]:
        return [message for message in self.rows if message.state in UNSENT]

    def last_left(self, *kinds: str) -> datetime | None:
        """When the last text of one of these kinds went out; None: none has."""
        left = [each.claimed_at for each in self.messages if each.kind in kinds and each.state in TOLD]
        return max((at for at in left if at is not None), default=None)


def subject_of(message: Message | Gone) -> str:
    return f"slot:{message.slot_id}" if message.slot_id is not None else f"shift:{message.shift_id}"


def threads_of(event_id: int) -> dict[tuple[str, int], Thread]:
    """Threads by subject and person."""
    by_thread: dict[tuple[str, int], list[Message | Gone]] = defaultdict(list)
    for message in _texts(event_id):
        if message.person_id is not None:
            by_thread[subject_of(message), message.person_id].append(message)
            for other in _also(message):
                by_thread[subject_of(other), message.person_id].append(other)
    for call in _calls_made(event_id):
        for each in (call, *_also(call)):
            by_thread[subject_of(each), call.person_id or 0].append(each)
    return {key: thread_of(messages) for key, messages in by_thread.items()}


def _also(message: Message | Gone) -> Iterator[Gone]:
    """The same text, as it concerns each other shift that it names, with its start."""
    if isinstance(message, Gone):
        for shift_id, says_at in (message.other_times or {}).items():
            at = datetime.fromisoformat(says_at)
            other = message._replace(slot_id=None, shift_id=int(shift_id), planned_at=None, other_times=None)
            yield other._replace(anchor=Anchor.SHIFT_START, says_at=at)


def _calls_made(event_id: int) -> Iterator[Gone]:
    """Calls that were ticked: from then on what they say counts as told, as by a text."""
    about = or_(Call.slot_id.is_not(None), Call.shift_id.is_not(None))
    made = select(Call).where(Call.event_id == event_id, Call.ticked_at.is_not(None), about)
    for call in db.session.scalars(made):
        yield Gone(
            id=-call.id,
            person_id=call.person_id,
            slot_id=call.slot_id,
            shift_id=call.shift_id,
            dedupe_key=None,
            kind=call.kind,
            state=MessageState.DELIVERED,
            anchor=call.anchor,
            says_at=call.says_at,
            planned_at=call.planned_at,
            due_at=call.made_at,
            claimed_at=call.ticked_at,
            other_times=_others(call),
            tells=call.tells,
        )


def _others(call: Call) -> dict[str, str]:
    """The start of each other shift that the call names, by id."""
    return {key: said["starts"] for key, said in (call.tells or {}).items() if key != str(call.shift_id)}


def _texts(event_id: int) -> Iterator[Message | Gone]:
    """Late in a show nearly all texts have gone out; reading those as rows takes ten times as long.

    Unsent texts are read first, then everything: a text that came back in between is seen anyway.
    """
    ours = [Message.event_id == event_id, Message.direction == Direction.OUT, or_(*_COUNTING)]
    rows = {row.id: row for row in db.session.scalars(select(Message).where(*ours, Message.state.not_in(TOLD)))}
    for values in db.session.execute(select(*_GONE).where(*ours)):
        gone = Gone._make(values)
        came_back = gone.id not in rows and gone.state not in TOLD
        yield db.session.get_one(Message, gone.id) if came_back else rows.get(gone.id, gone)


def thread_of(messages: Iterable[Message | Gone]) -> Thread:
    """What the messages add up to. A text counts as told from when it left the outbox, unless it failed."""
    ordered = sorted(messages, key=lambda message: (message.claimed_at or LONG_AGO, message.id))
    gone = [message for message in ordered if message.state in TOLD]
    cancelled = [message.claimed_at or LONG_AGO for message in gone if message.kind == MessageKind.CANCELLED]
    since_at = max(cancelled, default=LONG_AGO)
    told: dict[str, Told] = {}
    told_since = False
    for message in gone:
        if message.kind == MessageKind.REMOVED:  # they have nothing to do with it anymore, and know it
            told, told_since = {}, False
            continue
        if message.kind == MessageKind.CANCELLED or message.says_at is None or message.anchor is None:
            continue
        current = not cancelled or (message.claimed_at or LONG_AGO) > since_at
        told[message.anchor] = Told(message.says_at, voided=not current, planned_at=message.planned_at)
        told_since = told_since or current
    taken_back = sum(message.kind in TAKE_BACK for message in gone)
    return Thread(tuple(ordered), told, told_since, taken_back, _spot(gone))


def _spot(gone: Iterable[Message | Gone]) -> SpotFacts | None:
    """The shift as the last of these told it; None: they took it back, or said nothing of it."""
    spot = None
    for message in gone:
        said = (message.tells or {}).get(str(message.shift_id))
        spot = None if message.kind in TAKE_BACK else SpotFacts.of_json(said) if said else spot
    return spot


def new_time_key(subject: str, person_id: int, anchor: str, round_: str, says_at: datetime) -> str:
    """The unique key of a new-time text."""
    return f"new_time:{subject}:{person_id}:{anchor}:{round_}:{says_at:%Y%m%dT%H%M}"


def changed_key(subject: str, person_id: int, thread: Thread, spot: SpotFacts) -> str:
    """The unique key of a text that tells a changed shift: what it says, after so many others."""
    return f"changed:{subject}:{person_id}:{thread.cancellations}.{thread.changes_told}:{spot.stamp}"


def _round_of(message: Message | Gone) -> str:
    return (message.dedupe_key or "").split(":")[-2:][0]


def told_times(event_id: int) -> dict[ToldKey, Told]:
    """What everyone was told about every anchor of the event's slots and shifts."""
    return {
        ToldKey(subject, person_id, anchor): told
        for (subject, person_id), thread in threads_of(event_id).items()
        for anchor, told in thread.told.items()
    }
