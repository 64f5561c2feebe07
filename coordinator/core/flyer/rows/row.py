"""A row of the bill and the facts of the show as printed: a.m. or p.m. and the day are not yet known."""

from dataclasses import dataclass
from datetime import date

from ..times.printed_time import PrintedTime
from ..vocabulary.phrases import FactName

Facts = dict[FactName, tuple[PrintedTime, PrintedTime | None]]  # the start of each fact and, for a range, its end


@dataclass(frozen=True, slots=True)
class Row:
    """A row as printed. ``order`` is its position on the flyer, ``part`` the number of its list.

    ``line`` is the line where it stands, from 0.
    """

    order: int
    name: str
    clock: PrintedTime | None = None
    until: PrintedTime | None = None
    approx: bool = False
    stage: str | None = None
    note: str | None = None
    part: int = 0
    on: date | None = None
    line: int | None = None
