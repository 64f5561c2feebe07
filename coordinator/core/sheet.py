"""A table that somebody pasted: from a spreadsheet (tabs) or from a file of commas or semicolons.

Its first line names the columns, in any order. Nothing is guessed beyond which of the three separates the cells: a cell
is what stands there, and a quotation mark that is not closed is said, not swallowed.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

SEPARATORS: Final = ("\t", ";", ",")
Names = Mapping[str, Collection[str]]  # what a column may be called, by what it is


class NotASheet(ValueError):
    """The text is no table that can be read. ``line`` counts from 1; None: the whole of it."""

    def __init__(self, line: int | None = None) -> None:
        self.line = line
        super().__init__(f"no table in line {line}" if line else "no table")


class NoSuchColumns(NotASheet):
    """The first line names none of the columns that are needed; ``lacking`` are those."""

    def __init__(self, lacking: Sequence[str]) -> None:
        super().__init__(1)
        self.lacking = tuple(lacking)


class ColumnTwice(NotASheet):
    """Two columns have the same meaning."""

    def __init__(self, column: str) -> None:
        super().__init__(1)
        self.column = column


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line under the first. ``number`` is its line in what was pasted; ``cells`` are by what they are, trimmed."""

    number: int
    cells: Mapping[str, str]
    raw: tuple[str, ...]
    has_more: bool = False  # more cells than there are columns

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the first line, what is not known of it, and the lines that are not empty."""

    header: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    def only(self, numbers: Collection[int]) -> str:
        """The first line and those of these numbers, with tabs, to be pasted again."""
        text = StringIO()
        writer = csv.writer(text, delimiter="\t", lineterminator="\n")
        writer.writerows([self.header, *(row.raw for row in self.rows if row.number in numbers)])
        return text.getvalue()


def read_sheet(text: str, names: Names, needed: Collection[str]) -> Sheet:
    """The table in the text. ``names``: what each column may be called, in plain small letters.

    Raises NoSuchColumns, ColumnTwice, NotASheet (a quotation mark that is not closed, a cell that never ends).
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = _cells(text, _separator(text, names))
    if not lines:
        raise NotASheet
    (_, header), *body = lines
    columns = [_column(cell, names) for cell in header]
    _must_name(columns, needed)
    unknown = tuple(cell.strip() for cell, column in zip(header, columns, strict=True) if not column and cell.strip())
    return Sheet(tuple(header), unknown, tuple(_row(number, cells, columns) for number, cells in body))


def _row(number: int, cells: list[str], columns: list[str | None]) -> SheetRow:
    said = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
    return SheetRow(number, said, tuple(cells), any(cell.strip() for cell in cells[len(columns) :]))


def _must_name(columns: Sequence[str | None], needed: Collection[str]) -> None:
    named = [column for column in columns if column]
    twice = next((column for column in named if named.count(column) > 1), None)
    if twice:
        raise ColumnTwice(twice)
    if lacking := [column for column in needed if column not in named]:
        raise NoSuchColumns(lacking)


def _separator(text: str, names: Names) -> str:
    """The one that makes most known columns of the first line; a tab where that is even."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return max(SEPARATORS, key=lambda mark: sum(_column(cell, names) is not None for cell in first.split(mark)))


def _cells(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """The lines that are not empty, with their numbers."""
    reader = csv.reader(StringIO(text), delimiter=separator, skipinitialspace=True, strict=True)
    found: list[tuple[int, list[str]]] = []
    number = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((number, cells))
            number = reader.line_num + 1
    except csv.Error:
        raise NotASheet(number) from None
    return found


def _column(cell: str, names: Names) -> str | None:
    word = _plain(cell.strip().strip('"'))
    return next((column for column, words in names.items() if word in words), None)


def _plain(word: str) -> str:
    """In small letters, without accents or marks."""
    spread = unicodedata.normalize("NFKD", word.casefold())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", spread.encode("ascii", "ignore").decode()).split())
