"""Goes through the lines of a flyer: which are rows, on which day and stage, and which are something else."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from ..entries.entry import Entry, looks_like_a_row, without_days
from ..moments.moment import Moment, Moments, clauses_of, is_prose
from ..text.lines import Line, plain
from ..times.around_times import Time
from ..times.clock_times import times_in
from ..vocabulary import phrases
from ..vocabulary.places import EVENT
from . import headings
from .bill import Bill, Text
from .table_rows import take_table


def read_bill(entries: Sequence[Entry], *, default_on: date, month_first: bool) -> Bill:
    """Rows, facts and texts. ``default_on`` decides a missing year; ``month_first``: 6/7 means June 7."""
    bill = Bill(default_on, month_first)
    marks = headings.find(entries, default_on=default_on)
    days = headings.days_of(entries, default_on=default_on)
    bill.days = sorted(set(days.values())) if len(set(days.values())) > 1 else []
    timed = any(entry.has_rows and (not entry.days or at in marks.dated_rows) for at, entry in enumerate(entries))
    lines = [entry.line for entry in entries]
    place = 0
    while place < len(entries):
        entry = entries[place]
        bill.line = entry.line.number
        if behind := take_table(bill, entries, lines, place):
            place = behind
            continue
        if place in days and bill.days:
            bill.begin_part(on=days[place], stage=marks.stages.get(place))
        elif place in marks.stages:
            bill.begin_part(stage=marks.stages[place])
        elif place in marks.listed:
            bill.add(entry.bare.printed, None)
        elif entry.moments.found:
            _take(bill, entry, place, marks)
        elif not entry.is_blank:
            _text(bill, entry, timed=timed)
        place += 1
    bill.close()
    return bill


_WITH: Final = re.compile(r"(?:^|\s)(?:w/|(?:live )?music (?:from|by)|sets (?:from|by)|featuring|feat\.|with)\s+(?=\S)")
_BANDS: Final = re.compile(r"(?<=[.!?]\s)(?:bands|line-?up|acts|artists|live music|on stage)\s?:\s+(?=[^.!?]+[.!]?$)")
_NEXT_NAME: Final = re.compile(r"\s*,\s*(?:and\s|&\s)?\s*|\s+(?:and|&|y|e|et|und)\s+(?=[^,]*$)")


def _acts_in_sentence(entry: Entry) -> tuple[str, list[str]] | None:
    """(the words before, the acts) in "Strike Fund Benefit w/ Fig, Gourd and Husk": three names or more."""
    line = entry.bare
    labelled = _BANDS.search(line.plain)
    found = labelled or next(_WITH.finditer(line.plain), None)
    told = entry.days or entry.moments.found or len(line.words) > 24 or line.plain.endswith(".")
    if not found or (told and not labelled):
        return None
    names = _NEXT_NAME.split(line.printed[found.end() :])
    named = len(names) > 2 and all(name[:1].isupper() or name[:1].isdigit() for name in names)
    return (line.printed[: found.start()], names) if named and all(len(name.split()) < 7 for name in names) else None


def _hours_told(bill: Bill, entry: Entry) -> None:
    """The hours in a sentence that names the day: "on Saturday, July 31, from 11 a.m. to 6 p.m.", "Sat 12 Dec 11-4"."""
    if not entry.days:
        return
    line = without_days(entry.bare, entry.days)
    told = times_in(line, keywords=phrases.KEYWORDS)
    told = told if is_prose(entry.bare) or len(told) == 1 else []
    told += _range_alone(line.part(entry.days[-1].end, len(line.printed)))
    for time in told:
        if time.clock and (time.until or (len(told) == 1 and not time.bare)):
            bill.facts.setdefault("show", (time.clock, None))
        if time.clock and time.until:
            bill.facts.setdefault("ends", (time.until, None))


def _title_with_its_time(bill: Bill, entry: Entry) -> str | None:
    """ "Winter concert 8pm": the words, when the time behind them is that of the show."""
    times = times_in(entry.bare, keywords=phrases.KEYWORDS)
    title = entry.bare.printed[: times[0].start].strip(" ,:-–—|") if len(times) == 1 else ""
    clock = times[0].clock if title and EVENT.search(plain(title)) else None
    if clock is None or bill.facts.setdefault("show", (clock, None))[0] != clock:
        return None
    return title


_FROM: Final = "from "


def _range_alone(line: Line) -> list[Time]:
    """11-4: bare hours behind a date, and nothing else."""
    bare = line.printed.strip(" ,:;-–—|")
    led = Line.of(f"{_FROM}{bare}")
    times = times_in(led, keywords=phrases.KEYWORDS) if bare else []
    return [time for time in times if time.until and (time.start, time.end) == (0, len(led.printed))]


def _text(bill: Bill, entry: Entry, *, timed: bool) -> None:
    _hours_told(bill, entry)
    if not timed and (passing := _acts_in_sentence(entry)):
        head, names = passing
        bill.texts.append(Text(entry, in_head=not bill.rows, rest=(head,) if head else ()))
        bill.named += names
        return
    label, rest = phrases.without_label(entry.bare.printed)
    names = clauses_of(rest) if label else []
    if len(names) > 1 and not entry.days and len(entry.line.words) < 40:
        for name in names:
            bill.add(name, None)
        return
    is_label, is_lost = phrases.is_label(entry.bare.printed), looks_like_a_row(entry) and not entry.days
    if is_lost and not bill.rows and (title := _title_with_its_time(bill, entry)):
        bill.texts.append(Text(entry, in_head=True, rest=(title,)))
        return
    bill.texts.append(Text(entry, in_head=not bill.rows, is_label=is_label, is_lost=is_lost))


def _take(bill: Bill, entry: Entry, place: int, marks: headings.Marks) -> None:
    moments, in_head = entry.moments, not bill.rows
    told_before = [moment for moment in moments.facts if not _fact(bill, moment, moments)]
    if told_before and not moments.rows:
        bill.texts.append(Text(entry, in_head=in_head, rest=(entry.line.printed,), is_lost=True))
        return
    rest = list(moments.rest)
    for moment in moments.rows:
        if entry.days and len(moments.rows) == 1 and place not in marks.dated_rows:
            rest.append(_show(bill, moment))
            continue
        if place in marks.dated_rows:
            bill.set_day(_show_day(bill, marks.dated_rows[place], moment))
        bill.add(moment.words, moment.time, stage=moment.stage)
    lone = [moment for moment in moments.found if not moment.fact and not moment.words]
    for moment in lone if entry.days else ():
        _show(bill, moment)
    if rest or moments.facts or entry.days or lone:
        is_lost = bool(lone) and not entry.days
        bill.texts.append(Text(entry, in_head=in_head, rest=_left(entry, rest, lone), is_lost=is_lost))


FIRST_HOUR: Final = 5  # of a show's day


def _show_day(bill: Bill, on: date, moment: Moment) -> date:
    """A row at 00:30 of the day after the row above it belongs to that row's night."""
    clock = moment.time.clock
    small = clock is not None and not clock.is_open and clock.printed_minutes < FIRST_HOUR * 60
    return bill.on if small and bill.on == on - timedelta(days=1) and bill.rows else on


def _left(entry: Entry, rest: list[str], lone: list[Moment]) -> tuple[str, ...]:
    """The words that belong to no time; the whole line when a time has no words."""
    return (entry.line.printed,) if lone and not entry.days else tuple(word for word in rest if word)


def _show(bill: Bill, moment: Moment) -> str:
    """A time beside a date is the time of the show."""
    if moment.time.clock:
        bill.facts.setdefault("show", (moment.time.clock, None))
    if moment.time.until:
        bill.facts.setdefault("ends", (moment.time.until, None))
    return moment.words


def _fact(bill: Bill, moment: Moment, moments: Moments) -> bool:
    """Keep a fact of the show; False if the flyer has said another time for it before."""
    clock = moment.time.clock or moment.time.until
    if clock is None or moment.fact is None:
        return True
    if moment.fact in bill.facts:
        return bill.facts[moment.fact][0] == clock
    bill.facts[moment.fact] = (clock, None)
    until = moment.time.until if moment.time.clock else None
    if until and moment.fact == "doors" and any(phrases.fact_in(word) == "show" for word in moments.rest):
        bill.facts.setdefault("show", (until, None))
    elif until and moment.fact == "show" and not moments.rest:
        bill.facts.setdefault("ends", (until, None))
    return True
