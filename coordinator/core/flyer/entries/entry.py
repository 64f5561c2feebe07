"""A line of the flyer and what it says on its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ..moments.moment import NOTHING, Moments, clauses_of, is_prose
from ..moments.pairing import moments_in
from ..text.lines import Line, without_bullet
from ..times.clock_times import times_in
from ..times.dates import SHORT_WEEKDAYS, WEEKDAYS, Day, days_in, heading_day
from ..vocabulary import phrases
from ..vocabulary.speech import is_running

_FIGURES: Final = re.compile(r"\d+")
MOST_FIGURES: Final = 120
LONGEST: Final = 1500  # characters; a longer line is not a list entry and is kept unchanged


@dataclass(frozen=True, slots=True)
class Entry:
    """A line and what it says. ``maybe``: what it would say if bare numbers were times.

    ``is_numbered``: an item of a numbered programme; its number is not in ``bare``.
    """

    line: Line
    bare: Line
    days: tuple[Day, ...] = ()
    heading: Day | None = None
    moments: Moments = NOTHING
    maybe: Moments = NOTHING
    is_numbered: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.line.printed

    @property
    def is_text(self) -> bool:
        return not self.is_blank and not self.moments.found

    @property
    def is_time_alone(self) -> bool:
        found = self.moments.found
        alone = len(found) == 1 and not found[0].words and not found[0].fact and found[0].time.clock is not None
        return alone and not self.days

    @property
    def has_rows(self) -> bool:
        return bool(self.moments.rows)


def entry_of(line: Line, *, month_first: bool, weekday_may_lead: bool = False) -> Entry:
    """The entry of a line. ``month_first``: 6/7 means June 7. ``weekday_may_lead``: "Fri 8pm Fig" names its day."""
    if not line.printed or len(line.printed) > LONGEST or len(_FIGURES.findall(line.plain)) > MOST_FIGURES:
        return Entry(line, line)
    bare = without_bullet(line)
    days = tuple(days_in(bare, month_first=month_first))
    if weekday_may_lead and not days and (led := led_by_a_weekday(bare)):
        days = (led,)
    heading = heading_day(bare, month_first=month_first)
    if heading:
        return Entry(line, bare, days or (heading,), heading)
    timed = without_days(bare, days)
    moments = moments_in(timed, times_in(timed, keywords=phrases.KEYWORDS))
    if days and any(row.words.casefold() in {"the", "a"} for row in moments.rows):
        days, timed = (), bare  # "10:30 The 3rd of May": the date is part of a name
        moments = moments_in(timed, times_in(timed, keywords=phrases.KEYWORDS))
    moments = _signed(line, moments)
    maybe = NOTHING
    if not moments.facts or len(clauses_of(bare.printed)) > 3:
        maybe = moments_in(timed, times_in(timed, keywords=phrases.KEYWORDS, edges=True))
    doubtful = maybe if maybe is not NOTHING and _begins_with_a_time(maybe, timed) else _unless_prose(maybe, bare)
    return Entry(line, bare, days, None, _unless_prose(moments, bare), doubtful)


def _begins_with_a_time(moments: Moments, line: Line) -> bool:
    """A row in words: "7.30pm Presentation of the cups in the village hall …" among other rows."""
    rows = moments.rows
    told = len(rows) == 1 and not moments.facts and not rows[0].name_first and not rows[0].time.bare
    return told and not line.plain[: rows[0].time.start].strip()


_LED: Final = re.compile(
    rf"(?P<weekday>{'|'.join(sorted((*WEEKDAYS, *SHORT_WEEKDAYS), key=len, reverse=True))})\b[.,:]{{0,2}}\s+"
)


def led_by_a_weekday(line: Line) -> Day | None:
    """The weekday before the time at the start of a line: "Fri 20:00 Fig", "Saturday, 8pm - Gourd"."""
    found = _LED.match(line.plain)
    times = times_in(line.part(found.end(), len(line.printed)), keywords=phrases.KEYWORDS) if found else []
    if not found or not times or times[0].start or times[0].bare:
        return None
    return Day(0, found.end(), weekday=(WEEKDAYS | SHORT_WEEKDAYS)[found["weekday"]])


_DOOR: Final = "\N{DOOR}"


def _signed(line: Line, moments: Moments) -> Moments:
    """A door emoji before a time without words means "doors"."""
    alone = len(moments.found) == 1 and not moments.found[0].words
    if not (alone and line.printed.startswith(_DOOR)):
        return moments
    return Moments((replace(moments.found[0], fact="doors"),))


def looks_like_a_row(entry: Entry) -> bool:
    """Whether it begins or ends with a clock time. A sentence that ends with one, and a stop, only mentions it."""
    line = entry.bare
    times = [time for time in times_in(line, keywords=phrases.KEYWORDS) if not time.bare]
    if not times:
        return False
    ends = not line.plain[times[-1].end :].strip(" )*")
    return not line.plain[: times[0].start].strip(" (") or ends


def without_days(line: Line, days: Sequence[Day]) -> Line:
    """The line with its dates blanked out, so that 21.05. is not read as a time."""
    printed, plain = line.printed, line.plain
    for day in days:
        blank = " " * (day.end - day.start)
        printed = printed[: day.start] + blank + printed[day.end :]
        plain = plain[: day.start] + blank + plain[day.end :]
    return Line(line.number, printed, plain)


def _unless_prose(moments: Moments, line: Line) -> Moments:
    """A sentence gives no rows, whatever times it contains; an informal message with three or more times may."""
    if not is_prose(line) or not moments.found:
        return moments
    told = len(moments.rows) + len(moments.facts)
    if told >= 3 and (moments.listed or is_running(line.printed)):
        return moments
    opening = moments.facts and (len(moments.facts) > 1 or phrases.KEYWORDS.match(line.plain))
    return Moments(moments.facts, (*moments.rest, *(row.words for row in moments.rows))) if opening else NOTHING
