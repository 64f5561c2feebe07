"""What a change of a night would cause, as values for a page. ``Who`` is the caller's type for a person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, Protocol, TypeVar

from ..clashes import Clash, ClashKind
from ..commitments import Overlap
from ..reminders.spots import PlaceChange
from ..sms_text import segments

Who = TypeVar("Who")


class Clashing(Protocol):
    """Somebody who cannot do two things, as far as this package knows about them."""

    @property
    def overlap(self) -> Overlap: ...


@dataclass(frozen=True, slots=True)
class Move:
    """A time before and after, in whole minutes. None: there was no time, or there is none now."""

    from_at: datetime | None
    to_at: datetime | None

    @property
    def length(self) -> timedelta | None:
        """How far it moves, negative when it becomes earlier. None unless both times exist."""
        return self.to_at - self.from_at if self.from_at and self.to_at else None

    def __bool__(self) -> bool:
        return self.from_at != self.to_at


@dataclass(frozen=True, slots=True)
class SlotMoves:
    slot_id: int
    name: str
    move: Move


@dataclass(frozen=True, slots=True)
class ShiftMoves:
    """A shift whose start moves, and how many people are on it."""

    role: str
    people: int
    move: Move


@dataclass(frozen=True, slots=True)
class TextGoes(Generic[Who]):
    """A text that the change causes: ``new_time``, ``changed``, ``cancelled``, or a ``reminder`` that gives the new
    time.


    ``about`` is an act or a role. It goes out at ``leaves_at`` unless the change is undone before.
    """

    person: Who
    kind: str
    about: str
    says_at: datetime
    was_at: datetime | None
    leaves_at: datetime
    is_held: bool  # by quiet hours
    body: str

    @property
    def segments(self) -> int:
        return segments(self.body)


@dataclass(frozen=True, slots=True)
class MustCall(Generic[Who]):
    """Someone who must be called because no text will tell them. ``why`` is a CallReason, shown in the call list."""

    person: Who
    kind: str
    about: str
    anchor: str
    says_at: datetime
    was_at: datetime | None
    why: str
    change: PlaceChange | None = None  # of a shift


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a stage ends, before and after, and how much time its coming changeovers can still recover.

    ``clashes`` are the new ones only. ``cannot_hold`` names the pinned slots that would now begin after their pinned
    time.
    """

    stage: str
    on: date | None  # the show day; None: the event has only one
    end: Move
    curfew_at: datetime | None
    over_curfew: timedelta
    was_over_curfew: timedelta
    recoverable: timedelta
    clashes: tuple[tuple[str, Clash], ...]  # each with the name of the slot
    cannot_hold: tuple[str, ...]

    @property
    def over_minutes(self) -> int:
        """How many minutes it runs past curfew; a part of one is one."""
        return -(-self.over_curfew // timedelta(minutes=1))

    @property
    def is_worse(self) -> bool:
        """Whether something stops fitting. A changeover that is only short does not count."""
        hard = any(clash.kind is not ClashKind.SHORT for _, clash in self.clashes)
        return hard or bool(self.cannot_hold) or self.over_curfew > self.was_over_curfew


@dataclass(frozen=True, slots=True)
class Consequences(Generic[Who]):
    """Everything that a change of the night would cause.

    ``later_reminders`` move without notice, ``dropped_reminders`` are canceled. ``forecasts`` covers only the stages
    that change, ``clashes`` only those of people that it makes, or makes worse. ``paused``: no text of the show is sent
    until a person resumes sending.
    """

    slots: tuple[SlotMoves, ...]
    shifts: tuple[ShiftMoves, ...]
    texts: tuple[TextGoes[Who], ...]
    calls: tuple[MustCall[Who], ...]
    later_reminders: int
    dropped_reminders: int
    forecasts: tuple[Forecast, ...]
    clashes: tuple[Clashing, ...]
    paused: bool

    @property
    def texted(self) -> tuple[Who, ...]:
        """Everyone who gets a text, without duplicates."""
        return tuple(dict.fromkeys(text.person for text in self.texts))

    @property
    def to_call(self) -> tuple[Who, ...]:
        """Everyone who must be called, without duplicates."""
        return tuple(dict.fromkeys(call.person for call in self.calls))

    @property
    def held_until(self) -> datetime | None:
        """When the texts held by quiet hours go out; None when no text is held."""
        return max((text.leaves_at for text in self.texts if text.is_held), default=None)

    @property
    def moves_anything(self) -> bool:
        return bool(self.slots or self.shifts)

    @property
    def concerns_anybody(self) -> bool:
        """Whether people must be told, or something stops fitting: then the page asks before it saves."""
        return bool(self.texts or self.calls or self.clashes or any(each.is_worse for each in self.forecasts))

    @property
    def segments(self) -> int:
        """Number of segments of all texts together; equal to the number of texts when each fits in one."""
        return sum(text.segments for text in self.texts)
