"""Compares what was read from a pasted table with what a careful reader gets from it."""

import re
from collections.abc import Iterator
from typing import Any, Final

from tests.core.flyers.facts import folded

_SPOKEN: Final = ("role", "place", "person", "name")


def differences(expected: dict[str, Any], read: dict[str, Any]) -> list[str]:
    """One sentence per wrong fact; keys that are not expected are ignored."""
    found = [
        f"{name} is {read['columns'].get(name)}, not {headings}"
        for name, headings in expected.get("columns", {}).items()
        if read["columns"].get(name) != headings
    ]
    for key in ("unknown", "above"):
        found += [f"{words!r} is not {key}" for words in expected.get(f"{key}_contains", []) if words not in read[key]]
    numbers = [row["line"] for row in expected["rows"]]
    found += [f"{read['rows']} instead of {numbers}"] if [row["line"] for row in read["rows"]] != numbers else []
    for wanted, row in zip(expected["rows"], read["rows"], strict=False):
        found += [f"line {wanted['line']}: {words}" for words in _row(wanted, row)]
    return found


def _row(wanted: dict[str, Any], row: dict[str, Any]) -> Iterator[str]:
    what = row.get("what", {})
    for key, value in wanted.get("what", {}).items():
        if what.get(key) != value:
            yield f"{key} is {what.get(key)!r}, not {value!r}"
    if wanted.get("what"):
        yield from (
            f"shows no {value!r}: {row.get('shown')}" for value in _unsaid(wanted["what"], row.get("shown", ""))
        )
    if wanted.get("skipped") and "skipped" not in row:
        yield "is not skipped"
    for words in wanted.get("error_contains", []):
        if words not in row.get("error", ""):
            yield f"says {row.get('error')!r}, without {words!r}"
    for key in wanted.get("guessed_contains", []):
        if key not in row.get("guessed", []):
            yield f"{key} is not guessed"


def _unsaid(what: dict[str, Any], shown: str) -> Iterator[object]:
    for key in _SPOKEN:
        if what.get(key) and folded(what[key]) not in folded(shown):
            yield what[key]
    for key in ("starts", "ends"):
        if what.get(key) and not any(way in folded(shown) for way in _ways(what[key])):
            yield what[key]
    if what.get("date") and not re.search(rf"\b{int(what['date'][-2:])}\b", shown):
        yield what["date"]
    if what.get("max") is not None and f"{what['max']} spot" not in shown:
        yield what["max"]


def _ways(clock: str) -> tuple[str, ...]:
    hour, minute = int(clock[:2]), int(clock[3:5])
    word = {(0, 0): "midnight", (12, 0): "noon"}.get((hour, minute), "-")
    return f"{hour % 12 or 12}:{minute:02} {'pm' if hour >= 12 else 'am'}", word if word != "-" else clock[:5]
