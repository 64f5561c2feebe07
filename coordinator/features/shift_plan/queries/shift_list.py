"""The shifts as a list that can be long: by show day, role and hour; filtered, searched, full ones apart."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from coordinator.core.search_words import is_found
from coordinator.core.show_time import calendar_day, show_day, zone_named
from coordinator.events.models import Event
from coordinator.shifts.models import Role, SignUp, SignUpState

from .volunteers import ShiftOverview, ShiftRow

FEW: Final = 12  # so many shifts are read at a glance: nothing is folded, and there is nothing to filter
STATES: Final = ("here", "coming", "asked", "not_told", "cannot", "no_show", "done", "waitlisted", "not_needed")


_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)


class Kind(StrEnum):
    """Which shifts someone looks for."""

    SHORT = "short"
    OPEN = "open"
    FULL = "full"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What the list is cut down to. None and "" are everything. ``words``: of people, roles and places."""

    on: date | None = None
    role: str = ""
    kind: Kind | None = None
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.on or self.role or self.kind or self.words)


@dataclass(frozen=True, slots=True)
class ListedShift:
    """A row of the list, under the show day ``on``. ``people``: those on it by how sure it is that they come, in the
    order of STATES."""

    row: ShiftRow
    on: date
    is_after_midnight: bool
    people: Mapping[str, Sequence[SignUp]]

    @property
    def is_full(self) -> bool:
        """Whether nobody is missing or wants to be replaced."""
        shift = self.row.shift
        needs_nobody = shift.cancelled_at is None and not shift.places_left and not shift.cover_wanted
        return needs_nobody and not {"cannot", "no_show"} & self.people.keys()


@dataclass(frozen=True, slots=True)
class RoleShifts:
    """The shifts of one role on one show day, by hour. ``full``: those folded away."""

    role: Role
    shifts: Sequence[ListedShift]
    full: Sequence[ListedShift]

    @property
    def missing(self) -> int:
        """How many more people its shifts need at least."""
        return sum(each.row.short_of for each in self.shifts)


@dataclass(frozen=True, slots=True)
class DayShifts:
    """One show day, 05:00 to 05:00, with its roles by name."""

    on: date
    roles: Sequence[RoleShifts]


@dataclass(frozen=True, slots=True)
class ShiftList:
    """The list. ``days``: what is shown; ``every_day``: all days that have shifts; ``shown`` of ``all`` shifts."""

    days: Sequence[DayShifts]
    every_day: Sequence[date]
    shown: int
    all: int

    @property
    def is_long(self) -> bool:
        return self.all > FEW


def shift_list(event: Event, helping: ShiftOverview, wanted: ListFilter) -> ShiftList:
    """The shifts that are wanted. Full ones are folded if the list is long and nobody looks for them."""
    zone = zone_named(event.zone)
    every = [_listed(row, helping.coming, zone) for row in helping.rows]
    shown = [each for each in every if _is_wanted(each, wanted)]
    folds = len(every) > FEW and wanted.kind is None and not wanted.words
    days = _grouped(shown, lambda each: each.on)
    found = [DayShifts(on, _roles(days[on], folds=folds)) for on in sorted(days)]
    return ShiftList(found, sorted({each.on for each in every}), len(shown), len(every))


def state_of(sign_up: SignUp, coming: Mapping[int, str]) -> str:
    """How sure it is that they come: one of STATES."""
    known = {
        SignUpState.CHECKED_IN: "here",
        SignUpState.NO_SHOW: "no_show",
        SignUpState.DONE: "done",
        SignUpState.WAITLISTED: "waitlisted",
    }
    if (state := known.get(SignUpState(sign_up.state))) is not None:
        return state
    return "not_needed" if sign_up.shift.cancelled_at else coming[sign_up.id]


def _grouped(items: Iterable[_Item], key: Callable[[_Item], _Key]) -> dict[_Key, list[_Item]]:
    groups: dict[_Key, list[_Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def _listed(row: ShiftRow, coming: Mapping[int, str], zone: ZoneInfo) -> ListedShift:
    on = show_day(row.starts_at, zone)
    return ListedShift(row, on, calendar_day(row.starts_at, zone) != on, _by_state(row, coming))


def _by_state(row: ShiftRow, coming: Mapping[int, str]) -> dict[str, list[SignUp]]:
    people = _grouped(row.people, lambda each: state_of(each, coming))
    return {state: people[state] for state in STATES if state in people}


def _roles(shifts: Sequence[ListedShift], *, folds: bool) -> list[RoleShifts]:
    by_role = _grouped(shifts, lambda each: each.row.shift.role)
    found = []
    for role in sorted(by_role, key=lambda role: (role.name.casefold(), role.id)):
        hours = sorted(by_role[role], key=lambda each: (each.row.starts_at, each.row.ends_at, each.row.shift.id))
        full = [each for each in hours if folds and each.is_full]
        found.append(RoleShifts(role, [each for each in hours if each not in full], full))
    return found


def _is_wanted(each: ListedShift, wanted: ListFilter) -> bool:
    shift = each.row.shift
    names = (sign_up.person.name for sign_up in each.row.people)
    return (
        (wanted.on is None or each.on == wanted.on)
        and (not wanted.role or shift.role.key == wanted.role)
        and (wanted.kind is None or _is_of(each, wanted.kind))
        and is_found(wanted.words, shift.role.name, shift.role.name_es, shift.place, *names)
    )


def _is_of(each: ListedShift, kind: Kind) -> bool:
    shift = each.row.shift
    return {
        Kind.SHORT: each.row.short_of > 0,
        Kind.OPEN: shift.cancelled_at is None and shift.places_left > 0,
        Kind.FULL: shift.cancelled_at is None and not shift.places_left,
        Kind.UNANSWERED: bool({"asked", "not_told"} & each.people.keys()),
    }[kind]
