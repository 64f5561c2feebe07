"""People who are on a shift, and whom a document does not name, are not to be made one too many by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...shifts.models import HOLDING
from .entries import Document, Entry
from .problems import BadDocument


def must_leave_places(present: Document, wanted: Document, staying: Sequence[Entry]) -> None:
    """Raises BadDocument where places are cut, or people added, below the number of those who stay on a shift.

    ``staying`` are the sign-ups that the document leaves out and that stay. Whom it names it may put on a shift beyond
    its places: that is meant, and only worth a warning.
    """
    problems = [
        f"{shift.path}.max is {places}, but {len(named) + unnamed} people are on the shift, {unnamed} of whom the "
        f"document does not name; write {len(named) + unnamed} or more, or take people off it first."
        for shift, places, named, unnamed in _crowded(wanted, staying)
        if _is_of_its_making(present, shift, places, named)
    ]
    if problems:
        raise BadDocument(problems)


def _crowded(wanted: Document, staying: Sequence[Entry]) -> Iterator[tuple[Entry, int, set[str], int]]:
    for shift in wanted.shifts:
        named = {each.key for each in wanted.sign_ups if each["shift"] == shift.key and _holds(each)}
        unnamed = sum(each["shift"] == shift.key and _holds(each) for each in staying)
        places = shift.get("max", 1)
        if unnamed and len(named) + unnamed > places:
            yield shift, places, named, unnamed


def _is_of_its_making(present: Document, shift: Entry, places: int, named: set[str]) -> bool:
    before = next((each for each in present.shifts if each.key == shift.key), None)
    there = {each.key for each in present.sign_ups if _holds(each)}
    return before is not None and (places < before.get("max", 1) or not named <= there)


def _holds(sign_up: Entry) -> bool:
    return sign_up.get("state", "confirmed") in HOLDING
