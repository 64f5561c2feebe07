"""The shift sheet of the night: who is here, who is due, who is late, and where hands are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...events.models import Event
from ...shifts.models import Shift, SignUp
from ...shifts.queries import Times, shift_times, shifts_of
from ...shownight.queries import night

AHEAD = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)
ON_SHEET = ("confirmed", "checked_in", "no_show", "done")
GROUPS = ("late", "due", "here", "unsaid", "later", "over")


@dataclass(frozen=True, slots=True)
class Line:
    """One person on one shift, at the times that the shift really has."""

    sign_up: SignUp
    shift: Shift
    starts_at: datetime
    ends_at: datetime
    now: datetime

    @property
    def call_at(self) -> datetime:
        return self.starts_at - self.shift.call

    @property
    def is_about(self) -> bool:
        return self.shift.follows_slot_id is not None

    @property
    def cannot_come(self) -> bool:
        """Whether they asked for cover and are not here; the place is theirs until somebody takes it."""
        return self.sign_up.state == "confirmed" and self.sign_up.wants_cover_at is not None

    @property
    def is_over(self) -> bool:
        return self.ends_at <= self.now

    @property
    def says_late_by(self) -> int:
        """Minutes after the start, in their own words or a coordinator's."""
        return (self.sign_up.late_by or NOTHING) // MINUTE

    @property
    def waited_for(self) -> int:
        """Whole minutes since they should have been here; 0 before that."""
        return max(0, (self.now - self.call_at) // MINUTE)

    @property
    def group(self) -> str:
        """Where on the sheet they stand: one of GROUPS."""
        state = self.sign_up.state
        if state == "checked_in":
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
    """A shift that is short now or within the hour: ``here`` of ``needed``, ``coming`` still on their way."""

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
class Sheet:
    """Everybody of the night in groups, and what is short in the next hour."""

    lines: Sequence[Line]
    gaps: Sequence[Gap]
    asked: str = ""

    def of(self, group: str) -> list[Line]:
        """The lines of one group whose names hold what was asked for."""
        return [line for line in self.lines if line.group == group and self._fits(line)]

    def count(self, group: str) -> int:
        """How many are in a group, whoever was asked for."""
        return sum(line.group == group for line in self.lines)

    @property
    def finds_nobody(self) -> bool:
        return bool(self.asked) and not any(self._fits(line) for line in self.lines)

    def _fits(self, line: Line) -> bool:
        return self.asked.casefold() in line.sign_up.person.name.casefold()


def sheet_of(event: Event, now: datetime, asked: str = "") -> Sheet:
    """The sheet at ``now``; ``asked`` is a part of a name. In the same number of queries however many there are."""
    tonight = night(event.id, now)
    shifts = [(shift, shift_times(shift, tonight)) for shift in shifts_of(event) if shift.cancelled_at is None]
    lines = sorted(_lines(shifts, now), key=lambda line: (line.starts_at, line.shift.id, line.sign_up.person.name))
    return Sheet(lines, list(_gaps(shifts, lines, now)), " ".join(asked.split()))


def _lines(shifts: Iterable[tuple[Shift, Times]], now: datetime) -> Iterator[Line]:
    for shift, times in shifts:
        starts_at, ends_at = times.or_planned(shift)
        for sign_up in shift.sign_ups:
            if sign_up.state in ON_SHEET:
                yield Line(sign_up, shift, starts_at, ends_at, now)


def _gaps(shifts: Iterable[tuple[Shift, Times]], lines: Sequence[Line], now: datetime) -> Iterator[Gap]:
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
