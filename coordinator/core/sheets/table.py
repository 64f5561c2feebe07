"""From a pasted text to the cells of its lines: the separator, the line of headings, titles above it."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

from ..clean_text import cleaned
from .headings import column_of

MARKS: Final = ("\t", ";", ",", "|")
MOST_COLUMNS: Final = 100
MOST_ROWS: Final = 5_000
MOST_ABOVE: Final = 30  # lines that may stand above the headings
_SEP: Final = re.compile(r"\"?sep=(?P<mark>.)\"?\s*", re.IGNORECASE)
_RULE: Final = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")


class NoTable(ValueError):
    """The whole text cannot be read; ``why``: no_headings, lacking, unclosed, too_wide, and what it is about."""

    def __init__(self, why: str, about: str = "") -> None:
        self.why, self.about = why, about
        super().__init__(f"{why} {about}".strip())


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of one line, trimmed. ``line`` counts the lines of the text from 1."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """``columns``: our names, one for each heading, None where it means nothing to us."""

    headings: tuple[str, ...]
    columns: tuple[str | None, ...]
    above: tuple[str, ...]
    rows: tuple[TableRow, ...]


def table_of(text: str, kind: str) -> Table:
    """The table in the text. Raises NoTable."""
    lines = cleaned(text).replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    declared = _SEP.fullmatch(lines[first]) if lines else None
    start = first + 1 if declared else first
    tried = [_headed(lines, start, mark, kind) for mark in ((declared["mark"],) if declared else MARKS)]
    best = max(tried, key=lambda found: (found.known, -found.place))
    if not best.known:
        raise NoTable("no_headings")
    if len(best.columns) > MOST_COLUMNS:
        raise NoTable("too_wide", str(MOST_COLUMNS))
    above = tuple(words for row in best.rows[: best.place] if (words := " ".join(filter(None, row.cells))))
    below = [row for row in best.rows[best.place + 1 :] if not row.is_blank][:MOST_ROWS]
    return Table(best.rows[best.place].cells, best.columns, above, tuple(below))


@dataclass(frozen=True, slots=True)
class _Headed:
    """The lines as one separator makes them, and which of them names the most columns."""

    rows: list[TableRow]
    place: int
    columns: tuple[str | None, ...]
    known: int


def _headed(lines: Sequence[str], start: int, mark: str, kind: str) -> _Headed:
    rows = _barred(lines, start) if mark == "|" else _separated(lines, start, mark)
    found = _Headed(rows, 0, (), 0)
    for place, row in enumerate(rows[:MOST_ABOVE]):
        columns = tuple(column_of(cell, kind) if cell else None for cell in row.cells[: MOST_COLUMNS + 1])
        known = len({column for column in columns if column})
        if known > found.known and len([cell for cell in row.cells if cell]) > (1 if kind == "shifts" else 0):
            found = _Headed(rows, place, columns, known)
    return found


def _barred(lines: Sequence[str], start: int) -> list[TableRow]:
    """A Markdown table; the rule under its headings is no line of it."""
    rows = []
    for number, line in enumerate(lines[start : start + MOST_ROWS + MOST_ABOVE], start + 1):
        if "|" in line and _RULE.fullmatch(line):
            continue
        bare = line.strip().removeprefix("|").removesuffix("|")
        rows.append(TableRow(number, tuple(cell.strip() for cell in bare.split("|"))))
    return rows


def _separated(lines: Sequence[str], start: int, mark: str) -> list[TableRow]:
    """Raises NoTable for a quotation mark that is never closed."""
    reader = csv.reader(StringIO("\n".join(lines[start:])), delimiter=mark, skipinitialspace=True, strict=True)
    rows, number = [], start + 1
    try:
        for cells in reader:
            rows.append(TableRow(number, tuple(" ".join(cell.split()) for cell in cells)))
            number = start + reader.line_num + 1
            if len(rows) > MOST_ROWS + MOST_ABOVE:
                break
    except csv.Error:
        if mark == ",":
            raise NoTable("unclosed", str(number)) from None
        return []
    return rows
