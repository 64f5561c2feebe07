"""Entries of two lines and more: a time by itself, then the name, or the other way round."""

from coordinator.core.flyer.entries import Entry, entry_of
from coordinator.core.flyer.lines import Line


def two_line_entries_joined(entries: list[Entry], *, month_first: bool) -> list[Entry]:
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
            joined[place] = entry_of(
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
