"""The reader of pasted flyers: from text to a Flyer, with nothing dropped on the way."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from coordinator.core.flyer import bill, facts
from coordinator.core.flyer.billing import billed
from coordinator.core.flyer.lines import Line, lines_of
from coordinator.core.flyer.model import Flyer, FlyerAct, WallTime
from coordinator.core.flyer.sheet import entries_of
from coordinator.core.flyer.timing import on_the_clock
from coordinator.core.flyer.warnings import warnings_of

MOST_LINES: Final = 3000
MOST_LETTERS: Final = 150_000


def read_flyer(text: str, *, default_on: date, zone: str) -> Flyer:
    """What a careful reader gets from a flyer. Never raises; what finds no place is in ``about`` or ``unread``.

    A date without a year is the first such day on or after ``default_on``. ``zone`` (an IANA name) tells how 6/7 is
    read and which currency a bare amount means; the times stay wall times.
    """
    lines = list(lines_of(text))
    read, beyond = _readable(lines)
    entries = entries_of(read, month_first=zone.startswith(("America/", "US/", "Pacific/Honolulu")))
    found = bill.read_bill(entries, default_on=default_on)
    told = facts.told_by(found.texts, zone=zone, default_on=default_on, days=found.days)
    timed = on_the_clock(billed(found.rows), found.facts, by_day=told.by_day)
    acts = _in_order(timed.acts)
    return Flyer(
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
        about="\n".join([*told.about, *beyond]) or None,
        unread=tuple(told.unread),
        warnings=warnings_of(timed, acts),
    )


def _readable(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """The lines that are read, and those beyond what any flyer holds, which are only kept."""
    letters = 0
    for place, line in enumerate(lines):
        letters += len(line.printed)
        if place >= MOST_LINES or letters > MOST_LETTERS:
            return lines[:place], [beyond.printed for beyond in lines[place:] if beyond.printed]
    return lines, []


def _in_order(acts: Iterable[FlyerAct]) -> tuple[FlyerAct, ...]:
    """By date and time; rows of one minute as printed, those without a time behind the others of their day."""
    return tuple(sorted(acts, key=lambda act: (act.on or date.min, act.starts is None, act.starts or WallTime(0))))
