"""Who is needed when: every role by the half hour, as the show really runs."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from coordinator.core.cover import HALF_HOUR, HalfHour, Staffed, cover_of, half_hours
from coordinator.core.show_time import show_day, zone_named
from coordinator.events.models import Event
from coordinator.shifts.models import Role, Shift
from coordinator.shifts.queries.planned import shift_times, shifts_of
from coordinator.shownight.queries import Night, night

_Shifts = list[tuple[Staffed, Shift]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One half hour of a role. ``shift``: of those in it, the one that needs people most; None: there is none."""

    half_hour: HalfHour
    shift: Shift | None


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive half hours in the same state, of a role of the same shift."""

    starts_at: datetime
    ends_at: datetime
    half_hour: HalfHour
    shift: Shift | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One role over the half hours."""

    role: Role
    cells: Sequence[Cell]

    @property
    def half_hours(self) -> list[HalfHour]:
        return [cell.half_hour for cell in self.cells]

    @property
    def runs(self) -> list[Run]:
        """The same, with equal half hours joined, and without time at either end in which nobody is needed."""
        return _runs(self.cells, lambda cell: (_whole(cell.half_hour), cell.shift))


@dataclass(frozen=True, slots=True)
class GridDay:
    """One day of the show, 05:00 to 05:00: its roles, and all of them together."""

    on: date
    starts: Sequence[datetime]
    rows: Sequence[GridRow]
    all_roles: Sequence[HalfHour]

    @property
    def short(self) -> list[Run]:
        """When people are missing, in all roles together."""
        cells = [Cell(half_hour, None) for half_hour in self.all_roles]
        return [run for run in _runs(cells, lambda cell: cell.half_hour.missing) if run.half_hour.missing]


def grid_of(event: Event, now: datetime) -> list[GridDay]:
    """A table for each day on which someone is needed, without shifts that are called off or have no time."""
    tonight, zone = night(event.id, now), zone_named(event.zone)
    staffed: dict[Role, _Shifts] = {}
    for shift in shifts_of(event):
        if shift.cancelled_at is None and (one := _staffed(shift, tonight)) is not None:
            staffed.setdefault(shift.role, []).append((one, shift))
    all_shifts = [one for each in staffed.values() for one, _ in each]
    days = groupby(half_hours(all_shifts, zone), key=lambda start: show_day(start, zone))
    grids = (_day(on, list(starts), staffed, all_shifts) for on, starts in days)
    return [day for day in grids if day.rows]


def _day(on: date, starts: Sequence[datetime], staffed: dict[Role, _Shifts], all_shifts: list[Staffed]) -> GridDay:
    first = next((start for start in starts if _touches(all_shifts, [start])), starts[0])
    last = next((start for start in reversed(starts) if _touches(all_shifts, [start])), starts[-1])
    kept = [start for start in starts if first <= start <= last]
    rows = [
        GridRow(role, _cells(shifts, kept))
        for role, shifts in staffed.items()
        if _touches([s for s, _ in shifts], starts)
    ]
    return GridDay(on, kept, rows, cover_of(all_shifts, kept))


def _cells(shifts: _Shifts, starts: Sequence[datetime]) -> list[Cell]:
    halves = cover_of([one for one, _ in shifts], starts)
    return [Cell(half, _neediest(shifts, start)) for start, half in zip(starts, halves, strict=True)]


def _neediest(shifts: _Shifts, start: datetime) -> Shift | None:
    """Of those in this half hour, the one that is short of most people, then the one with most spots left."""
    touching = [(one, shift) for one, shift in shifts if _touches([one], [start])]
    if not touching:
        return None
    return max(touching, key=lambda each: (each[0].missing, each[1].places_left))[1]


def _touches(shifts: Sequence[Staffed], starts: Sequence[datetime]) -> bool:
    return any(each.starts_at < starts[-1] + HALF_HOUR and starts[0] < each.ends_at for each in shifts)


def _staffed(shift: Shift, tonight: Night) -> Staffed | None:
    times = shift_times(shift, tonight)
    if times.starts_at is None or times.ends_at is None or times.starts_at >= times.ends_at:
        return None
    return Staffed(times.starts_at, times.ends_at, shift.min, shift.max, len(shift.holding))


def _whole(half: HalfHour) -> Hashable:
    return half.needed, half.taken, half.missing, half.too_many


def _runs(cells: Sequence[Cell], alike_in: Callable[[Cell], Hashable]) -> list[Run]:
    alike = groupby(cells, key=alike_in)
    groups = (list(group) for _, group in alike)
    return [
        Run(group[0].half_hour.starts_at, group[-1].half_hour.starts_at + HALF_HOUR, group[0].half_hour, group[0].shift)
        for group in groups
        if group[0].half_hour.needed or group[0].half_hour.taken
    ]
