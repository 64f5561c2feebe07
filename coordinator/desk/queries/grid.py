"""Who is needed when: every role over the half hours, as the show really runs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from ...core.cover import HALF_HOUR, HalfHour, Staffed, cover_of, half_hours
from ...core.show_time import show_day, zone_named
from ...events.models import Event
from ...shifts.models import Role, Shift
from ...shifts.queries import shift_times, shifts_of
from ...shownight.queries import Night, night


@dataclass(frozen=True, slots=True)
class Run:
    """Half hours in a row that stand alike."""

    starts_at: datetime
    ends_at: datetime
    half_hour: HalfHour


@dataclass(frozen=True, slots=True)
class GridRow:
    """One role over the half hours."""

    role: Role
    half_hours: Sequence[HalfHour]

    @property
    def runs(self) -> list[Run]:
        """The same, with what stands alike put together; without the time in which nobody is needed at either end."""
        return _runs(self.half_hours)


@dataclass(frozen=True, slots=True)
class GridDay:
    """One day of the show, 05:00 to 05:00: its roles, and all of them together."""

    on: date
    starts: Sequence[datetime]
    rows: Sequence[GridRow]
    all_roles: Sequence[HalfHour]

    @property
    def short(self) -> list[Run]:
        """When people are missing, of all roles together."""
        return [run for run in _runs(self.all_roles, lambda half: half.missing) if run.half_hour.missing]


def grid_of(event: Event, now: datetime) -> list[GridDay]:
    """A table for each day on which somebody is needed; what was called off, or has no time any more, is left out."""
    tonight, zone = night(event.id, now), zone_named(event.zone)
    staffed: dict[Role, list[Staffed]] = {}
    for shift in shifts_of(event):
        if shift.cancelled_at is None and (one := _staffed(shift, tonight)) is not None:
            staffed.setdefault(shift.role, []).append(one)
    all_shifts = [one for each in staffed.values() for one in each]
    days = groupby(half_hours(all_shifts, zone), key=lambda start: show_day(start, zone))
    grids = (_day(on, list(starts), staffed, all_shifts) for on, starts in days)
    return [day for day in grids if day.rows]


def _day(
    on: date, starts: Sequence[datetime], staffed: dict[Role, list[Staffed]], all_shifts: list[Staffed]
) -> GridDay:
    rows = [GridRow(role, cover_of(shifts, starts)) for role, shifts in staffed.items() if _touches(shifts, starts)]
    first = next((start for start in starts if _touches(all_shifts, [start])), starts[0])
    last = next((start for start in reversed(starts) if _touches(all_shifts, [start])), starts[-1])
    kept = [start for start in starts if first <= start <= last]
    cut = slice(starts.index(first), starts.index(last) + 1)
    return GridDay(on, kept, [replace(row, half_hours=row.half_hours[cut]) for row in rows], cover_of(all_shifts, kept))


def _touches(shifts: Sequence[Staffed], starts: Sequence[datetime]) -> bool:
    return any(each.starts_at < starts[-1] + HALF_HOUR and starts[0] < each.ends_at for each in shifts)


def _staffed(shift: Shift, tonight: Night) -> Staffed | None:
    times = shift_times(shift, tonight)
    if times.starts_at is None or times.ends_at is None or times.starts_at >= times.ends_at:
        return None
    return Staffed(times.starts_at, times.ends_at, shift.min, shift.max, len(shift.holding))


def _whole(half: HalfHour) -> Hashable:
    return half.needed, half.taken, half.missing, half.too_many


def _runs(half_hours: Sequence[HalfHour], alike_in: Callable[[HalfHour], Hashable] = _whole) -> list[Run]:
    alike = groupby(half_hours, key=alike_in)
    groups = (list(group) for _, group in alike)
    return [
        Run(group[0].starts_at, group[-1].starts_at + HALF_HOUR, group[0])
        for group in groups
        if group[0].needed or group[0].taken
    ]
