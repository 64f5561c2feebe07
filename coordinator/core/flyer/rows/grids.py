"""Bills whose header says little: a column for each stage, or columns that only a space separates."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ..text.lines import Line, plain, without_edges
from . import tables
from .tables import Column

LONGEST_NAME: Final = 4  # words in the name of a stage
_NOBODY: Final = frozenset({"", "x", "n/a", "closed", "empty"})


@dataclass(frozen=True, slots=True)
class Grid:
    """The stages of a grid, and its rows: the number of the line, a time, what is on at each stage (empty: nothing)."""

    stages: tuple[str, ...]
    rows: tuple[tuple[int, str, tuple[str, ...]], ...]
    lines: int


def grid_at(lines: Sequence[Line], place: int, is_time: Callable[[str], bool]) -> Grid | None:
    """The grid whose header is this line: "Time | Main | Barn", with a time first in every row."""
    for mark in tables.MARKS:
        if not tables.is_marked(lines[place], mark):
            continue
        cells = tables.cells_of(lines[place], mark)
        is_timed = tables.HEADINGS.get(plain(cells[0]).strip(" .:")) in {"time", "start"} or not cells[0]
        stages = tuple(cells[1:] if is_timed else cells)
        if any(map(is_time, cells)) or (mark == tables.GAP and not is_timed):
            continue
        if len(stages) > 1 and all(map(_may_be_a_stage, stages)) and len(set(stages)) == len(stages):
            grid = _read(lines, place, mark, stages, is_time)
            if len(grid.rows) > 1:
                return grid
    return None


def _may_be_a_stage(cell: str) -> bool:
    said = plain(cell).strip(" .:")
    return 0 < len(said.split()) <= LONGEST_NAME and said not in tables.HEADINGS and not said.isdigit()


def _read(
    lines: Sequence[Line], place: int, mark: str, stages: tuple[str, ...], is_time: Callable[[str], bool]
) -> Grid:
    rows: list[tuple[int, str, tuple[str, ...]]] = []
    read = 1
    for number, line in enumerate(lines[place + 1 :], 2):
        cells = tables.cells_of(line, mark) if line.printed else []
        if tables.is_rule(line) or (not cells and rows):
            continue
        if not cells or not is_time(cells[0]) or not 1 < len(cells) <= len(stages) + 1:
            break
        if mark == tables.GAP and len(cells) <= len(stages):
            break  # nobody can tell which cell is empty
        rows.append((line.number, cells[0], tuple(cell if _says_something(cell) else "" for cell in cells[1:])))
        read = number
    return Grid(stages, tuple(rows), read)


def _says_something(cell: str) -> bool:
    return without_edges(cell).casefold() not in _NOBODY


_LENGTH: Final = re.compile(r"\d{1,3}(?:\s?(?:min\w*\.?|m|'))?(?=\s)")
_FIRST_TIME: Final = re.compile(r"\d{1,2}(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?(?=\s)")


def spaced_head(line: Line) -> list[Column] | None:
    """The columns of a header that only spaces separate, figures first, the act last: "Time Duration Performer"."""
    said = plain(line.printed).split()
    columns = [tables.HEADINGS.get(word, "other") for word in said]
    *figures, last = columns or ["other"]
    told = {"start", "time"} & set(figures) and set(figures) <= {"start", "time", "end", "length"}
    return columns if len(columns) > 2 and told and last == "act" else None


def spaced_cells(line: Line, columns: Sequence[Column]) -> list[str] | None:
    """The cells of a row under such a header; None when the line is no such row."""
    cells: list[str] = []
    place = 0
    for column in columns[:-1]:
        found = (_LENGTH if column == "length" else _FIRST_TIME).match(line.plain, place)
        if not found:
            return None
        cells.append(line.printed[found.start() : found.end()])
        place = found.end() + 1
    name = line.printed[place:].strip()
    return [*cells, name] if name else None
