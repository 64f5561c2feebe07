"""The reader of pasted flyers: from text to a Flyer, with nothing dropped on the way."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from coordinator.core.flyer import facts
from coordinator.core.flyer.billing import billed
from coordinator.core.flyer.dates import puts_month_first
from coordinator.core.flyer.leftovers import lost_lines
from coordinator.core.flyer.lines import lines_of
from coordinator.core.flyer.model import Flyer, FlyerAct, WallTime
from coordinator.core.flyer.remains import remains_of
from coordinator.core.flyer.sheet import entries_of
from coordinator.core.flyer.timing import on_the_clock
from coordinator.core.flyer.walk import read_bill
from coordinator.core.flyer.warnings import warnings_of

MOST_LINES: Final = 1_000
MOST_LETTERS: Final = 50_000


def read_flyer(text: str, *, default_on: date, zone: str) -> Flyer:
    """What a careful reader gets from a flyer. Never raises; what finds no place is in ``about`` or ``unread``.

    A date without a year is the first such day on or after ``default_on``. ``zone`` (an IANA name) tells how 6/7 is
    read and which currency a bare amount means; the times stay wall times.
    """
    read, beyond = lines_of(text, most=MOST_LINES, letters=MOST_LETTERS)
    month_first = puts_month_first(zone, read)
    entries = entries_of(read, month_first=month_first)
    found = read_bill(entries, default_on=default_on, month_first=month_first)
    told = facts.told_by(found.texts, zone=zone, default_on=default_on, days=found.days)
    about, unread = remains_of(found.texts, told)
    timed = on_the_clock(billed(found.rows), found.facts, by_day=told.by_day)
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
        unread=tuple(unread),
        warnings=warnings_of(timed, acts),
    )
    lost = list(lost_lines(read, _words_of(flyer)))
    rest = [part for part in flyer.unread if not any(part in line for line in lost)]
    return replace(flyer, unread=(*rest, *lost))


def _words_of(flyer: Flyer) -> Iterator[str]:
    """All that the flyer says in words."""
    yield from filter(None, (flyer.title, flyer.venue, flyer.beneficiary, flyer.age, flyer.about, *flyer.unread))
    for act in flyer.acts:
        yield from filter(None, (act.name, act.stage, act.note))


def _in_order(acts: Iterable[FlyerAct]) -> tuple[FlyerAct, ...]:
    """By date and time; rows of one minute as printed, those without a time behind the others of their day."""
    return tuple(sorted(acts, key=lambda act: (act.on or date.min, act.starts is None, act.starts or WallTime(0))))
