"""A pasted list of who plays: act, person, mobile; with a line of headings or without."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .model import PersonLine, WrongLine
from .people import CONSENT, person_line
from .table import MARKS, NoTable, Table, table_of

BARE: Final = ("act", "person", "mobile", "agreed")  # the columns of a list without headings


@dataclass(frozen=True, slots=True)
class PerformerLine:
    """One line: its act as it was typed, and who plays in it. A line without an act has that of the line above."""

    line: int
    act: str
    person: PersonLine | WrongLine


def read_performers(text: str) -> tuple[PerformerLine, ...]:
    """The lines of the list. Raises NoTable."""
    table = _table(text)
    asked = {
        column: heading for column, heading in zip(table.columns, table.headings, strict=False) if column in CONSENT
    }
    return tuple(_lines(table, {str(column): heading for column, heading in asked.items()}))


def _table(text: str) -> Table:
    """The table; a list that names no acts in its headings has none, and its columns stand in our order."""
    try:
        table = table_of(text, "performers")
    except NoTable as refusal:
        if refusal.why != "no_headings":
            raise
        return _without_headings(text)
    return table if {"act", "name"} <= set(table.columns) else _without_headings(text)


def _without_headings(text: str) -> Table:
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(MARKS, key=first.count)
    if mark not in first:
        raise NoTable("lacking", "act")
    return table_of(mark.join(BARE) + "\n" + text.lstrip(), "performers")


def _lines(table: Table, asked: dict[str, str]) -> Iterator[PerformerLine]:
    act = ""
    for row in table.rows:
        said = {column: cell for column, cell in zip(table.columns, row.cells, strict=False) if column and cell}
        act = said.get("act") or act
        yield PerformerLine(row.line, act, _person(row.line, said, asked))


def _person(line: int, said: dict[str, str], asked: dict[str, str]) -> PersonLine | WrongLine:
    read = person_line(line, said, asked)
    return read if isinstance(read, PersonLine) else WrongLine(line, "name")
