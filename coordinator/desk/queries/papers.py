"""What is printed for a show: who works when, who may come in, whom to call, what stands on a badge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ...events.models import Event
from ...lineup.models import Slot
from ...people.models import Person
from ...shifts.models import HOLDING, Shift, SignUp
from ...shifts.queries import shift_times, shifts_of
from ...shownight.queries import Night, night


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that somebody does: a slot, or a shift with its place. ``call_at``: when they must be there."""

    what: str
    starts_at: datetime
    call_at: datetime
    place: str | None = None
    is_slot: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A person with all they do, in order of time."""

    person: Person
    duties: list[Duty] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SheetShift:
    """A shift with the people on it, at the times it really has."""

    shift: Shift
    starts_at: datetime
    ends_at: datetime
    people: Sequence[SignUp]

    @property
    def open_lines(self) -> int:
        """Empty lines to write on: one for each place nobody has taken."""
        return max(0, self.shift.max - len(self.people))


def shift_sheet(event: Event, now: datetime) -> list[SheetShift]:
    """Every shift that takes place, in order of time."""
    tonight = night(event.id, now)
    sheet = [_sheet_shift(shift, tonight) for shift in shifts_of(event) if shift.cancelled_at is None]
    return sorted(sheet, key=lambda each: (each.starts_at, each.shift.id))


def everybody_on(event: Event, now: datetime) -> list[Named]:
    """Everybody who plays or helps, by name."""
    tonight = night(event.id, now)
    found: dict[int, Named] = {}
    duties: dict[int, list[Duty]] = defaultdict(list)
    for person, duty in (*_playing(tonight), *_helping(event, tonight)):
        found.setdefault(person.id, Named(person, duties[person.id]))
        duties[person.id].append(duty)
    for each in duties.values():
        each.sort(key=lambda duty: duty.starts_at)
    return sorted(found.values(), key=lambda each: (each.person.name.casefold(), each.person.id))


def _sheet_shift(shift: Shift, tonight: Night) -> SheetShift:
    times = shift_times(shift, tonight)
    people = [sign_up for sign_up in shift.sign_ups if sign_up.state in HOLDING]
    return SheetShift(shift, *times.or_planned(shift), people)


def _playing(tonight: Night) -> Iterator[tuple[Person, Duty]]:
    for slot in tonight.slots:
        if slot.cancelled_at is None and slot.answer != "declined":
            for person in slot.people:
                yield person, _slot_duty(slot, tonight)


def _slot_duty(slot: Slot, tonight: Night) -> Duty:
    starts_at = tonight.stage_of(slot.id).seen(slot).starts_at or slot.starts_at
    return Duty(slot.name, starts_at, starts_at - slot.changeover, slot.stage.name, is_slot=True)


def _helping(event: Event, tonight: Night) -> Iterator[tuple[Person, Duty]]:
    for shift in shifts_of(event):
        if shift.cancelled_at is None:
            starts_at = shift_times(shift, tonight).starts_at or shift.starts_at
            duty = Duty(shift.role.name, starts_at, starts_at - shift.call, shift.place)
            yield from ((sign_up.person, duty) for sign_up in shift.sign_ups if sign_up.state in HOLDING)
