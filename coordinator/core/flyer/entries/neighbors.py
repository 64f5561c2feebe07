"""Lines that have a meaning only because of the lines around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, Literal

from ..moments.moment import NOTHING, Moments, clauses_of, is_prose, is_sure
from ..text.lines import plain
from ..vocabulary import phrases
from ..vocabulary.giving import begins_with_age, is_about_money
from ..vocabulary.places import is_address, is_place_name
from .entry import Entry

MOST_WORDS: Final = 40  # of a row that begins with a clock time
Layout = Literal["time first", "name first"]


def _layout(moments: Moments) -> Layout | None:
    rows = moments.rows
    if not rows:
        return None
    return "name first" if rows[0].name_first else "time first"


def confirmed(entries: list[Entry]) -> list[Entry]:
    """Lines with bare numbers are rows when their neighbors are, or when together they form a list."""
    entries = [_one_line_list(entry) for entry in entries]
    shown = [place for place, entry in enumerate(entries) if not (entry.is_blank or _is_divider(entry))]
    layouts: dict[int, Layout | None] = {
        place: _layout(entries[place].moments) if is_sure(entries[place].moments, supported=False) else None
        for place in shown
    }
    pairs = list(pairwise(shown))
    for known, asked in [*pairs, *((later, earlier) for earlier, later in reversed(pairs))]:
        if layouts[known] and layouts[asked] is None and _doubtful(entries[asked]) == layouts[known]:
            layouts[asked] = layouts[known]
    for run in _runs(entries, shown, layouts):
        layouts |= run
    layouts = {place: _unless_address(entries, shown, layouts, number) for number, place in enumerate(shown)}
    return [_settled(entry, layouts.get(place)) for place, entry in enumerate(entries)]


def _is_divider(entry: Entry) -> bool:
    """A heading between two lists, which still have the same layout."""
    named = entry.heading is not None or is_place_name(entry.bare.printed)
    return named and entry.is_text and not entry.maybe.found


def _doubtful(entry: Entry) -> Layout | None:
    """The layout of an uncertain line, if it is a row."""
    if (
        entry.moments.facts
        or len(entry.line.words) > (MOST_WORDS if entry.maybe.rows and not entry.maybe.rows[0].time.bare else 14)
        or is_about_money(entry.bare.plain)
        or begins_with_age(entry.bare)
    ):
        return None
    return _layout(entry.moments) or _layout(entry.maybe) or _layout_of_fact(entry)


def _layout_of_fact(entry: Entry) -> Layout | None:
    """2300 Venue closes: in a list of bare numbers a fact is a line like the others."""
    facts = entry.maybe.facts if not entry.moments.found else ()
    return ("name first" if facts[0].name_first else "time first") if len(facts) == 1 else None


def _unless_address(
    entries: list[Entry], shown: list[int], layouts: dict[int, Layout | None], number: int
) -> Layout | None:
    """ "9 Old Crow Road" is an address, unless it is in the middle of a list."""
    layout = layouts[shown[number]]
    if not is_address(entries[shown[number]].bare) or entries[shown[number]].moments.found:
        return layout
    inside = 0 < number < len(shown) - 1 and layouts[shown[number - 1]] and layouts[shown[number + 1]]
    return layout if inside else None


def _settled(entry: Entry, layout: Layout | None) -> Entry:
    if layout is None and entry.moments.rows and not is_sure(entry.moments, supported=False):
        facts = entry.moments.facts
        return replace(entry, moments=Moments(facts, entry.moments.rest) if facts else NOTHING)
    if layout and not entry.moments.found and (_layout(entry.maybe) or _layout_of_fact(entry)) == layout:
        return replace(entry, moments=entry.maybe)
    return entry


def _one_line_list(entry: Entry) -> Entry:
    """Amber Alley 8, Bitter Lemons 8:45: in a list on one line bare numbers are times too."""
    rows, maybe = len(entry.moments.rows), len(entry.maybe.rows)
    label, listed = phrases.without_label(entry.bare.printed)
    told = len(entry.moments.facts) + rows
    enough = rows or label or maybe >= 3
    if maybe > max(rows, 1) and maybe + len(entry.maybe.facts) > told and entry.maybe.listed and enough:
        return replace(entry, moments=entry.maybe) if len(clauses_of(listed)) >= maybe else entry
    return entry


def _runs(
    entries: list[Entry], shown: list[int], layouts: dict[int, Layout | None]
) -> Iterator[dict[int, Layout | None]]:
    """Lists of bare numbers only: three lines or more (two when the flyer gives doors) in ascending or descending
    order."""
    told = any(entry.moments.facts for entry in entries)
    run: list[int] = []
    for place in [*shown, None]:
        layout = None if place is None or layouts[place] else _doubtful(entries[place])
        if place is not None and layout and (not run or layout == _doubtful(entries[run[-1]])):
            run.append(place)
            continue
        enough = 2 if told or all(entries[member].moments.rows for member in run) else 3
        if len(run) >= enough and _runs_one_way(entries, run):
            yield {member: _doubtful(entries[member]) for member in run}
        run = [place] if place is not None and layout else []


def _runs_one_way(entries: list[Entry], run: list[int]) -> bool:
    """Not a numbered list, not random numbers: ascending or descending, passing 12 at most once."""
    hours = []
    for place in run:
        rows = (entries[place].moments.rows or entries[place].maybe.found)[:1]
        clock = rows[0].time.clock if rows else None
        hours.append(clock.hour % 12 * 60 + clock.minute if clock else 0)
    if [hour // 60 for hour in hours] == list(range(1, len(hours) + 1)) and not any(hour % 60 for hour in hours):
        return False
    falls = sum(later < earlier for earlier, later in pairwise(hours))
    rises = sum(later > earlier for earlier, later in pairwise(hours))
    return min(falls, rises) <= 1


_FIRST_ONE: Final = re.compile(r"(?:the\s)?(?:first|1st)\s(?P<what>band|act|set|song|performer|half)\b.*")
_LATER_ONE: Final = r"(?:the\s)?(?:second|2nd|third|3rd|next|last|final)\s"


def sets_told_apart(entries: Sequence[Entry]) -> list[Entry]:
    """ "8:00 First set" is the first of several when a second one has its row; else it is when the show begins."""
    rows = [plain(moment.words) for entry in entries for moment in entry.moments.rows]
    kept = list(entries)
    for place, entry in enumerate(entries):
        found = _FIRST_ONE.fullmatch(plain(entry.moments.found[0].words)) if len(entry.moments.found) == 1 else None
        if found and any(re.match(_LATER_ONE + found["what"], row) for row in rows):
            kept[place] = replace(entry, moments=Moments((replace(entry.moments.found[0], fact=None),)))
    return kept


def without_strays(entries: list[Entry]) -> list[Entry]:
    """After the list and a paragraph of prose, a single line with a time is about the cause, not the show."""
    shown = [place for place, entry in enumerate(entries) if not entry.is_blank]
    rows = [place for place in shown if entries[place].has_rows]
    if len(rows) < 2:
        return entries
    told = [place for place in shown if place > rows[1] and entries[place].is_text and is_prose(entries[place].bare)]
    kept = list(entries)
    for number, place in enumerate(shown):
        if not told or place <= told[0] or not entries[place].moments.found:
            continue
        beside = [entries[near] for near in (*shown[max(0, number - 1) : number], *shown[number + 1 : number + 2])]
        if not any(entry.moments.found for entry in beside) and len(entries[place].line.words) > 4:
            kept[place] = replace(entries[place], moments=NOTHING)
    return kept
