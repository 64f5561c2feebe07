"""Lines about the lines below them: a day, a stage, a list of acts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import Final

from ..entries.entry import Entry, looks_like_a_row
from ..text.lines import has_bullet
from ..vocabulary import phrases
from ..vocabulary.causes import cause_in
from ..vocabulary.giving import age_in, is_about_money
from ..vocabulary.kinds import kind_of
from ..vocabulary.places import PIN, is_address, is_place_name, is_stage_name


@dataclass(slots=True)
class Marks:
    """Line indexes of stage headings with their names, of acts listed without a time, of rows with a date each."""

    stages: dict[int, str] = field(default_factory=dict)
    listed: set[int] = field(default_factory=set)
    dated_rows: dict[int, date] = field(default_factory=dict)


def find(entries: Sequence[Entry], *, default_on: date) -> Marks:
    return Marks(_stages(entries), _listed(entries), _dated_rows(entries, default_on))


def _dated_rows(entries: Sequence[Entry], default_on: date) -> dict[int, date]:
    """Rows with a date each; a single line with date and time is about the whole show."""
    dated = {place: entry.days[0] for place, entry in enumerate(entries) if entry.days and _has_its_day(entry)}
    year = lone_year(entries, default_on)
    anchor = first_date(entries, default_on)
    read = {place: day.nearest(anchor, year) for place, day in dated.items() if len(dated) > 1}
    return {place: on for place, on in read.items() if on}


def _has_its_day(entry: Entry) -> bool:
    """One row with its date, or a list on one line that begins with it: "Friday 10/8: 7pm Fig, 8pm Gourd"."""
    rows = len(entry.moments.rows)
    return rows == 1 or (rows > 1 and entry.days[0].start == 0)


def days_of(entries: Sequence[Entry], *, default_on: date) -> dict[int, date]:
    """The day headings with rows below, and their dates. Weekdays count from the first date on the flyer."""
    anchor, year = first_date(entries, default_on), lone_year(entries, default_on)
    days: dict[int, date] = {}
    for place, entry in enumerate(entries):
        day = entry.heading
        if day and _next_shown(entries, place) is not None:
            on = day.nearest(anchor, year)
            if on:
                days[place] = on
    return {place: on for place, on in days.items() if _leads_rows(entries, place, set(days))}


def first_date(entries: Sequence[Entry], default_on: date) -> date:
    """The first day on the flyer that has a month; ``default_on`` when there is none."""
    year = lone_year(entries, default_on)
    named = (day.on_or_after(default_on, year) for entry in entries for day in entry.days if day.month)
    return next((on for on in named if on), default_on)


def lone_year(entries: Sequence[Entry], default_on: date) -> int | None:
    """The year in a title such as GATHERING 2028, when the flyer contains no other."""
    head = list(takewhile(lambda entry: not entry.has_rows, entries))
    said = {int(word) for entry in head for word in entry.bare.plain.split() if _YEAR.fullmatch(word)}
    return min(said) if len(said) == 1 and min(said) >= default_on.year else None


_YEAR: Final = re.compile(r"20(?!00)[0-9]{2}")


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
    """Short lines directly above rows: those that name a place, or several similar ones that do not."""
    heads = [place for place, entry in enumerate(entries) if _is_headlike(entry) and _is_above_a_row(entries, place)]
    first = next((place for place, entry in enumerate(entries) if not entry.is_blank), -1)
    named = {place: _heading_name(entries[place]) for place in heads}
    sure = {
        place: name
        for place, name in named.items()
        if is_place_name(name) and (place != first or is_stage_name(name) or len(heads) > 1)
    }
    alike = [place for place in heads if place != first and entries[place - 1].is_blank]
    if falling := [place for place in heads if place not in sure and _begins_anew(entries, place)]:
        sure |= {place: named[place] for place in heads if place != first or place in falling}
    return {place: named[place] for place in alike} | sure if len(alike) > 1 else sure


_WITHOUT_BRACKET: Final = re.compile(r"(?<=\S)\s*\([^()]*\)$|(?<=\S)\s*\[[^\[\]]*\]$")  # "Main Stage (hosted by …)"
HALF_DAY: Final = 720  # minutes


def _begins_anew(entries: Sequence[Entry], place: int) -> bool:
    """Whether the times go back below this line: a second list. Lost, it would push a daytime stage past midnight."""
    above = [clock for entry in entries[:place] for row in entry.moments.rows if (clock := row.time.clock)]
    below = (clock for entry in entries[place:] for row in entry.moments.rows if (clock := row.time.clock))
    earlier, later = (above[-1] if above else None), next(below, None)
    if earlier is None or later is None:
        return False
    if not (earlier.is_open or later.is_open):
        return FIRST_MINUTE <= later.printed_minutes < earlier.printed_minutes
    return (later.printed_minutes - earlier.printed_minutes) % HALF_DAY > HALF_DAY // 2


FIRST_MINUTE: Final = 5 * 60  # of a show's day
_ON_THE: Final = re.compile(
    r"^(?:(?:live\s)?(?:on|in|at)\s(?:the\s)?|(?:auf|in)\s(?:der|dem)\s|(?:sur|dans)\s(?:la|le|l')\s?|en\s(?:el|la)\s|n[oa]\s|"
    r"sul(?:la)?\s)(?=\S)",
    re.IGNORECASE,
)


def _heading_name(entry: Entry) -> str:
    name = _WITHOUT_BRACKET.sub("", entry.bare.printed).strip(" :-–—*=~[]")
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
        or not 0 < len(_WITHOUT_BRACKET.sub("", text.printed).split()) <= 5
        or text.printed.endswith((".", "!", "?"))
    ):
        return False
    return not (
        phrases.is_label(text.printed)
        or looks_like_a_row(entry)
        or phrases.is_credit(text)
        or is_about_money(text.plain)
        or cause_in(text, weak=True)
        or age_in(text)
        or is_address(text)
    )


def _is_above_a_row(entries: Sequence[Entry], place: int) -> bool:
    """Who hosts, mixes or pays for a stage may stand between its name and its rows."""
    after = _next_shown(entries, place)
    while after is not None and after - place <= MOST_CREDITS and _is_credit(entries[after]):
        place, after = after, _next_shown(entries, after)
    return after is not None and after - place <= 2 and entries[after].has_rows


MOST_CREDITS: Final = 4  # lines


def _is_credit(entry: Entry) -> bool:
    return entry.is_text and phrases.is_credit(entry.bare)


def _listed(entries: Sequence[Entry]) -> set[int]:
    """Acts named without a time: the lines below "Bands:", or bullets on a flyer without rows."""
    listed: set[int] = set()
    for place, entry in enumerate(entries):
        if entry.is_text and phrases.is_label(entry.bare.printed):
            start = place + 2 if place + 1 < len(entries) and entries[place + 1].is_blank else place + 1
            listed |= _names_from(entries, start)
    listed |= {place for place, entry in enumerate(entries) if entry.is_numbered}
    if not listed and not any(entry.has_rows and not entry.days for entry in entries):
        listed = _around_a_break(entries)
    if not listed and not any(entry.has_rows for entry in entries):
        bullets = {place for place, entry in enumerate(entries) if has_bullet(entry.line) and _is_a_name(entry)}
        listed = bullets if len(bullets) > 1 else _block_behind_facts(entries)
    return listed | _breaks_between(entries, listed)


def _around_a_break(entries: Sequence[Entry]) -> set[int]:
    """On a flyer without rows: the names right above and below an intermission."""
    for place, entry in enumerate(entries):
        if entry.is_text and kind_of(entry.bare.printed) == "break":
            above = set(takewhile(lambda near: _is_a_name(entries[near]), range(place - 1, -1, -1)))
            below = _names_from(entries, place + 1)
            if above and below:
                return above | {place} | below
    return set()


def _breaks_between(entries: Sequence[Entry], listed: set[int]) -> set[int]:
    """An intermission that splits a list without times."""
    between = range(min(listed, default=0), max(listed, default=0))
    return {place for place in between if entries[place].is_text and kind_of(entries[place].bare.printed) == "break"}


def _block_behind_facts(entries: Sequence[Entry]) -> set[int]:
    """On a flyer without rows: the first block of lines after doors and date that could be names."""
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
        or looks_like_a_row(entry)
        or cause_in(text)
        or age_in(text)
        or is_address(text)
        or phrases.is_label(text.printed)
    )
