"""A line of the flyer and what it says by itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from coordinator.core.flyer import phrases
from coordinator.core.flyer.clock_times import times_in
from coordinator.core.flyer.dates import Day, days_in, heading_day
from coordinator.core.flyer.lines import Line, without_bullet
from coordinator.core.flyer.moments import NOTHING, Moments, clauses_of, is_prose
from coordinator.core.flyer.pairing import moments_in
from coordinator.core.flyer.speech import is_running

_FIGURES: Final = re.compile(r"\d+")
MOST_FIGURES: Final = 120
LONGEST: Final = 1500  # letters; a longer line is read by nobody as a list, and kept as it is


@dataclass(frozen=True, slots=True)
class Entry:
    """A line and what it says. ``maybe`` is what it would say if figures alone were times."""

    line: Line
    bare: Line
    days: tuple[Day, ...] = ()
    heading: Day | None = None
    moments: Moments = NOTHING
    maybe: Moments = NOTHING

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


def entry_of(line: Line, *, month_first: bool) -> Entry:
    """``month_first``: 6/7 is the seventh of June."""
    if not line.printed or len(line.printed) > LONGEST or len(_FIGURES.findall(line.plain)) > MOST_FIGURES:
        return Entry(line, line)
    bare = without_bullet(line)
    days = tuple(days_in(bare, month_first=month_first))
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
    return Entry(line, bare, days, None, _unless_prose(moments, bare), _unless_prose(maybe, bare))


_DOOR: Final = "\N{DOOR}"


def _signed(line: Line, moments: Moments) -> Moments:
    """A door before a time that has no words stands for the word."""
    alone = len(moments.found) == 1 and not moments.found[0].words
    if not (alone and line.printed.startswith(_DOOR)):
        return moments
    return Moments((replace(moments.found[0], fact="doors"),))


def without_days(line: Line, days: Sequence[Day]) -> Line:
    """The line with blanks where its dates stood, so that 21.05. is not five past nine."""
    printed, plain = line.printed, line.plain
    for day in days:
        blank = " " * (day.end - day.start)
        printed = printed[: day.start] + blank + printed[day.end :]
        plain = plain[: day.start] + blank + plain[day.end :]
    return Line(line.number, printed, plain)


def _unless_prose(moments: Moments, line: Line) -> Moments:
    """A sentence is a row of nothing, whatever time stands in it; running speech with three times or more may be."""
    if not is_prose(line) or not moments.found:
        return moments
    told = len(moments.rows) + len(moments.facts)
    if told >= 3 and (moments.listed or is_running(line.printed)):
        return moments
    opening = moments.facts and (len(moments.facts) > 1 or phrases.KEYWORDS.match(line.plain))
    return Moments(moments.facts, (*moments.rest, *(row.words for row in moments.rows))) if opening else NOTHING
