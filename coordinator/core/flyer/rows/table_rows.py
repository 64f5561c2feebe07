"""Adds the rows of a table to the bill."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from ..entries.entry import Entry
from ..text.lines import Line, plain
from ..times.around_times import Time
from ..times.clock_times import times_in
from ..times.dates import heading_day
from ..times.printed_time import bare_printed_time
from ..vocabulary import phrases
from . import grids, tables
from .bill import Bill, Text


def take_table(bill: Bill, entries: Sequence[Entry], lines: Sequence[Line], place: int) -> int | None:
    """Add the table that begins at a line; returns the line after it, or None when there is no table.

    ``lines`` are those of the entries; the caller passes them because they are the same for every call.
    """
    if found := tables.head_of(lines[place]):
        mark, columns = found
        if not tables.names_only_columns(lines[place], mark):
            bill.texts.append(Text(entries[place], in_head=False, is_label=True))
        for row, cells in tables.table_lines(lines, place + 1, mark, len(columns)):
            if entries[row].moments.found and not any(map(_is_time, _cells_of_time(columns, cells))):
                break  # "Doors<tab>7 pm" comes after the table, though its cells look like it
            bill.line = lines[row].number
            _set_day_of_row(bill, entries[row], columns, cells)
            _table_row(bill, columns, cells)
            place = row
        return place + 1
    if grid := grids.grid_at(lines, place, _is_time):
        _take_grid(bill, grid)
        return place + grid.lines
    if spaced := grids.spaced_head(lines[place]):
        return _take_spaced(bill, lines, place, spaced)
    if bare := tables.headless(lines, place, _is_time):
        _, columns, rows = bare
        for row, cells in enumerate(rows, place):
            bill.line = lines[row].number
            _table_row(bill, columns, cells)
        return place + len(rows)
    return None


def _take_grid(bill: Bill, grid: grids.Grid) -> None:
    for number, said, acts in grid.rows:
        bill.line = number
        time = _cell_time(said)
        for stage, act in zip(grid.stages, acts, strict=False):
            if act:
                bill.add(act, time, stage=stage)


def _take_spaced(bill: Bill, lines: Sequence[Line], place: int, columns: Sequence[tables.Column]) -> int | None:
    """Add the rows under a header without separators; None when no row follows."""
    behind = place + 1
    while behind < len(lines) and (cells := grids.spaced_cells(lines[behind], columns)):
        bill.line = lines[behind].number
        _table_row(bill, columns, cells)
        behind += 1
    return behind if behind > place + 1 else None


def _set_day_of_row(bill: Bill, entry: Entry, columns: Sequence[tables.Column], cells: Sequence[str]) -> None:
    """In a table with a column of days, an empty cell means the day above."""
    said = " ".join(cell for column, cell in zip(columns, cells, strict=False) if column == "day")
    day = heading_day(Line.of(said), month_first=bill.month_first) or next(iter(entry.days), None)
    if said and day and (on := day.on_or_after(bill.default_on)):
        bill.set_day(on)


def _cells_of_time(columns: Sequence[tables.Column], cells: Sequence[str]) -> list[str]:
    return [cell for column, cell in zip(columns, cells, strict=False) if column in {"start", "time"} and cell]


def _table_row(bill: Bill, columns: Sequence[tables.Column], cells: Sequence[str]) -> None:
    told: dict[tables.Column, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if cell:
            told[column] = f"{told[column]}; {cell}" if column in told else cell
    time = _cell_time(told.get("start") or told.get("time") or "")
    end = _cell_time(told.get("end") or "")
    if time and end and (end.clock or end.until):
        time = replace(time, until=end.clock or end.until)
    if time and time.clock and not time.until and (minutes := _minutes_in(told.get("length", ""))):
        time, told = replace(time, until=time.clock.later(minutes)), {**told, "length": ""}
    name = told.get("act", "")
    fact = phrases.fact_in(name)
    if fact and time and time.clock and fact not in bill.facts:
        bill.facts[fact] = (time.clock, None)
        return
    spoken: tuple[tables.Column, ...] = ("note", "length", "other") if bill.on else ("note", "length", "other", "day")
    notes = [told[column] for column in spoken if told.get(column)] + list(cells[len(columns) :])
    if told or notes:
        bill.add(
            name or "; ".join(told.values()), time, stage=told.get("stage"), note="; ".join(filter(None, notes)) or None
        )


_MINUTES: Final = re.compile(r"(?:(?P<hours>\d)\s?(?::|h\w*\s?))?(?P<minutes>\d{1,3})\s?(?:min\w*\.?|m|')?")
LONGEST: Final = 360  # minutes that a cell may say


def _minutes_in(cell: str) -> int | None:
    """How long a row lasts: 20, 20 min, 0:20, 1h30."""
    found = _MINUTES.fullmatch(plain(cell).strip())
    minutes = int(found["hours"] or 0) * 60 + int(found["minutes"]) if found else 0
    return minutes if 0 < minutes <= LONGEST else None


@lru_cache(maxsize=4096)
def _is_time(cell: str) -> bool:
    """Whether the cell contains a time and nothing else."""
    line = Line.of(cell)
    times = times_in(line, keywords=phrases.KEYWORDS) if line.printed and len(cell) < 24 else []
    return len(times) == 1 and (times[0].start, times[0].end) == (0, len(line.printed))


def _cell_time(cell: str) -> Time | None:
    line = Line.of(cell)
    if cell.isdigit() and (clock := bare_printed_time(cell)):
        return Time(0, len(cell), clock)
    times = times_in(line, keywords=phrases.KEYWORDS, edges=True)
    return times[0] if times else None
