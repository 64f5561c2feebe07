"""The steps of the pipeline in order; no words are lost on the way."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from .entries.entry import Entry
from .entries.in_context import entries_of
from .facts.all_facts import facts_in
from .facts.remains import remains_of
from .leftovers import lost_lines
from .model import Flyer, FlyerAct, FlyerWarning, WallTime
from .rows.headings import lone_year
from .rows.names import billed
from .rows.walk import read_bill
from .text.lines import Limits, lines_of
from .times.month_order import puts_month_first
from .timing.on_the_clock import resolve_times
from .timing.warnings import warnings_of

READ: Final = Limits(lines=1_000, characters=40_000, figures=2_000, line=2_000)


def read_flyer(text: str, *, default_on: date, zone: str) -> Flyer:
    """Read a flyer. Never raises: what cannot be placed, or exceeds ``READ``, is in ``about`` or ``unread``; an excess
    also gives a warning.

    A date without a year is the first such day on or after ``default_on``. ``zone`` (an IANA name) decides how 6/7 is
    read and the currency of an amount without one. The times are wall times.
    """
    read, beyond = lines_of(text, READ)
    month_first = puts_month_first(zone, read)
    entries = entries_of(read, month_first=month_first)
    found = read_bill(entries, default_on=default_on, month_first=month_first)
    placed = [text for text in found.texts if not text.is_lost]
    told = facts_in(placed, zone=zone, default_on=default_on, days=found.days)
    about, unread = remains_of(placed, told)
    rows_lost = tuple(text.entry.line.printed for text in found.texts if text.is_lost)
    noticed = list(_noticed(entries, rows_lost, beyond, default_on))
    timed = resolve_times(billed(found.rows), found.facts, days=told.days, by_day=told.by_day)
    acts = _in_order(timed.acts)
    flyer = Flyer(
        zone=zone,
        title=told.title,
        venue=told.venue,
        beneficiary=told.beneficiary,
        on=told.on,
        doors=timed.facts.get("doors"),
        show=timed.facts.get("show"),
        curfew=timed.facts.get("curfew"),
        ends=timed.facts.get("ends"),
        donation=told.donation,
        age=told.age,
        acts=acts,
        about="\n".join([*about, *beyond]) or None,
        unread=(*unread, *rows_lost),
        warnings=warnings_of(timed, acts, noticed),
    )
    lost = list(lost_lines(read, _words_of(flyer)))
    rest = [part for part in flyer.unread if not any(part in line for line in lost)]
    return replace(flyer, unread=(*rest, *lost))


def _noticed(
    entries: Sequence[Entry], lost: tuple[str, ...], beyond: Sequence[str], default_on: date
) -> Iterator[FlyerWarning]:
    """What is to be warned of whatever the times mean."""
    if beyond:
        yield FlyerWarning("too_long")
    year = lone_year(entries, default_on)
    if any(day.contradicts(default_on, year) for entry in entries for day in entry.days):
        yield FlyerWarning("weekday_mismatch")
    if lost:
        yield FlyerWarning("lost_time", lost)


def _words_of(flyer: Flyer) -> Iterator[str]:
    """All words in the result."""
    yield from filter(None, (flyer.title, flyer.venue, flyer.beneficiary, flyer.age, flyer.about, *flyer.unread))
    for act in flyer.acts:
        yield from filter(None, (act.name, act.stage, act.note))


def _in_order(acts: Iterable[FlyerAct]) -> tuple[FlyerAct, ...]:
    """By date and time; rows of the same minute as on the flyer, rows without a time last on their day."""
    return tuple(sorted(acts, key=lambda act: (act.on or date.min, act.starts is None, act.starts or WallTime(0))))
