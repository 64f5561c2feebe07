"""From the printed times of a line to its hours: half of the day, day, and what was guessed."""

from dataclasses import dataclass

from ..flyer.model import MINUTES_A_DAY
from ..flyer.times.printed_time import PrintedTime
from .model import SheetContext, WallTime
from .moments import NEXT_NIGHT, Clockwork, SaidTime

HALF_DAY = 720  # minutes


@dataclass(frozen=True, slots=True)
class Hours:
    """Both ends, in minutes from the midnight of the line's day."""

    starts: WallTime
    ends: WallTime
    guessed: tuple[str, ...] = ()


def hours_of(
    starts: SaidTime, ends: SaidTime, clockwork: Clockwork, context: SheetContext, *, dated: bool, days_between: int = 0
) -> Hours:
    """``dated``: the line names its day; else a time before 05:00 is that of the show's night.

    ``days_between``: how many days after the start's the end's own date is. An end that is not after its start is on
    the next day.
    """
    begins, unclear = _begin(starts, ends, clockwork, context)
    if not dated and begins < NEXT_NIGHT:
        begins += MINUTES_A_DAY
    finishes, vague = _end(ends, begins, clockwork, unclear=unclear)
    finishes = _after(begins, finishes) + MINUTES_A_DAY * max(
        0, days_between - (_after(begins, finishes) // MINUTES_A_DAY)
    )
    guessed = (*(("starts",) if unclear else ()), *(("ends",) if vague else ()))
    return Hours(WallTime(begins), WallTime(finishes), guessed)


def _after(begins: int, finishes: int) -> int:
    while finishes <= begins:
        finishes += MINUTES_A_DAY
    return finishes


def _is_open(clock: PrintedTime, clockwork: Clockwork) -> bool:
    return clock.is_open and not clockwork.has_24_hours


def _begin(starts: SaidTime, ends: SaidTime, clockwork: Clockwork, context: SheetContext) -> tuple[int, bool]:
    """(the start in minutes, whether it was guessed)."""
    clock = starts.clock
    if clock is None:
        return starts.minutes or 0, False
    if not _is_open(clock, clockwork):
        return _printed(clock), False
    halves = [clock.hour % 12 * 60 + clock.minute + half for half in (0, HALF_DAY)]
    until = starts.until or None
    if until is not None and not _is_open(until, clockwork):
        end = _printed(until)
        return min(halves, key=lambda start: (end - start - 1) % MINUTES_A_DAY), False
    doors = context.doors.hour * 60 + context.doors.minute
    return min(halves, key=lambda start: abs(start - doors)), True


def _end(ends: SaidTime, begins: int, clockwork: Clockwork, *, unclear: bool) -> tuple[int, bool]:
    """(the end in minutes, whether it was guessed): of an open hour the first such after the start."""
    clock = ends.clock
    if clock is None:
        return ends.minutes or 0, False
    if not _is_open(clock, clockwork):
        return _printed(clock), False
    hour = clock.hour % 12 * 60 + clock.minute
    return begins + ((hour - begins - 1) % HALF_DAY) + 1, True


def _printed(clock: PrintedTime) -> int:
    """Minutes as printed: 24:00 and 12 am are the beginning of a day."""
    return clock.printed_minutes % MINUTES_A_DAY
