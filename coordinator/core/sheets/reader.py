"""Reads a pasted table of shifts or of people, line by line. Nothing is dropped: see ``ReadSheet``."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from . import headings
from .model import Line, Notice, ReadSheet, SheetContext, SkippedLine, WrongLine
from .people import CONSENT, person_line
from .shifts import Above, ShiftReader
from .table import NoTable, Table, TableRow, table_of

NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "shifts": (("role",), ("starts", "time"), ("ends", "time", "length", "starts")),
    "people": (("name", "first", "last"),),
}
TOTALS = frozenset("total totals sum subtotal grand total suma totales suma total".split()) | {"grand total"}


def read_shifts(text: str, context: SheetContext) -> ReadSheet:
    """A table of shifts. Raises NoTable."""
    table, columns = _known(text, "shifts")
    reader = ShiftReader(context, _cells(table, columns, ("starts", "ends", "time")))
    above = Above()

    def read(row: TableRow, said: Mapping[str, str]) -> Line:
        nonlocal above
        line, above = reader.line(row.line, said, above)
        return line

    return _sheet(table, columns, read, total_of="role")


def read_people(text: str) -> ReadSheet:
    """A table of people. Raises NoTable."""
    table, columns = _known(text, "people")
    asked = {column: heading for column, heading in zip(columns, table.headings, strict=False) if column in CONSENT}
    return _sheet(table, columns, lambda row, said: person_line(row.line, said, asked), total_of="name")


def _known(text: str, kind: str) -> tuple[Table, tuple[str | None, ...]]:
    """(the table, the columns that count). Raises NoTable when one that is needed is not there."""
    table = table_of(text, kind)
    columns = list(_once(table.columns))
    if kind == "shifts":
        columns = _roles_named(columns)
    there = {column for column in columns if column}
    for needed in NEEDED[kind]:
        if not there & set(needed):
            raise NoTable("lacking", needed[0])
    return table, tuple(columns)


def _once(columns: tuple[str | None, ...]) -> Iterator[str | None]:
    """Of two columns with one meaning the first counts."""
    seen: set[str] = set()
    for column in columns:
        yield None if column in seen else column
        seen |= {column} if column else set()


def _roles_named(columns: list[str | None]) -> list[str | None]:
    """In a table without a role, what is called "name" is the shift's."""
    if "role" not in columns and "person" in columns:
        return ["role" if column == "person" else column for column in columns]
    return columns


def _cells(table: Table, columns: tuple[str | None, ...], wanted: tuple[str, ...]) -> list[str]:
    places = [place for place, column in enumerate(columns) if column in wanted]
    return [row.cells[place] for row in table.rows for place in places if place < len(row.cells)]


def _sheet(
    table: Table,
    columns: tuple[str | None, ...],
    read: Callable[[TableRow, Mapping[str, str]], Line],
    *,
    total_of: str,
) -> ReadSheet:
    lines: list[Line] = []
    for row in table.rows:
        said = {column: cell for column, cell in zip(columns, row.cells, strict=False) if column and cell}
        if row.cells[: len(table.headings)] == table.headings or _is_head_again(row, table):
            lines.append(SkippedLine(row.line, "headings"))
        elif _is_total(row, said, total_of):
            lines.append(SkippedLine(row.line, "total"))
        else:
            lines.append(_with_more(read(row, said), row, len(table.headings)))
    cells = {row.line: row.cells for row in table.rows}
    return ReadSheet(
        _headings(table, columns), _unknown(table, columns), table.above, tuple(lines), table.headings, cells
    )


def _with_more(line: Line, row: TableRow, width: int) -> Line:
    """Cells beyond the headings are pointed out, since nothing is dropped silently."""
    more = " ".join(filter(None, row.cells[width:]))
    if not more or isinstance(line, (WrongLine, SkippedLine)):
        return line
    return replace(line, notices=(*line.notices, Notice("more", more)))


def _is_head_again(row: TableRow, table: Table) -> bool:
    said = [headings.said(cell) for cell in row.cells if cell]
    return len(said) > 1 and set(said) <= {headings.said(heading) for heading in table.headings}


def _is_total(row: TableRow, said: Mapping[str, str], total_of: str) -> bool:
    first = headings.said(next(filter(None, row.cells), ""))
    words = headings.said(said.get(total_of, ""))
    told = any(each in TOTALS or each.split()[:1] in (["total"], ["subtotal"]) for each in (first, words) if each)
    return told and not said.keys() & {"starts", "ends", "time", "phone", "email"}


def _headings(table: Table, columns: tuple[str | None, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for heading, column in zip(table.headings, columns, strict=False):
        for ours in _ours(column):
            found[ours] = (*found.get(ours, ()), heading)
    return found


def _ours(column: str | None) -> tuple[str, ...]:
    """One column of times holds both ends; a name may stand in two."""
    if column == "time":
        return ("starts", "ends")
    alike = {"first": "name", "last": "name", "end_date": "ends"}
    return (alike.get(column, column),) if column else ()


def _unknown(table: Table, columns: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(heading for heading, column in zip(table.headings, columns, strict=False) if heading and not column)
