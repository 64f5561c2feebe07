"""The rows of a table taken into the bill."""

from collections.abc import Sequence
from dataclasses import replace

from coordinator.core.flyer import phrases, tables
from coordinator.core.flyer.around_times import Time
from coordinator.core.flyer.bill import Bill, Text
from coordinator.core.flyer.clock import bare_clock
from coordinator.core.flyer.clock_times import times_in
from coordinator.core.flyer.dates import heading_day
from coordinator.core.flyer.entries import Entry
from coordinator.core.flyer.lines import Line


def take_table(bill: Bill, entries: Sequence[Entry], lines: Sequence[Line], place: int) -> int | None:
    """Take in the table that begins at a place; where the flyer goes on behind it, None where there is none.

    ``lines`` are those of the entries: this is asked at every place, and they are the same each time.
    """
    if found := tables.head_of(lines[place]):
        mark, columns = found
        if not tables.names_only_columns(lines[place], mark):
            bill.texts.append(Text(entries[place], in_head=False, is_label=True))
        for row, cells in tables.table_lines(lines, place + 1, mark, len(columns)):
            if entries[row].moments.found and not any(map(_is_time, _cells_of_time(columns, cells))):
                break  # "Doors<tab>7 pm" stands below the table, though its cells look like it
            _stand_under_its_day(bill, entries[row], columns, cells)
            _table_row(bill, columns, cells)
            place = row
        return place + 1
    if bare := tables.headless(lines, place, _is_time):
        _, columns, rows = bare
        for cells in rows:
            _table_row(bill, columns, cells)
        return place + len(rows)
    return None


def _stand_under_its_day(bill: Bill, entry: Entry, columns: Sequence[tables.Column], cells: Sequence[str]) -> None:
    """A table with a column of days tells of several: an empty cell means the day above."""
    said = " ".join(cell for column, cell in zip(columns, cells, strict=False) if column == "day")
    day = heading_day(Line.of(said), month_first=bill.month_first) or next(iter(entry.days), None)
    if said and day and (on := day.on_or_after(bill.default_on)):
        bill.stand_under(on)


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
    name = told.get("act", "")
    fact = phrases.fact_in(name)
    if fact and time and time.clock and fact not in bill.facts:
        bill.facts[fact] = (time.clock, None)
        return
    spoken: tuple[tables.Column, ...] = ("note", "length", "other") if bill.on else ("note", "length", "other", "day")
    notes = [told[column] for column in spoken if column in told] + list(cells[len(columns) :])
    if told or notes:
        bill.add(
            name or "; ".join(told.values()), time, stage=told.get("stage"), note="; ".join(filter(None, notes)) or None
        )


def _is_time(cell: str) -> bool:
    """The cell holds a time and nothing else."""
    line = Line.of(cell)
    times = times_in(line, keywords=phrases.KEYWORDS) if line.printed and len(cell) < 24 else []
    return len(times) == 1 and (times[0].start, times[0].end) == (0, len(line.printed))


def _cell_time(cell: str) -> Time | None:
    line = Line.of(cell)
    if cell.isdigit() and (clock := bare_clock(cell)):
        return Time(0, len(cell), clock)
    times = times_in(line, keywords=phrases.KEYWORDS, edges=True)
    return times[0] if times else None
