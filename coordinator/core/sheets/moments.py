"""Days and times in cells, read as flyers are: 12/4, Fri Dec 4, 46360; 7:30pm-9pm, 1930, 0.8125, midnight."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from ..flyer.model import MINUTES_A_DAY
from ..flyer.text.lines import Line
from ..flyer.times.clock_times import times_in
from ..flyer.times.dates import BESIDE_A_DATE, Day, days_in
from ..flyer.times.printed_time import MIDNIGHT, NOON, PrintedTime, bare_printed_time
from ..flyer.vocabulary.phrases import KEYWORDS
from .model import Notice, SheetContext

EXCEL_BEGINS: Final = date(1899, 12, 30)
SERIALS: Final = range(20_000, 80_000)  # Excel's numbers of the days from 1954 to 2119
FAR: Final = timedelta(days=31)
NEXT_NIGHT: Final = 5 * 60  # minutes; without a date an earlier time is that of the night of the show

_SERIAL: Final = re.compile(r"(?P<day>\d{5})(?:\.(?P<part>\d+))?")
_FRACTION: Final = re.compile(r"[01]?\.\d+|[01]\.0+|0|1")
_WORDED: Final = re.compile(
    r"(?P<day>\d{1,2})[-/. ](?P<month>[a-zà-ÿ]{3,})\.?[-/. ]+'?(?P<year>\d{2}|\d{4})", re.IGNORECASE
)
_FIGURES: Final = re.compile(r"(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})(?:[/.-](?P<year>\d{4}|\d{2}))?(?![\d:/.-])")
_ISO: Final = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?!\d)")
_TWELVE: Final = {
    **dict.fromkeys(("midnight", "mn", "medianoche"), MIDNIGHT),
    **dict.fromkeys(("noon", "midday", "mediodía", "mediodia", "n"), NOON),
}
_SECONDS: Final = re.compile(r"(?<=\d:\d\d):\d\d(?:\.0+)?(?=\s*(?:[ap]\.?m|$))", re.IGNORECASE)
YEARS: Final = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day that a cell names; ``rest`` of the cell may be a time."""

    on: date
    rest: str = ""
    guessed: bool = False
    notices: tuple[Notice, ...] = ()


def day_in(cell: str, context: SheetContext) -> SaidDay | None:
    """The day at the beginning of a cell; None when it names none that exists."""
    said = _serial(cell) or _iso(cell) or _in_figures(cell, context) or _in_words(cell, context)
    if said is None or said.on.year not in YEARS:
        return None
    far = (Notice("far", said.on.isoformat()),) if abs(said.on - context.on) > FAR else ()
    return SaidDay(said.on, said.rest, said.guessed, (*said.notices, *far))


def _serial(cell: str) -> SaidDay | None:
    found = _SERIAL.fullmatch(cell)
    if not found or int(found["day"]) not in SERIALS:
        return None
    part = f"0.{found['part']}" if found["part"] and int(found["part"]) else ""
    return SaidDay(EXCEL_BEGINS + timedelta(days=int(found["day"])), part)


def _iso(cell: str) -> SaidDay | None:
    found = _ISO.match(cell)
    on = _date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    return SaidDay(on, cell[found.end() :].strip(" T,")) if on and found else None


_WEEKDAY: Final = re.compile(r"(?P<weekday>[^\W\d]{2,})\.?,?\s+(?=\d)")


def _in_figures(cell: str, context: SheetContext) -> SaidDay | None:
    """12/4/2026 by the order of the country, unless only the other one is near the show."""
    lead = _WEEKDAY.match(cell)
    weekday = BESIDE_A_DATE.get(lead["weekday"].casefold()) if lead else None
    found = _FIGURES.match(cell, lead.end() if lead and weekday is not None else 0)
    if not found:
        return None
    first, second = int(found["first"]), int(found["second"])
    orders = [(first, second), (second, first)]
    read = [_with_year(month, day, found["year"], context.on) for month, day in orders]
    usual, other = read if context.month_first else read[::-1]
    is_far = usual is not None and abs(usual - context.on) > FAR
    near = other is not None and abs(other - context.on) <= FAR
    on, guessed = (other, usual is not None) if usual is None or (is_far and near) else (usual, False)
    if on is None:
        return None
    wrong = weekday is not None and on.weekday() != weekday
    return SaidDay(on, cell[found.end() :].strip(" ,T"), guessed, (Notice("weekday", cell),) if wrong else ())


def _with_year(month: int, day: int, year: str | None, show: date) -> date | None:
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    return Day(0, 0, day, month).nearest(show)


def _in_words(cell: str, context: SheetContext) -> SaidDay | None:
    """Fri Dec 4; December 4, 2026; 4-Dec-26; Saturday: that of the week around the show."""
    worded = _WORDED.match(cell)
    plain = f"{worded['day']} {worded['month']} {_full(worded['year'])}{cell[worded.end() :]}" if worded else cell
    line = Line.of(plain)
    days = days_in(line, month_first=context.month_first)
    if days:
        day = days[0]
        on = day.nearest(context.on)
        wrong = (Notice("weekday", cell),) if day.contradicts(context.on) and not day.year else ()
        wrong = wrong or ((Notice("weekday", cell),) if on and day.weekday not in (None, on.weekday()) else ())
        return (
            SaidDay(on, line.printed[day.end :].strip(" ,"), notices=wrong)
            if on and not line.plain[: day.start].strip()
            else None
        )
    weekday = BESIDE_A_DATE.get(cell.casefold().strip(" .,"))
    if weekday is None:
        return None
    ahead = (weekday - context.on.weekday() + 3) % 7 - 3
    return SaidDay(context.on + timedelta(days=ahead), guessed=ahead != 0)


def _full(year: str) -> str:
    return f"20{year}" if len(year) == 2 else year


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class SaidTime:
    """A time that a cell says, or a range. ``minutes``: a fraction of a day, which is never unclear.

    ``which``: a or b behind 24-hour figures, for the first or second pass of an hour that the clocks show twice.
    """

    clock: PrintedTime | None = None
    until: PrintedTime | None = None
    minutes: int | None = None
    which: str = ""


@dataclass(frozen=True, slots=True)
class Clockwork:
    """How the times of one table are written: with 24 hours, or as fractions of a day."""

    has_24_hours: bool
    has_fractions: bool

    @classmethod
    def of(cls, cells: Iterable[str]) -> "Clockwork":
        """``cells``: those of the columns of times."""
        written = [cell.strip() for cell in cells if cell.strip()]
        fractions = any(re.fullmatch(r"0?\.\d+", cell) and not re.fullmatch(r"0?\.[0-5]\d", cell) for cell in written)
        clocks = [clock for cell in written for clock in _clocks(cell, fractions=fractions)]
        zero = any(re.search(r"(?<![\d:.])0\d?[:.h]?\d\d(?![\d/])", cell) for cell in written if not fractions)
        return cls(any(clock.counts_to_24 for clock in clocks) or zero, fractions)

    def read(self, cell: str) -> SaidTime | None:
        """The time or range that is all of the cell; None when it is no such thing."""
        if self.has_fractions and _FRACTION.fullmatch(cell):
            return SaidTime(minutes=round(float(cell) * MINUTES_A_DAY))
        return _time(cell)


def _clocks(cell: str, *, fractions: bool) -> list[PrintedTime]:
    said = None if fractions and _FRACTION.fullmatch(cell) else _time(cell)
    return [clock for clock in (said.clock, said.until) if clock] if said else []


_PASS: Final = re.compile(r"(?P<clock>0\d[:.]\d\d)(?P<which>[ab])", re.IGNORECASE)


def _time(cell: str) -> SaidTime | None:
    if (passing := _PASS.fullmatch(cell.strip())) and (said := _time(passing["clock"])):
        return replace(said, which=passing["which"].lower())
    bare = _SECONDS.sub("", cell.strip()).strip(" .")
    if bare.isascii() and bare.isdigit():
        clock = bare_printed_time(bare.zfill(4) if len(bare) == 3 else bare)
        return SaidTime(clock) if clock else None
    if clock := _TWELVE.get(" ".join(bare.casefold().replace(":00", "").split()).removeprefix("12 ")):
        return SaidTime(clock)
    line = Line.of(bare)
    times = times_in(line, keywords=KEYWORDS, edges=True)
    whole = (
        len(times) == 1
        and not line.plain[: times[0].start].strip(" (")
        and not line.plain[times[0].end :].strip(" .)h")
    )
    if not whole:
        return None
    time = times[0]
    return SaidTime(time.clock or time.until, time.until if time.clock else None)
