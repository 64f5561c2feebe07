"""The walk through a flyer: which lines are rows, under which day and stage, and which are something else."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from coordinator.core.flyer import headings, phrases
from coordinator.core.flyer.bill import Bill, Text
from coordinator.core.flyer.entries import Entry
from coordinator.core.flyer.moments import Moment, Moments, clauses_of
from coordinator.core.flyer.table_rows import take_table


def read_bill(entries: Sequence[Entry], *, default_on: date, month_first: bool) -> Bill:
    bill = Bill(default_on, month_first)
    marks = headings.find(entries, default_on=default_on)
    days = headings.days_of(entries, default_on=default_on)
    bill.days = sorted(set(days.values())) if len(set(days.values())) > 1 else []
    timed = any(entry.has_rows and (not entry.days or at in marks.dated_rows) for at, entry in enumerate(entries))
    lines = [entry.line for entry in entries]
    place = 0
    while place < len(entries):
        entry = entries[place]
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
_NEXT_NAME: Final = re.compile(r"\s*,\s*(?:and\s|&\s)?\s*|\s+(?:and|y|e|et|und)\s+(?=[^,]*$)")


def _named_in_passing(entry: Entry) -> tuple[str, list[str]] | None:
    """(what stands before, the acts) in "Strike Fund Benefit w/ Fig, Gourd and Husk": three names or more."""
    line = entry.bare
    found = next(_WITH.finditer(line.plain), None)
    if not found or entry.days or entry.moments.found or len(line.words) > 24 or line.plain.endswith("."):
        return None
    names = _NEXT_NAME.split(line.printed[found.end() :])
    named = len(names) > 2 and all(name[:1].isupper() or name[:1].isdigit() for name in names)
    return (line.printed[: found.start()], names) if named and all(len(name.split()) < 7 for name in names) else None


def _text(bill: Bill, entry: Entry, *, timed: bool) -> None:
    if not timed and (passing := _named_in_passing(entry)):
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
    bill.texts.append(Text(entry, in_head=not bill.rows, is_label=phrases.is_label(entry.bare.printed)))


def _take(bill: Bill, entry: Entry, place: int, marks: headings.Marks) -> None:
    moments, in_head = entry.moments, not bill.rows
    for moment in moments.facts:
        _fact(bill, moment, moments)
    rest = list(moments.rest)
    for moment in moments.rows:
        if entry.days and len(moments.rows) == 1 and place not in marks.dated_rows:
            rest.append(_show(bill, moment))
            continue
        if place in marks.dated_rows:
            bill.stand_under(marks.dated_rows[place])
        bill.add(moment.words, moment.time, stage=moment.stage)
    lone = [moment for moment in moments.found if not moment.fact and not moment.words]
    for moment in lone if entry.days else ():
        _show(bill, moment)
    if rest or moments.facts or entry.days or lone:
        bill.texts.append(Text(entry, in_head=in_head, rest=_left(entry, rest, lone)))


def _left(entry: Entry, rest: list[str], lone: list[Moment]) -> tuple[str, ...]:
    """The words no time took; the line itself where a time found no words."""
    return (entry.line.printed,) if lone and not entry.days else tuple(word for word in rest if word)


def _show(bill: Bill, moment: Moment) -> str:
    """A time beside a date is when the show is."""
    if moment.time.clock:
        bill.facts.setdefault("show", (moment.time.clock, None))
    if moment.time.until:
        bill.facts.setdefault("ends", (moment.time.until, None))
    return moment.words


def _fact(bill: Bill, moment: Moment, moments: Moments) -> None:
    clock = moment.time.clock or moment.time.until
    if clock is None or moment.fact is None:
        return
    if moment.fact in bill.facts:
        return
    bill.facts[moment.fact] = (clock, None)
    until = moment.time.until if moment.time.clock else None
    if until and moment.fact == "doors" and any(phrases.fact_in(word) == "show" for word in moments.rest):
        bill.facts.setdefault("show", (until, None))
    elif until and moment.fact == "show" and not moments.rest:
        bill.facts.setdefault("ends", (until, None))
