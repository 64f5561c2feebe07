"""The flyer line by line: what each line is by itself, and what it is once its neighbours are asked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from coordinator.core.flyer import phrases
from coordinator.core.flyer.clock_times import times_in
from coordinator.core.flyer.dates import Day, days_in, heading_day
from coordinator.core.flyer.giving import begins_with_age, is_about_money
from coordinator.core.flyer.lines import Line, without_bullet
from coordinator.core.flyer.moments import NOTHING, Moments, clauses_of, is_prose, is_sure
from coordinator.core.flyer.pairing import moments_in
from coordinator.core.flyer.places import is_address, is_place_name
from coordinator.core.flyer.speech import is_running

Layout = Literal["time first", "name first"]

_FIGURES: Final = re.compile(r"\d+")
MOST_FIGURES: Final = 120
LONGEST: Final = 1500  # letters; a longer line is read by nobody as a list, and kept as it is


@dataclass(frozen=True, slots=True)
class Entry:
    """A line and what it says. ``maybe`` is what it would say if figures alone were times."""

    line: Line
    bare: Line
    days: tuple[Day, ...] = ()
    heading: Day | None = None
    moments: Moments = NOTHING
    maybe: Moments = NOTHING

    @property
    def is_blank(self) -> bool:
        return not self.line.printed

    @property
    def is_text(self) -> bool:
        return not self.is_blank and not self.moments.found

    @property
    def is_time_alone(self) -> bool:
        found = self.moments.found
        alone = len(found) == 1 and not found[0].words and found[0].time.clock is not None
        return alone and not self.days

    @property
    def has_rows(self) -> bool:
        return bool(self.moments.rows)


def entries_of(lines: Sequence[Line], *, month_first: bool) -> list[Entry]:
    read = [_entry(line, month_first=month_first) for line in lines]
    return _without_strays(_confirmed(_two_line_entries_joined(read, month_first=month_first)))


def _entry(line: Line, *, month_first: bool) -> Entry:
    if not line.printed or len(line.printed) > LONGEST or len(_FIGURES.findall(line.plain)) > MOST_FIGURES:
        return Entry(line, line)
    bare = without_bullet(line)
    days = tuple(days_in(bare, month_first=month_first))
    heading = heading_day(bare, month_first=month_first)
    if heading:
        return Entry(line, bare, days or (heading,), heading)
    timed = without_days(bare, days)
    moments = moments_in(timed, times_in(timed, keywords=phrases.KEYWORDS))
    maybe = NOTHING
    if not moments.facts or len(clauses_of(bare.printed)) > 3:
        maybe = moments_in(timed, times_in(timed, keywords=phrases.KEYWORDS, edges=True))
    return Entry(line, bare, days, None, _unless_prose(moments, bare), _unless_prose(maybe, bare))


def without_days(line: Line, days: Sequence[Day]) -> Line:
    """The line with blanks where its dates stood, so that 21.05. is not five past nine."""
    printed, plain = line.printed, line.plain
    for day in days:
        blank = " " * (day.end - day.start)
        printed = printed[: day.start] + blank + printed[day.end :]
        plain = plain[: day.start] + blank + plain[day.end :]
    return Line(line.number, printed, plain)


def _unless_prose(moments: Moments, line: Line) -> Moments:
    """A sentence is a row of nothing, whatever time stands in it; running speech with three times or more may be."""
    if not is_prose(line) or not moments.found:
        return moments
    told = len(moments.rows) + len(moments.facts)
    if told >= 3 and (moments.listed or is_running(line.printed)):
        return moments
    opening = moments.facts and (len(moments.facts) > 1 or phrases.KEYWORDS.match(line.plain))
    return Moments(moments.facts, (*moments.rest, *(row.words for row in moments.rows))) if opening else NOTHING


def _layout(moments: Moments) -> Layout | None:
    rows = moments.rows
    if not rows:
        return None
    return "name first" if rows[0].name_first else "time first"


def _two_line_entries_joined(entries: list[Entry], *, month_first: bool) -> list[Entry]:
    """A time on a line of its own and its name on the next (or the one before) become one line."""
    alone = [place for place, entry in enumerate(entries) if entry.is_time_alone]
    if not alone:
        return entries
    after = _times_stand_first(entries, alone)
    joined, gone = list(entries), set[int]()
    most = _usual_extras(entries, alone) if after else 0
    for place in alone:
        partners = _partners(entries, place, after=after, most=most, gone=gone)
        if partners:
            gone |= set(partners)
            joined[place] = _entry(
                _one_line(entries[place], [entries[partner] for partner in partners]), month_first=month_first
            )
    return [entry for place, entry in enumerate(joined) if place not in gone]


def _one_line(time: Entry, partners: list[Entry]) -> Line:
    name, *extras = [entry.bare.printed for entry in partners]
    tail = "".join(f" ({extra})" for extra in extras)
    return Line.of(f"{time.bare.printed} — {name}{tail}", time.line.number)


def _neighbour(entries: list[Entry], place: int, step: int) -> int | None:
    """The next line that is not blank, if it is mere text and at most one blank line away."""
    for beside in (place + step, place + 2 * step):
        if not 0 <= beside < len(entries):
            return None
        if not entries[beside].is_blank:
            return beside if entries[beside].is_text and entries[beside].heading is None else None
    return None


def _times_stand_first(entries: list[Entry], alone: list[int]) -> bool:
    if _neighbour(entries, alone[-1], 1) is None:
        return False
    if _neighbour(entries, alone[0], -1) is None:
        return True
    touching_after = sum(place + 1 < len(entries) and not entries[place + 1].is_blank for place in alone)
    touching_before = sum(place > 0 and not entries[place - 1].is_blank for place in alone)
    return touching_after >= touching_before


def _run(entries: list[Entry], place: int) -> list[int]:
    """The lines of mere text that follow a name without a blank line."""
    run: list[int] = []
    while place < len(entries) and entries[place].is_text and entries[place].heading is None:
        run.append(place)
        place += 1
    return run


def _usual_extras(entries: list[Entry], alone: list[int]) -> int:
    """How many lines belong to an entry beside time and name: what all but the last agree on."""
    counts = [
        len(_run(entries, start)) - 1 for place in alone[:-1] if (start := _neighbour(entries, place, 1)) is not None
    ]
    return min(2, min(counts, default=0))


def _partners(entries: list[Entry], place: int, *, after: bool, most: int, gone: set[int]) -> list[int]:
    start = _neighbour(entries, place, 1 if after else -1)
    if start is None or start in gone:
        return []
    return _run(entries, start)[: 1 + most] if after else [start]


def _confirmed(entries: list[Entry]) -> list[Entry]:
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
    return _layout(entry.moments) or _layout(entry.maybe)


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
    if layout and not entry.moments.found and _layout(entry.maybe) == layout:
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
        rows = (entries[place].moments.rows or entries[place].maybe.rows)[:1]
        clock = rows[0].time.clock if rows else None
        hours.append(clock.hour % 12 * 60 + clock.minute if clock else 0)
    if [hour // 60 for hour in hours] == list(range(1, len(hours) + 1)) and not any(hour % 60 for hour in hours):
        return False
    falls = sum(later < earlier for earlier, later in pairwise(hours))
    rises = sum(later > earlier for earlier, later in pairwise(hours))
    return min(falls, rises) <= 1


def _without_strays(entries: list[Entry]) -> list[Entry]:
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
