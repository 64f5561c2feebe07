"""What is printed for a show: who works when, who may come in, whom to call, what stands on a badge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ...events.models import Event
from ...people.models import Person
from ...shifts.models import Shift, SignUp
from ..sending import Addressee, House, house_of


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that somebody does: a slot, or a shift with its place. ``call_at``: when they must be there."""

    what: str
    starts_at: datetime
    call_at: datetime
    place: str | None = None


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
    house = house_of(event, now)
    sheet = [_sheet_shift(shift, house) for shift in house.shifts if shift.cancelled_at is None]
    return sorted(sheet, key=lambda each: (each.starts_at, each.shift.id))


def everybody_on(event: Event, now: datetime) -> list[Named]:
    """Everybody who plays or helps, by name."""
    house, found = house_of(event, now), dict[int, Named]()
    for each in house.everybody:
        found.setdefault(each.person.id, Named(each.person)).duties.append(_duty(each, house))
    for named in found.values():
        named.duties.sort(key=lambda duty: duty.starts_at)
    return sorted(found.values(), key=lambda each: (each.person.name.casefold(), each.person.id))


def _sheet_shift(shift: Shift, house: House) -> SheetShift:
    return SheetShift(shift, *house.times(shift).or_planned(shift), shift.holding)


def _duty(each: Addressee, house: House) -> Duty:
    starts_at = house.begins_at(each)
    if each.slot is not None:
        at = starts_at or each.slot.starts_at
        return Duty(each.slot.name, at, at - each.slot.changeover, each.slot.stage.name)
    assert each.shift is not None
    at = starts_at or each.shift.starts_at
    return Duty(each.shift.role.name, at, at - each.shift.call, each.shift.place)
