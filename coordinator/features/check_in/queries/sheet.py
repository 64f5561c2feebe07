"""The shift sheet of the night: who is here, due or late, and what is short."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coordinator.core.arrivals import ArrivalState
from coordinator.core.search_words import is_found
from coordinator.core.show_time import call_time
from coordinator.events.models import Event
from coordinator.reminders.queries.asking import coming_of
from coordinator.shifts.models import Shift, SignUp, SignUpState
from coordinator.shifts.queries.arrivals import crew_stands
from coordinator.shifts.queries.planned import Times, check_in_opens_at, shift_times, shifts_of
from coordinator.shownight.queries import night

AHEAD = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)
ON_SHEET = (SignUpState.CONFIRMED, SignUpState.CHECKED_IN, SignUpState.NO_SHOW, SignUpState.DONE)
GROUPS = ("late", "due", "here", "unsaid", "later", "over")


@dataclass(frozen=True, slots=True)
class PersonOnShift:
    """One person on one shift, at the times that the shift really has."""

    sign_up: SignUp
    coming: str  # how sure it is that they come: not_told, asked, coming or cannot
    shift: Shift
    starts_at: datetime
    ends_at: datetime
    now: datetime

    @property
    def call_at(self) -> datetime:
        return call_time(self.starts_at, self.shift.call)

    @property
    def check_in_opens_at(self) -> datetime:
        return check_in_opens_at(self.shift, self.starts_at)

    @property
    def may_miss_at(self) -> datetime:
        """From when they can have failed to come: the start, planned or real, whichever is earlier."""
        return min(self.starts_at, self.shift.starts_at)

    @property
    def is_about(self) -> bool:
        return self.shift.follows_slot_id is not None

    @property
    def cannot_come(self) -> bool:
        """Whether they asked for cover and are not here; the spot is theirs until someone takes it."""
        return self.sign_up.state == SignUpState.CONFIRMED and self.sign_up.wants_cover_at is not None

    @property
    def is_over(self) -> bool:
        return self.ends_at <= self.now

    @property
    def left_early_at(self) -> datetime | None:
        """When they left before the end; None: they stayed, or nobody saw them leave."""
        left_at = self.sign_up.left_at
        return left_at if left_at and left_at < self.ends_at else None

    @property
    def says_late_by(self) -> int:
        """Minutes after the start, as stated by them or a coordinator."""
        return (self.sign_up.late_by or NOTHING) // MINUTE

    @property
    def waited_for(self) -> int:
        """Whole minutes since they should have been here; 0 before that."""
        return max(0, (self.now - self.call_at) // MINUTE)

    @property
    def stands(self) -> ArrivalState:
        """The same word as on every other page."""
        return crew_stands(self.sign_up, self.starts_at, self.ends_at, self.call_at, self.now)

    @property
    def group(self) -> str:
        """The person's group on the sheet: one of GROUPS."""
        state = self.sign_up.state
        if state == SignUpState.CHECKED_IN:
            return "here"
        if state != "confirmed":
            return "over"
        if self.is_over:
            return "unsaid"
        return self._expected()

    def _expected(self) -> str:
        is_near = self.call_at <= self.now + AHEAD
        if self.call_at <= self.now or (is_near and self.sign_up.late_by):
            return "late"
        return "due" if is_near else "later"


@dataclass(frozen=True, slots=True)
class Gap:
    """A shift that is short now or within the hour: ``here`` of ``needed``, ``coming`` still expected."""

    shift: Shift
    starts_at: datetime
    ends_at: datetime
    has_begun: bool
    needed: int
    here: int
    coming: int

    @property
    def short_by(self) -> int:
        return max(0, self.needed - self.here - self.coming)


@dataclass(frozen=True, slots=True)
class ShiftSheet:
    """Everyone of the night in groups, and what is short in the next hour."""

    lines: Sequence[PersonOnShift]
    gaps: Sequence[Gap]
    asked: str = ""

    def of(self, group: str) -> list[PersonOnShift]:
        """The lines of one group whose names match the search."""
        return [line for line in self.lines if line.group == group and self._fits(line)]

    def count(self, group: str) -> int:
        """How many are in a group, whatever the search."""
        return sum(line.group == group for line in self.lines)

    @property
    def finds_nobody(self) -> bool:
        return bool(self.asked) and not any(self._fits(line) for line in self.lines)

    def _fits(self, line: PersonOnShift) -> bool:
        return is_found(self.asked, line.sign_up.person.name)


def sheet_of(event: Event, now: datetime, asked: str = "") -> ShiftSheet:
    """The sheet at ``now``, of the show day that is on or next; ``asked`` is part of a name.

    In the same number of queries however many people there are.
    """
    tonight = night(event.id, now)
    today = event.current_day(now)
    standing = [shift for shift in shifts_of(event) if shift.cancelled_at is None]
    shifts = [(shift, shift_times(shift, tonight)) for shift in standing if event.day_of(shift.starts_at) == today]
    lines = sorted(_lines(shifts, now), key=lambda line: (line.starts_at, line.shift.id, line.sign_up.person.name))
    return ShiftSheet(lines, list(_gaps(shifts, lines, now)), " ".join(asked.split()))


def _lines(shifts: Iterable[tuple[Shift, Times]], now: datetime) -> Iterator[PersonOnShift]:
    shifts = list(shifts)
    coming = coming_of([sign_up for shift, _ in shifts for sign_up in shift.sign_ups])
    for shift, times in shifts:
        starts_at, ends_at = times.or_planned(shift)
        for sign_up in shift.sign_ups:
            if sign_up.state in ON_SHEET:
                yield PersonOnShift(sign_up, coming.get(sign_up.id, ""), shift, starts_at, ends_at, now)


def _gaps(shifts: Iterable[tuple[Shift, Times]], lines: Sequence[PersonOnShift], now: datetime) -> Iterator[Gap]:
    for shift, times in shifts:
        starts_at, ends_at = times.or_planned(shift)
        if not (starts_at < now + AHEAD and now < ends_at):
            continue
        groups = [line.group for line in lines if line.shift is shift and not line.cannot_come]
        here, has_begun = groups.count("here"), starts_at <= now
        coming = groups.count("late") + groups.count("due")
        gap = Gap(shift, starts_at, ends_at, has_begun, shift.min, here, coming)
        if gap.short_by or (has_begun and here < shift.min):
            yield gap
