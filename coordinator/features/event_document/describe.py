"""Changes in words, for whoever loads a document and for the audit log."""

from typing import Any
from zoneinfo import ZoneInfo

from .changes import ORDER, Change
from .fields import EVENT, TABLES
from .leftovers import Kept
from .problems import shown

KINDS = {(table.what, each.key): each.kind for table in (EVENT, *TABLES) for each in table.fields}


def described(change: Change, zone: ZoneInfo, *, names_people: bool = True) -> str:
    """One line: ``edit slot "carlos": length 30 -> 40``, instants in this zone.

    Without ``names_people`` it contains nobody's name, phone or date of birth: it may be kept when they are forgotten.
    """
    line = f'{change.kind} {change.what} "{change.key}"'
    if change.field is None:
        return line
    if change.what == "person" and change.field in ("name", "phone", "born_on") and not names_people:
        return f"{line}: {change.field}"
    before, after = (_written(change, value, zone) for value in (change.before, change.after))
    return f"{line}: {change.field} {before} -> {after}"


def kept_because(kept: Kept) -> str:
    """Why something that was left out stays, and how to remove it."""
    people = {0: "it is confirmed", 1: "1 person is confirmed"}.get(kept.people, f"{kept.people} people are confirmed")
    return f'keep {kept.what} "{kept.key}": {people}; --force removes it'


def _written(change: Change, value: Any, zone: ZoneInfo) -> str:
    if value is None:
        return "nothing"
    if change.field == ORDER:
        return ", ".join(value)
    kind = KINDS.get((change.what, str(change.field)))
    return shown(kind.write(value, zone) if kind else value)
