"""Lines that mean something only because of the lines around them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from coordinator.core.flyer import phrases
from coordinator.core.flyer.entries import Entry
from coordinator.core.flyer.giving import begins_with_age, is_about_money
from coordinator.core.flyer.moments import NOTHING, Moments, clauses_of, is_prose, is_sure
from coordinator.core.flyer.places import is_address, is_place_name

Layout = Literal["time first", "name first"]


def _layout(moments: Moments) -> Layout | None:
    rows = moments.rows
    if not rows:
        return None
    return "name first" if rows[0].name_first else "time first"


def confirmed(entries: list[Entry]) -> list[Entry]:
    """Lines with figures alone are rows where their neighbours are, or where they make a list among themselves."""
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
    """A heading between two lists: the lists are still of one kind."""
    named = entry.heading is not None or is_place_name(entry.bare.printed)
    return named and entry.is_text and not entry.maybe.found


def _doubtful(entry: Entry) -> Layout | None:
    """How a doubtful line would be read if it were a row."""
    if (
        entry.moments.facts
        or len(entry.line.words) > 14
        or is_about_money(entry.bare.plain)
        or begins_with_age(entry.bare)
    ):
        return None
    return _layout(entry.moments) or _layout(entry.maybe) or _layout_of_fact(entry)


def _layout_of_fact(entry: Entry) -> Layout | None:
    """2300 Venue closes: in a list of figures a fact is a line like the others."""
    facts = entry.maybe.facts if not entry.moments.found else ()
    return ("name first" if facts[0].name_first else "time first") if len(facts) == 1 else None


def _unless_address(
    entries: list[Entry], shown: list[int], layouts: dict[int, Layout | None], number: int
) -> Layout | None:
    """ "9 Old Crow Road" is an address, unless it stands in the middle of a list."""
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
    """Amber Alley 8, Bitter Lemons 8:45: in a list on one line figures alone are times too."""
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
    """Lists that bear nothing but figures: three lines or more (two where the flyer tells of doors) that run one "
    "way."""
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
    """Not a numbered list, and no chance figures: around the clock once at most, up or down."""
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


def without_strays(entries: list[Entry]) -> list[Entry]:
    """Behind the list and a paragraph of prose, a lone line with a time in it tells of the cause, not of the night."""
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
