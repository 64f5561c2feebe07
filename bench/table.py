"""The results as a readable table."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One result: what was measured, its value and its target. ``reached`` None: there is no target."""

    what: str
    measured: str
    target: str = ""
    reached: bool | None = None


@dataclass(frozen=True)
class Size:
    """How much is measured. ``quick`` is for trying things out; its numbers mean little."""

    quick: bool = False

    def of(self, whole: int, quick: int) -> int:
        return quick if self.quick else whole


def under(what: str, milliseconds: float, limit: float) -> Row:
    """A time in milliseconds that must stay under the limit."""
    return Row(what, f"{milliseconds:.3g} ms", f"< {limit:g} ms", milliseconds < limit)


def at_least(what: str, ratio: float, least: float) -> Row:
    """A ratio that must be reached."""
    return Row(what, f"{ratio:.2f}", f">= {least:g}", ratio >= least)


def shown(rows: list[Row]) -> str:
    """The rows as aligned columns."""
    marks = {True: "reached", False: "MISSED", None: ""}
    cells = [(row.what, row.measured, row.target, marks[row.reached]) for row in rows]
    widths = [max(len(cell[column]) for cell in cells) for column in range(4)]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(cell, widths, strict=True)).rstrip() for cell in cells
    )


def median_ms(work: Callable[[], object], *, times: int = 20) -> float:
    """The median time of the work in milliseconds, after one round that does not count."""
    work()
    return statistics.median(once_ms(work) for _round in range(times))


def once_ms(work: Callable[[], object]) -> float:
    """The time of the work in milliseconds."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
