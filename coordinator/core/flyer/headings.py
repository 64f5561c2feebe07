"""Lines that say something about the lines below them: a day, a stage, who is on the bill."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import Final

from coordinator.core.flyer import phrases
from coordinator.core.flyer.causes import cause_in
from coordinator.core.flyer.entries import Entry
from coordinator.core.flyer.giving import age_in, is_about_money
from coordinator.core.flyer.lines import has_bullet
from coordinator.core.flyer.places import PIN, is_address, is_place_name, is_stage_name


@dataclass(slots=True)
class Marks:
    """Places of stage headings with their names, of acts listed without a time, of rows that bear a date each."""

    stages: dict[int, str] = field(default_factory=dict)
    listed: set[int] = field(default_factory=set)
    dated_rows: dict[int, date] = field(default_factory=dict)


def find(entries: Sequence[Entry], *, default_on: date) -> Marks:
    return Marks(_stages(entries), _listed(entries), _dated_rows(entries, default_on))


def _dated_rows(entries: Sequence[Entry], default_on: date) -> dict[int, date]:
    """Rows that bear a date each; a lone line with date and time tells of the whole show."""
    dated = {place: entry.days[0] for place, entry in enumerate(entries) if entry.days and _has_its_day(entry)}
    year = lone_year(entries, default_on)
    read = {place: day.on_or_after(default_on, year) for place, day in dated.items() if len(dated) > 1}
    return {place: on for place, on in read.items() if on}


def _has_its_day(entry: Entry) -> bool:
    """One row with its date, or a list of one line that begins with it: "Friday 10/8: 7pm Fig, 8pm Gourd"."""
    rows = len(entry.moments.rows)
    return rows == 1 or (rows > 1 and entry.days[0].start == 0)


def days_of(entries: Sequence[Entry], *, default_on: date) -> dict[int, date]:
    """The day headings that have rows below, with their dates: weekdays count from the first date the flyer names."""
    anchor, year = first_date(entries, default_on), lone_year(entries, default_on)
    days: dict[int, date] = {}
    for place, entry in enumerate(entries):
        day = entry.heading
        if day and _next_shown(entries, place) is not None:
            on = day.on_or_after(anchor if day.month is None else default_on, year)
            if on:
                days[place] = on
    return {place: on for place, on in days.items() if _leads_rows(entries, place, set(days))}


def first_date(entries: Sequence[Entry], default_on: date) -> date:
    year = lone_year(entries, default_on)
    named = (day.on_or_after(default_on, year) for entry in entries for day in entry.days if day.month)
    return next((on for on in named if on), default_on)


def lone_year(entries: Sequence[Entry], default_on: date) -> int | None:
    """The year in a title such as GATHERING 2028, when the flyer names no other."""
    head = list(takewhile(lambda entry: not entry.has_rows, entries))
    said = {
        int(word) for entry in head for word in entry.bare.plain.split() if word.isdigit() and 2000 < int(word) < 2100
    }
    return min(said) if len(said) == 1 and min(said) >= default_on.year else None


def _next_shown(entries: Sequence[Entry], place: int) -> int | None:
    return next((after for after in range(place + 1, len(entries)) if not entries[after].is_blank), None)


def _leads_rows(entries: Sequence[Entry], place: int, days: set[int]) -> bool:
    for after in range(place + 1, len(entries)):
        if after in days:
            return False
        if entries[after].moments.found:
            return True
    return False


def _stages(entries: Sequence[Entry]) -> dict[int, str]:
    """Short lines right above rows: those that name a place, or that all look alike without naming one."""
    heads = [place for place, entry in enumerate(entries) if _is_headlike(entry) and _is_above_a_row(entries, place)]
    first = next((place for place, entry in enumerate(entries) if not entry.is_blank), -1)
    named = {place: _heading_name(entries[place]) for place in heads}
    sure = {
        place: name
        for place, name in named.items()
        if is_place_name(name) and (place != first or is_stage_name(name) or len(heads) > 1)
    }
    alike = [place for place in heads if place != first and entries[place - 1].is_blank]
    return {place: named[place] for place in alike} | sure if len(alike) > 1 else sure


_ON_THE: Final = re.compile(
    r"^(?:(?:live\s)?(?:on|in|at)\s(?:the\s)?|(?:auf|in)\s(?:der|dem)\s|(?:sur|dans)\s(?:la|le|l')\s?|en\s(?:el|la)\s|n[oa]\s|"
    r"sul(?:la)?\s)(?=\S)",
    re.IGNORECASE,
)


def _heading_name(entry: Entry) -> str:
    name = entry.bare.printed.strip(" :-–—*=~[]")
    label, _, rest = name.partition(":")
    if rest.strip() and label.casefold() in {"stage", "room", "at"}:
        return rest.strip()
    return _ON_THE.sub("", name) if is_place_name(name) else name


def _is_headlike(entry: Entry) -> bool:
    text = entry.bare
    if (
        not entry.is_text
        or entry.line.printed.startswith(PIN)
        or entry.heading
        or entry.days
        or not 0 < len(text.words) <= 5
        or text.printed.endswith((".", "!", "?"))
    ):
        return False
    return not (
        phrases.is_label(text.printed)
        or is_about_money(text.plain)
        or cause_in(text, weak=True)
        or age_in(text)
        or is_address(text)
    )


def _is_above_a_row(entries: Sequence[Entry], place: int) -> bool:
    after = _next_shown(entries, place)
    return after is not None and after - place <= 2 and entries[after].has_rows


def _listed(entries: Sequence[Entry]) -> set[int]:
    """Acts named without a time: the lines below "Bands:", or bullets on a flyer that has no rows at all."""
    listed: set[int] = set()
    for place, entry in enumerate(entries):
        if entry.is_text and phrases.is_label(entry.bare.printed):
            start = place + 2 if place + 1 < len(entries) and entries[place + 1].is_blank else place + 1
            listed |= _names_from(entries, start)
    if not listed and not any(entry.has_rows for entry in entries):
        bullets = {place for place, entry in enumerate(entries) if has_bullet(entry.line) and _is_a_name(entry)}
        listed = bullets if len(bullets) > 1 else _block_behind_facts(entries)
    return listed


def _block_behind_facts(entries: Sequence[Entry]) -> set[int]:
    """The first lines behind doors and date that stand together and could be names, on a flyer without a row."""
    facts = [place for place, entry in enumerate(entries) if entry.moments.facts]
    if not facts:
        return set()
    start = next((place for place in range(facts[-1] + 1, len(entries)) if _is_a_name(entries[place])), len(entries))
    block = {
        place for place in _names_from(entries, start) if not entries[place].line.printed.endswith((".", "!", "?", ":"))
    }
    return block if len(block) > 1 else set()


def _names_from(entries: Sequence[Entry], start: int) -> set[int]:
    places = takewhile(lambda place: _is_a_name(entries[place]), range(start, len(entries)))
    return set(places)


def _is_a_name(entry: Entry) -> bool:
    text = entry.bare
    if not entry.is_text or entry.heading or entry.days or not 0 < len(text.words) <= 9:
        return False
    return not (
        is_about_money(text.plain)
        or cause_in(text)
        or age_in(text)
        or is_address(text)
        or phrases.is_label(text.printed)
    )
