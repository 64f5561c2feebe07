"""A document must not leave a shift with fewer spots than people whom it does not name."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from coordinator.shifts.models import HOLDING

from .entries import Document, DocumentEntry
from .problems import BadDocument


def must_leave_places(present: Document, wanted: Document, staying: Sequence[DocumentEntry]) -> None:
    """Raises BadDocument if spots are cut, or people added, so that those who stay on a shift have too few.

    ``staying`` are sign-ups that the document leaves out and that stay. It may put people it names on a shift beyond
    its spots: that is intended, and only worth a warning.
    """
    problems = [
        f"{shift.path}.max is {places}, but {len(named) + unnamed} people are on the shift, {unnamed} of whom the "
        f"document does not name; write {len(named) + unnamed} or more, or take people off it first."
        for shift, places, named, unnamed in _crowded(wanted, staying)
        if _is_of_its_making(present, shift, places, named)
    ]
    if problems:
        raise BadDocument(problems)


def _crowded(wanted: Document, staying: Sequence[DocumentEntry]) -> Iterator[tuple[DocumentEntry, int, set[str], int]]:
    people: defaultdict[str, set[str]] = defaultdict(set)
    for each in wanted.sign_ups:
        if _holds(each):
            people[each["shift"]].add(each.key)
    others = Counter(each["shift"] for each in staying if _holds(each))
    for shift in wanted.shifts:
        named, unnamed, places = people[shift.key], others[shift.key], shift.get("max", 1)
        if unnamed and len(named) + unnamed > places:
            yield shift, places, named, unnamed


def _is_of_its_making(present: Document, shift: DocumentEntry, places: int, named: set[str]) -> bool:
    before = next((each for each in present.shifts if each.key == shift.key), None)
    there = {each.key for each in present.sign_ups if _holds(each)}
    return before is not None and (places < before.get("max", 1) or not named <= there)


def _holds(sign_up: DocumentEntry) -> bool:
    return sign_up.get("state", "confirmed") in HOLDING
