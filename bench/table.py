"""What was measured, as one readable table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure: what it is, what was measured, what is to be reached. ``reached`` None: no target."""

    what: str
    measured: str
    target: str = ""
    reached: bool | None = None


def shown(rows: list[Row]) -> str:
    """The rows in columns."""
    marks = {True: "reached", False: "MISSED", None: ""}
    cells = [(row.what, row.measured, row.target, marks[row.reached]) for row in rows]
    widths = [max(len(cell[column]) for cell in cells) for column in range(4)]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(cell, widths, strict=True)) for cell in cells)


def median_ms(work: Callable[[], object], *, times: int = 20) -> float:
    """The median time of the work in milliseconds; one round before counts for nothing."""
    work()
    taken = []
    for _round in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)
