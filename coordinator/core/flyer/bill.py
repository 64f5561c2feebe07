"""The walk through a flyer: which lines are rows of the bill, under which day and stage, and which are something "
"else."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from coordinator.core.flyer import headings, phrases, tables
from coordinator.core.flyer.around_times import Time
from coordinator.core.flyer.billing import Row
from coordinator.core.flyer.clock import bare_clock
from coordinator.core.flyer.clock_times import times_in
from coordinator.core.flyer.entries import Entry, without_days
from coordinator.core.flyer.lines import Line
from coordinator.core.flyer.moments import Moment, Moments, clauses_of
from coordinator.core.flyer.timing import Facts


@dataclass(frozen=True, slots=True)
class Text:
    """A line that is no row. ``rest`` are the words of it that no time took; None when the whole line is still to "
    "be read."""

    entry: Entry
    in_head: bool
    rest: tuple[str, ...] | None = None
    is_label: bool = False

    @property
    def is_whole(self) -> bool:
        """Neither a date nor a time took anything of the line."""
        return self.rest is None and not self.entry.days

    @property
    def clauses(self) -> list[str]:
        """The clauses of the line that no date and no time took."""
        if self.rest is not None:
            return [clause for part in self.rest for clause in clauses_of(part)]
        return clauses_of(without_days(self.entry.bare, self.entry.days).printed)


@dataclass(slots=True)
class Bill:
    """Rows, facts of the night and texts, each in the order of print."""

    default_on: date
    rows: list[Row] = field(default_factory=list)
    facts: Facts = field(default_factory=dict)
    texts: list[Text] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    on: date | None = None
    stage: str | None = None
    part: int = 0

    def add(self, name: str, time: Time | None, **more: str | None) -> None:
        clock, until, approx = (time.clock, time.until, time.approx) if time else (None, None, False)
        stage, note = more.get("stage") or self.stage, more.get("note")
        self.rows.append(Row(len(self.rows), name, clock, until, approx, stage, note, self.part, self.on))

    def begin_part(self, *, on: date | None = None, stage: str | None = None) -> None:
        self.part += 1
        self.on, self.stage = on or self.on, stage

    def stand_under(self, on: date) -> None:
        """What comes next is of that day, though no heading says so."""
        if on != self.on:
            self.begin_part(on=on, stage=self.stage)

    def close(self) -> None:
        """A flyer of one day has no day in its rows."""
        told = {row.on for row in self.rows if row.on}
        self.days = self.days or sorted(told)
        if len(self.days) == 1:
            self.rows = [replace(row, on=None) for row in self.rows]


def read_bill(entries: Sequence[Entry], *, default_on: date) -> Bill:
    bill = Bill(default_on)
    marks = headings.find(entries, default_on=default_on)
    days = headings.days_of(entries, default_on=default_on)
    bill.days = sorted(set(days.values())) if len(set(days.values())) > 1 else []
    lines = [entry.line for entry in entries]
    place = 0
    while place < len(entries):
        entry = entries[place]
        if behind := _table(bill, entries, lines, place):
            place = behind
            continue
        if place in days and bill.days:
            bill.begin_part(on=days[place], stage=marks.stages.get(place))
        elif place in marks.stages:
            bill.begin_part(stage=marks.stages[place])
        elif place in marks.listed:
            bill.add(entry.bare.printed, None)
        elif entry.moments.found:
            _take(bill, entry, place, marks)
        elif not entry.is_blank:
            _text(bill, entry)
        place += 1
    bill.close()
    return bill


def _text(bill: Bill, entry: Entry) -> None:
    label, rest = phrases.without_label(entry.bare.printed)
    names = clauses_of(rest) if label else []
    if len(names) > 1 and not entry.days and len(entry.line.words) < 40:
        for name in names:
            bill.add(name, None)
        return
    bill.texts.append(Text(entry, in_head=not bill.rows, is_label=phrases.is_label(entry.bare.printed)))


def _take(bill: Bill, entry: Entry, place: int, marks: headings.Marks) -> None:
    moments, in_head = entry.moments, not bill.rows
    for moment in moments.facts:
        _fact(bill, moment, moments)
    rest = list(moments.rest)
    for moment in moments.rows:
        if entry.days and len(moments.rows) == 1 and place not in marks.dated_rows:
            rest.append(_show(bill, moment))
            continue
        if place in marks.dated_rows:
            bill.stand_under(marks.dated_rows[place])
        bill.add(moment.words, moment.time, stage=moment.stage)
    lone = [moment for moment in moments.found if not moment.fact and not moment.words]
    for moment in lone if entry.days else ():
        _show(bill, moment)
    if rest or moments.facts or entry.days or lone:
        bill.texts.append(Text(entry, in_head=in_head, rest=_left(entry, rest, lone)))


def _left(entry: Entry, rest: list[str], lone: list[Moment]) -> tuple[str, ...]:
    """The words no time took; the line itself where a time found no words."""
    return (entry.line.printed,) if lone and not entry.days else tuple(word for word in rest if word)


def _show(bill: Bill, moment: Moment) -> str:
    """A time beside a date is when the show is."""
    if moment.time.clock:
        bill.facts.setdefault("show", (moment.time.clock, None))
    if moment.time.until:
        bill.facts.setdefault("ends", (moment.time.until, None))
    return moment.words


def _fact(bill: Bill, moment: Moment, moments: Moments) -> None:
    clock = moment.time.clock or moment.time.until
    if clock is None or moment.fact is None:
        return
    if moment.fact in bill.facts:
        return
    bill.facts[moment.fact] = (clock, None)
    until = moment.time.until if moment.time.clock else None
    if until and moment.fact == "doors" and any(phrases.fact_in(word) == "show" for word in moments.rest):
        bill.facts.setdefault("show", (until, None))
    elif until and moment.fact == "show" and not moments.rest:
        bill.facts.setdefault("ends", (until, None))


def _table(bill: Bill, entries: Sequence[Entry], lines: Sequence[Line], place: int) -> int | None:
    """Take in the table that begins at a place; where the flyer goes on behind it, None where there is none."""
    if found := tables.head_of(lines[place]):
        mark, columns = found
        if not tables.names_only_columns(lines[place], mark):
            bill.texts.append(Text(entries[place], in_head=False, is_label=True))
        for row, cells in tables.table_lines(lines, place + 1, mark, len(columns)):
            if entries[row].moments.found and not any(map(_is_time, _cells_of_time(columns, cells))):
                break  # "Doors<tab>7 pm" stands below the table, though its cells look like it
            _table_row(bill, columns, cells)
            place = row
        return place + 1
    if bare := tables.headless(lines, place, _is_time):
        _, columns, rows = bare
        for cells in rows:
            _table_row(bill, columns, cells)
        return place + len(rows)
    return None


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
    spoken: tuple[tables.Column, ...] = ("note", "length", "other", "day")
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
