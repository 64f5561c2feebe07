"""The shifts in the order in which someone looks for one: what fits them first, then by day, role and hour."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, auto
from typing import Final
from zoneinfo import ZoneInfo

from coordinator.core.show_time import show_day, show_days_of, zone_named
from coordinator.events.labels import called
from coordinator.shifts.models import Role, Shift

from .queries import Choices, ShiftChoice

SHORT: Final = 12  # shifts that are read without headings of roles


class DayPart(StrEnum):
    """A part of the day, by the hour at which a shift begins."""

    MORNING = auto()
    AFTERNOON = auto()
    EVENING = auto()


BEGINS: Final[Mapping[DayPart, int]] = {DayPart.MORNING: 5, DayPart.AFTERNOON: 12, DayPart.EVENING: 17}  # o'clock


class Group(StrEnum):
    """``open``: for whoever we do not know; ``fits`` and ``others``: for someone we know."""

    OPEN = auto()
    FITS = auto()
    OTHERS = auto()


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the list is shown: one show day, one part of the day; None: all."""

    on: date | None = None
    part: DayPart | None = None

    @classmethod
    def read(cls, on: date | None, part: str) -> "Filter":
        """As written in an address; a part that is none counts as not given."""
        return cls(on, DayPart(part) if part in set(DayPart) else None)

    @property
    def asked(self) -> dict[str, str | None]:
        """The same, as URL arguments."""
        return {"day": self.on.isoformat() if self.on else None, "part": self.part}


@dataclass(frozen=True, slots=True)
class RoleShifts:
    """The shifts of a role on one day, by hour. ``full``: those that only have a waitlist."""

    role: Role
    shifts: Sequence[ShiftChoice]
    full: Sequence[ShiftChoice]

    @property
    def is_full_chosen(self) -> bool:
        """Whether a full one is chosen or wants cover, so that it has to be seen."""
        return any(each.is_picked or each.shift.cover_wanted for each in self.full)


@dataclass(frozen=True, slots=True)
class DayShifts:
    """The shifts of one show day: the role that needs people most comes first."""

    on: date
    roles: Sequence[RoleShifts]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the list with its days, in order."""

    group: Group
    days: Sequence[DayShifts]


@dataclass(frozen=True, slots=True)
class Listing:
    """All of the page's list. ``hidden``: how many shifts the filter leaves out."""

    sections: Sequence[Section]
    days: Sequence[date]  # that have shifts, whatever is shown
    parts: Sequence[DayPart]
    shown: Filter
    hidden: int
    is_long: bool


def listing(found: Choices, shown: Filter, *, is_known: bool) -> Listing:
    """The list for this page. A chosen shift is shown whatever the filter says."""
    zone = zone_named(found.shown.event.zone)
    days = show_days_of((each.offer.starts_at for each in found.wanted), zone)
    parts = [part for part in DayPart if any(_part(each.offer.starts_at, zone) == part for each in found.wanted)]
    kept = [each for each in found.wanted if each.is_picked or _is_shown(each, shown, zone)]
    groups: dict[Group, list[ShiftChoice]] = {group: [] for group in Group}
    for each in kept:
        groups[_group(each, is_known=is_known)].append(each)
    sections = [Section(group, _by_day(choices, zone)) for group, choices in groups.items() if choices]
    return Listing(sections, days, parts, shown, len(found.wanted) - len(kept), len(found.wanted) > SHORT)


def _group(choice: ShiftChoice, *, is_known: bool) -> Group:
    if not is_known:
        return Group.OPEN
    return Group.FITS if choice.is_open else Group.OTHERS


def _by_day(choices: Iterable[ShiftChoice], zone: ZoneInfo) -> list[DayShifts]:
    days: dict[date, dict[int, list[ShiftChoice]]] = {}
    for each in choices:
        days.setdefault(_day(each, zone), {}).setdefault(each.shift.role_id, []).append(each)
    return [
        DayShifts(on, sorted(map(_of_role, roles.values()), key=_most_needed)) for on, roles in sorted(days.items())
    ]


def _of_role(choices: list[ShiftChoice]) -> RoleShifts:
    by_hour = sorted(choices, key=lambda each: (each.offer.starts_at, each.shift.id))
    return RoleShifts(
        by_hour[0].shift.role,
        [each for each in by_hour if not each.can_queue],
        [each for each in by_hour if each.can_queue],
    )


def _most_needed(role: RoleShifts) -> tuple[bool, int, datetime, str]:
    """Roles that can be had first, those that lack most people before the others, then by their first hour."""
    lacking = sum(_lacking(each.shift) for each in role.shifts if each.is_open)
    first_at = min(each.offer.starts_at for each in (*role.shifts, *role.full))
    return not role.shifts, -lacking, first_at, str(called(role.role)).casefold()


def _lacking(shift: Shift) -> int:
    return max(0, shift.min - len(shift.holding))


def _is_shown(choice: ShiftChoice, shown: Filter, zone: ZoneInfo) -> bool:
    is_its_day = shown.on is None or _day(choice, zone) == shown.on
    return is_its_day and shown.part in (None, _part(choice.offer.starts_at, zone))


def _day(choice: ShiftChoice, zone: ZoneInfo) -> date:
    return show_day(choice.offer.starts_at, zone)


def _part(at: datetime, zone: ZoneInfo) -> DayPart:
    hour = at.astimezone(zone).hour
    begun = [part for part in DayPart if BEGINS[part] <= hour]
    return begun[-1] if begun else DayPart.EVENING
