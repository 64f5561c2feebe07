"""Entries of two or more lines: a time on its own line, then the name, or the other way round."""

from typing import Final

from ..moments.moment import is_prose
from ..text.lines import Line
from ..vocabulary.causes import cause_in
from ..vocabulary.giving import age_in, is_about_money
from ..vocabulary.places import is_place_name
from .entry import Entry, entry_of, looks_like_a_row


def two_line_entries_joined(entries: list[Entry], *, month_first: bool) -> list[Entry]:
    """Joins a time on its own line with the name on the next (or previous) line."""
    alone = [place for place, entry in enumerate(entries) if entry.is_time_alone]
    if not alone:
        return entries
    after = _times_stand_first(entries, alone)
    joined, gone = list(entries), set[int]()
    most = _usual_extras(entries, alone) if after else 0
    if after and not most and (hours := _under_hours(entries, alone)):
        return _each_at_its_hour(entries, hours, month_first=month_first)
    for place in alone:
        partners = _partners(entries, place, after=after, most=most, gone=gone)
        if partners:
            gone |= set(partners)
            joined[place] = entry_of(
                _one_line(entries[place], [entries[partner] for partner in partners]), month_first=month_first
            )
    return [entry for place, entry in enumerate(joined) if place not in gone]


def _under_hours(entries: list[Entry], alone: list[int]) -> dict[int, list[int]]:
    """The acts under each time that is a heading, by its index; empty when no time has several."""
    hours = {}
    for place in alone:
        start = _neighbor(entries, place, 1)
        run = _run(entries, start) if start is not None else []
        hours[place] = [near for number, near in enumerate(run) if not number or _may_be_an_act(entries[near])]
    further = [entries[near].bare.printed for run in hours.values() for near in run[1:]]
    return hours if len(alone) > 1 and further and not all(map(is_place_name, further)) else {}


LONGEST: Final = 8  # words


def _may_be_an_act(entry: Entry) -> bool:
    line = entry.bare
    told = (
        is_prose(line)
        or is_about_money(line.plain)
        or cause_in(line)
        or age_in(line)
        or line.printed.endswith((".", "!"))
    )
    return not told and len(line.words) <= LONGEST


def _each_at_its_hour(entries: list[Entry], hours: dict[int, list[int]], *, month_first: bool) -> list[Entry]:
    """Every line under an hour is on at that hour."""
    joined = list(entries)
    for place, acts in hours.items():
        for act in acts:
            joined[act] = entry_of(_one_line(entries[place], [entries[act]]), month_first=month_first)
    return [entry for place, entry in enumerate(joined) if not hours.get(place)]


def _one_line(time: Entry, partners: list[Entry]) -> Line:
    name, *extras = [entry.bare.printed for entry in partners]
    tail = "".join(f" ({extra})" for extra in extras)
    return Line.of(f"{time.bare.printed} — {name}{tail}", time.line.number)


def _neighbor(entries: list[Entry], place: int, step: int) -> int | None:
    """The next line that is not blank, if it is plain text and at most one blank line away."""
    for beside in (place + step, place + 2 * step):
        if not 0 <= beside < len(entries):
            return None
        if not entries[beside].is_blank:
            return beside if _may_be_a_partner(entries[beside]) else None
    return None


def _may_be_a_partner(entry: Entry) -> bool:
    return entry.is_text and entry.heading is None and not looks_like_a_row(entry)


def _times_stand_first(entries: list[Entry], alone: list[int]) -> bool:
    if _neighbor(entries, alone[-1], 1) is None:
        return False
    if _neighbor(entries, alone[0], -1) is None:
        return True
    touching_after = sum(place + 1 < len(entries) and not entries[place + 1].is_blank for place in alone)
    touching_before = sum(place > 0 and not entries[place - 1].is_blank for place in alone)
    return touching_after >= touching_before


def _run(entries: list[Entry], place: int) -> list[int]:
    """The plain text lines that follow a name without a blank line."""
    run: list[int] = []
    while place < len(entries) and _may_be_a_partner(entries[place]):
        run.append(place)
        place += 1
    return run


def _usual_extras(entries: list[Entry], alone: list[int]) -> int:
    """How many lines belong to an entry besides time and name: the number that all share (of many: but the last)."""
    told = alone[:-1] if len(alone) > 2 else alone
    counts = [len(_run(entries, start)) - 1 for place in told if (start := _neighbor(entries, place, 1)) is not None]
    return min(2, min(counts, default=0))


def _partners(entries: list[Entry], place: int, *, after: bool, most: int, gone: set[int]) -> list[int]:
    start = _neighbor(entries, place, 1 if after else -1)
    if start is None or start in gone:
        return []
    return _run(entries, start)[: 1 + most] if after else [start]
