"""Decides which half of which day each hour is in, and in which direction a list was printed.

A show day runs from 05:00 to 05:00. An hour without a.m. or p.m. may be in either half; the list decides, because it
runs in one direction. Each reading of a list has a cost, for going back in time and for unusual hours. The cheapest
reading wins.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from ..model import MINUTES_A_DAY
from ..times.printed_time import PrintedTime

DAY_STARTS: Final = 5 * 60
HALF_DAY: Final = 12 * 60
LONGEST_SET: Final = 16 * 60
LATEST: Final = 2 * MINUTES_A_DAY - 1

BACKWARDS: Final = 500
UNUSUAL: Final = 150  # a row after the next 05:00
AGAINST_THE_CLOCK: Final = 250  # 8:00 in the evening on a flyer that uses a 24-hour clock
NOON_AT_NIGHT: Final = 150  # 12 pm meant as midnight, after 11 pm
BY_STAGE: Final = 50
LONG_GAP: Final = 30

Hint = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a row: minutes after the midnight before the show, and its cost."""

    start: int
    end: int | None = None
    cost: int = 0
    guessed: bool = False


def readings(clock: PrintedTime, until: PrintedTime | None, *, to_24: bool) -> list[Reading]:
    """All ways to read a time, each with the earliest possible end after it."""
    read = [_with_end(reading, clock, until) for reading in _starts(clock, until, to_24=to_24)]
    if _is_noon(clock):
        read.append(_with_end(Reading(MINUTES_A_DAY + clock.minute, cost=NOON_AT_NIGHT, guessed=True), clock, until))
    if until and clock.is_open and _is_noon(until):
        late = replace(until, half="am")
        night = [_with_end(reading, clock, late) for reading in _starts(clock, late, to_24=to_24)]
        read += [replace(reading, cost=reading.cost + NOON_AT_NIGHT, guessed=True) for reading in night]
    return read


def _is_noon(clock: PrintedTime) -> bool:
    """12:00 pm, which people also write for midnight."""
    return clock.hour == 12 and clock.half == "pm"


def _starts(clock: PrintedTime, until: PrintedTime | None, *, to_24: bool) -> list[Reading]:
    if not clock.is_open:
        return _days(clock.printed_minutes, guessed=False)
    if until and (until.half or until.counts_to_24):
        return _before_its_end(clock, until)
    if to_24:
        literal = _days(clock.hour * 60 + clock.minute, guessed=False)
        other = (
            _days(clock.hour % 12 * 60 + HALF_DAY + clock.minute, cost=AGAINST_THE_CLOCK, guessed=True)
            if clock.hour < 12
            else []
        )
        return [*literal, *other]
    hour = clock.hour % 12 * 60 + clock.minute
    return [reading for half in (0, HALF_DAY) for reading in _days(hour + half, guessed=half > 0, open_hour=True)]


def _before_its_end(clock: PrintedTime, until: PrintedTime) -> list[Reading]:
    """6:15 - 6:45 pm: the half that makes the set shortest; nothing is guessed."""
    end, hour = until.printed_minutes % MINUTES_A_DAY, clock.hour % 12 * 60 + clock.minute
    starts = [hour + half for half in (0, HALF_DAY)]
    nearest = min(starts, key=lambda start: (end - start - 1) % MINUTES_A_DAY)
    return _days(nearest, guessed=False)


def _days(minutes: int, *, cost: int = 0, guessed: bool, open_hour: bool = False) -> list[Reading]:
    if minutes >= MINUTES_A_DAY:
        return [Reading(min(minutes, LATEST), cost=cost)]
    if minutes < DAY_STARTS:
        minutes += MINUTES_A_DAY
    price = cost + (_unlikely(minutes) if open_hour else 0)
    days = [Reading(minutes, cost=price, guessed=guessed)]
    if minutes < HALF_DAY and not open_hour:
        days.append(Reading(minutes + MINUTES_A_DAY, cost=cost + UNUSUAL + minutes - DAY_STARTS, guessed=guessed))
    return days


def _unlikely(minutes: int) -> int:
    """A higher cost for minutes that a bill without a.m. and p.m. rarely means."""
    steps = ((8 * 60, 600), (HALF_DAY, 120), (MINUTES_A_DAY, 0), (26 * 60, 20), (27 * 60, 100))
    return next((price for before, price in steps if minutes < before), 300)


def _with_end(reading: Reading, clock: PrintedTime, until: PrintedTime | None) -> Reading:
    if until is None:
        return reading
    hour = until.printed_minutes % MINUTES_A_DAY
    ends = [hour, hour + HALF_DAY] if until.is_open and until.hour <= 12 else [hour]
    if until.is_open and not clock.is_open and clock.counts_to_24:
        ends = [hour]
    gap = min((end - reading.start - 1) % MINUTES_A_DAY + 1 for end in ends)
    end = reading.start + gap
    return Reading(reading.start, end if gap <= LONGEST_SET and end <= LATEST else None, reading.cost, reading.guessed)


@dataclass(frozen=True, slots=True)
class Path:
    """The cheapest readings of a list, in the order of the flyer."""

    chosen: tuple[Reading, ...]
    cost: int
    reversed: bool = False

    @property
    def steps_back(self) -> int:
        return sum(later.start < earlier.start for earlier, later in pairwise(self.chosen))


def cheapest(rows: Sequence[Sequence[Reading]], hints: Sequence[Hint]) -> Path:
    """The cheapest readings of a list, in either direction. Each hint is a row's cost for a minute, from the other
    facts of the flyer."""
    forwards = _walked(rows, hints)
    if len(rows) < 2 or not forwards.steps_back:
        return forwards
    backwards = _walked(rows[::-1], hints[::-1])
    if (
        backwards.steps_back
        or len({reading.start for reading in backwards.chosen}) < 2
        or forwards.cost <= backwards.cost
    ):
        return forwards
    return Path(backwards.chosen[::-1], backwards.cost, reversed=True)


def _walked(rows: Sequence[Sequence[Reading]], hints: Sequence[Hint]) -> Path:
    costs: list[list[int]] = []
    came_from: list[list[int]] = []
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else ()
        prices, origins = [], []
        for reading in row:
            price, origin = _step(reading, before, costs[-1] if costs else [])
            prices.append(price + reading.cost + hints[place](reading.start))
            origins.append(origin)
        costs.append(prices)
        came_from.append(origins)
    return _traced(rows, costs, came_from)


def _step(reading: Reading, before: Sequence[Reading], costs: list[int]) -> tuple[int, int]:
    if not before:
        return 0, 0
    return min(
        (cost + _distance(earlier, reading), place)
        for place, (earlier, cost) in enumerate(zip(before, costs, strict=True))
    )


def _distance(earlier: Reading, later: Reading) -> int:
    gap = later.start - earlier.start
    if gap < 0:
        return BACKWARDS
    return LONG_GAP + gap // 60 if gap > 5 * 60 else 0


def _traced(rows: Sequence[Sequence[Reading]], costs: list[list[int]], came_from: list[list[int]]) -> Path:
    if not rows:
        return Path((), 0)
    place = min(range(len(costs[-1])), key=costs[-1].__getitem__)
    total, chosen = costs[-1][place], []
    for number in range(len(rows) - 1, -1, -1):
        chosen.append(rows[number][place])
        place = came_from[number][place]
    return Path(tuple(reversed(chosen)), total)
