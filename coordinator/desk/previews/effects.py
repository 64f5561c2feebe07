"""The effect of a press, as values for a page to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ...core.sms_text import segments
from ...lineup.models import Slot
from ...people.models import Person
from ...shownight.actions import ProposedPress


@dataclass(frozen=True, slots=True)
class Move:
    """A time before and after the press, in whole minutes; None: no time any more, or none before."""

    from_at: datetime | None
    to_at: datetime | None

    @property
    def length(self) -> timedelta | None:
        """How far it moves; negative when it comes earlier, None unless there is a time before and after."""
        return self.to_at - self.from_at if self.from_at and self.to_at else None

    def __bool__(self) -> bool:
        return self.from_at != self.to_at


@dataclass(frozen=True, slots=True)
class SlotMoves:
    """A slot whose start moves."""

    slot: Slot
    move: Move


@dataclass(frozen=True, slots=True)
class ShiftMoves:
    """A shift whose start moves, with how many people are on it."""

    role: str
    people: int
    move: Move


@dataclass(frozen=True, slots=True)
class TextGoes:
    """A text that goes out because of the press: a ``new_time`` or a ``cancelled``. ``about`` is an act or a role."""

    person: Person
    kind: str
    about: str
    says_at: datetime
    body: str

    @property
    def segments(self) -> int:
        return segments(self.body)


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the stage ends, before the press and after it, and what its coming changeovers could still win back."""

    end: Move
    curfew_at: datetime | None
    over_curfew: timedelta
    recoverable: timedelta


@dataclass(frozen=True, slots=True)
class Effect:
    """All that a press would do.

    ``start`` and ``set_end`` are the pressed slot's own. ``later_reminders`` move silently, ``dropped_reminders`` are
    taken back. ``to_call`` are people whose time changes by 5 minutes or more and who cannot be texted.
    """

    press: ProposedPress
    slot: Slot
    start: Move
    set_end: Move
    slots: tuple[SlotMoves, ...]
    shifts: tuple[ShiftMoves, ...]
    texts: tuple[TextGoes, ...]
    later_reminders: int
    dropped_reminders: int
    to_call: tuple[Person, ...]
    forecast: Forecast

    @property
    def texted(self) -> tuple[Person, ...]:
        """Everybody who gets a text, each once."""
        return tuple({text.person.id: text.person for text in self.texts}.values())

    @property
    def moves_anything(self) -> bool:
        return bool(self.slots or self.shifts)

    @property
    def segments(self) -> int:
        """How many segments the texts are in all; as many as texts when none costs more than one."""
        return sum(text.segments for text in self.texts)
