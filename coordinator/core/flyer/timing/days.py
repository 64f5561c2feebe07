"""A flyer of several days whose rows do not say their day: the list is cut where it goes back in time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ..rows.row import Row
from .order import Path


@dataclass(frozen=True, slots=True)
class Cut:
    """The rows, each with its day if they could be cut. ``doubtful``: the names of the rows that go back in time."""

    rows: tuple[Row, ...]
    doubtful: tuple[str, ...] = ()


def cut_by_day(rows: Sequence[Row], days: Sequence[date], path_of: Mapping[tuple[int, str | None], Path]) -> Cut:
    """``days`` are those that the flyer names, in order; ``path_of`` each list as it stands, by part and stage."""
    lists = {key: [row for row in rows if row.clock and (row.part, row.stage) == key] for key in path_of}
    falls = {key: _falls(lists[key], path) for key, path in path_of.items()}
    if len(days) < 2 or not any(falls.values()) or any(row.on for row in rows):
        return Cut(tuple(rows))
    doubtful = tuple(row.name for fallen in falls.values() for row in fallen)
    if any(fallen and len(fallen) != len(days) - 1 for fallen in falls.values()):
        return Cut(tuple(rows), doubtful)
    return Cut(tuple(_dated(row, falls.get((row.part, row.stage), ()), days) for row in rows), doubtful)


def _falls(rows: Iterable[Row], path: Path) -> list[Row]:
    read = list(zip(rows, path.chosen, strict=True))
    return [row for (_, earlier), (row, later) in pairwise(read) if later.start < earlier.start]


APART = 1_000  # more than the lists of any flyer


def _dated(row: Row, fallen: Sequence[Row], days: Sequence[date]) -> Row:
    day = sum(first.order <= row.order for first in fallen)
    return replace(row, on=days[day], part=row.part + APART * day)
