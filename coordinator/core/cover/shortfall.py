"""How well each half hour is staffed: how many people are needed, present and missing.

Half hours are half-open: a shift that ends at 20:30 does not count in the one that begins then. People are missing per
shift: one too many on one shift does not help another. When the numbers change within a half hour, the worst moment
counts.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

HALF_HOUR: Final = timedelta(minutes=30)
NOTHING: Final = timedelta(0)


class CoverLevel(StrEnum):
    """How a half hour is staffed, the most serious first."""

    SHORT = "short"
    OVER = "over"  # more people than spots
    FILLED = "filled"
    NONE = "none"  # nobody is needed, nobody is there


@dataclass(frozen=True, slots=True)
class Staffed:
    """A shift at its actual times: how many people it needs (``least``), can use (``most``) and has (``taken``)."""

    starts_at: datetime
    ends_at: datetime
    least: int
    most: int
    taken: int

    @property
    def missing(self) -> int:
        return max(0, self.least - self.taken)

    @property
    def too_many(self) -> int:
        return max(0, self.taken - self.most)


@dataclass(frozen=True, slots=True)
class HalfHour:
    """The worst moment of a half hour: the most people missing, then the most people needed.

    ``too_many`` is the maximum over the half hour.
    """

    starts_at: datetime
    needed: int = 0
    taken: int = 0
    missing: int = 0
    too_many: int = 0

    @property
    def cover(self) -> CoverLevel:
        """SHORT wins over OVER. NONE when nobody is needed and nobody is there."""
        if self.missing:
            return CoverLevel.SHORT
        if self.too_many:
            return CoverLevel.OVER
        return CoverLevel.FILLED if self.needed or self.taken else CoverLevel.NONE


def half_hours(shifts: Iterable[Staffed], zone: ZoneInfo) -> list[datetime]:
    """The half hours from the first start to the last end, aligned to :00 and :30 in the zone.

    They are instants 30 minutes apart, so their number matches the real length of a night when the clocks change.
    """
    spans = [(shift.starts_at, shift.ends_at) for shift in shifts if shift.starts_at < shift.ends_at]
    if not spans:
        return []
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    wall = first.astimezone(zone)
    begin = first - timedelta(minutes=wall.minute % 30, seconds=wall.second, microseconds=wall.microsecond)
    return [begin + number * HALF_HOUR for number in range(-((begin - last) // HALF_HOUR))]


def cover_of(shifts: Sequence[Staffed], starts: Sequence[datetime]) -> list[HalfHour]:
    """One result for each half hour in ``starts``, which must be sorted and must not overlap.

    Runs in linear time, plus sorting the ends of the shifts.
    """
    found = [HalfHour(start) for start in starts]
    for start, end, needed, taken, missing, too_many in _moments(shifts):
        place = max(0, bisect_right(starts, start) - 1)
        while place < len(starts) and starts[place] < end:
            if starts[place] + HALF_HOUR > start:
                found[place] = _worse(found[place], HalfHour(starts[place], needed, taken, missing, too_many))
            place += 1
    return found


def _worse(one: HalfHour, other: HalfHour) -> HalfHour:
    worst = max(one, other, key=lambda each: (each.missing, each.needed, each.taken))
    most = max(one.too_many, other.too_many)
    return HalfHour(one.starts_at, worst.needed, worst.taken, worst.missing, most)


def _moments(shifts: Sequence[Staffed]) -> Iterable[tuple[datetime, datetime, int, int, int, int]]:
    """Stretches of time in which nothing changes, with their sums. Stretches without a shift are left out."""
    changes: dict[datetime, list[int]] = {}
    for shift in shifts:
        if shift.starts_at < shift.ends_at:
            for at, sign in ((shift.starts_at, 1), (shift.ends_at, -1)):
                sums = changes.setdefault(at, [0] * 5)
                for place, value in enumerate((1, shift.least, shift.taken, shift.missing, shift.too_many)):
                    sums[place] += sign * value
    running = [0] * 5
    ends = sorted(changes)
    for start, end in pairwise(ends):
        running = [total + change for total, change in zip(running, changes[start], strict=True)]
        on, needed, taken, missing, too_many = running
        if on:
            yield start, end, needed, taken, missing, too_many
