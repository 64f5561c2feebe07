"""What a document leaves out: what is removed, and what stays because people rely on it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from coordinator.shifts.models import HOLDING

from .entries import Document, DocumentEntry, keys_named
from .entry_fields import Table
from .fields import ACTS, PEOPLE, ROLES, RULES, SHIFTS, SIGN_UPS, SLOTS, STAGES, TABLES

LAST_FIRST = (
    SIGN_UPS,
    SHIFTS,
    ROLES,
    SLOTS,
    ACTS,
    STAGES,
    PEOPLE,
    RULES,
)  # referring entries before those they name


@dataclass(frozen=True)
class Kept:
    """A slot, shift or sign-up that was left out and stays: ``people`` confirmed."""

    what: str
    key: str
    people: int


@dataclass(frozen=True)
class Leftovers:
    """What was left out, by the key of its table: what is removed, and what stays."""

    going: dict[str, tuple[DocumentEntry, ...]]
    stay: dict[str, tuple[DocumentEntry, ...]]
    kept: tuple[Kept, ...]

    def removed(self) -> Iterator[tuple[Table, DocumentEntry]]:
        """What is removed, in an order that respects references."""
        for table in LAST_FIRST:
            yield from ((table, entry) for entry in self.going[table.key])

    def staying(self, table: str) -> tuple[DocumentEntry, ...]:
        return self.stay[table]


def leftovers(present: Document, wanted: Document, *, prune: bool, force: bool) -> Leftovers:
    """Without ``prune`` everything stays.

    With it, entries with people confirmed and what they need, unless ``force``.
    """
    left = {table.key: _left_out(table, present, wanted) for table in TABLES}
    if not prune:
        return Leftovers({table.key: () for table in TABLES}, left, ())
    kept = () if force else tuple(_confirmed(left, present))
    needed = _needed(kept, present)
    return Leftovers(
        going={key: tuple(one for one in entries if (key, one.key) not in needed) for key, entries in left.items()},
        stay={key: tuple(one for one in entries if (key, one.key) in needed) for key, entries in left.items()},
        kept=tuple(kept_entry for _, kept_entry in kept),
    )


def _left_out(table: Table, present: Document, wanted: Document) -> tuple[DocumentEntry, ...]:
    named = {entry.key for entry in wanted.entries(table)}
    return tuple(entry for entry in present.entries(table) if entry.key not in named)


def _confirmed(left: dict[str, tuple[DocumentEntry, ...]], present: Document) -> Iterator[tuple[str, Kept]]:
    members = {act.key: len(act["people"]) for act in present.acts}
    for slot in left["slots"]:
        if slot["state"] == "confirmed":
            yield "slots", Kept("slot", slot.key, members.get(slot["act"], 0))
    on = Counter(sign_up["shift"] for sign_up in present.sign_ups if sign_up["state"] in HOLDING)
    for shift in left["shifts"]:
        if on[shift.key]:
            yield "shifts", Kept("shift", shift.key, on[shift.key])
    for sign_up in left["sign_ups"]:
        if sign_up["state"] in HOLDING:
            yield "sign_ups", Kept("sign-up", sign_up.key, 1)


def _needed(kept: tuple[tuple[str, Kept], ...], present: Document) -> set[tuple[str, str]]:
    """What is kept, with everything it needs, as (table, key)."""
    entries = {(table.key, entry.key): entry for table in TABLES for entry in present.entries(table)}
    needed: set[tuple[str, str]] = set()
    waiting = [(table, one.key) for table, one in kept]
    while waiting:
        place = waiting.pop()
        if place not in needed:
            needed.add(place)
            waiting += _leans_on(place[0], entries[place])
    return needed


def _leans_on(table: str, entry: DocumentEntry) -> Iterator[tuple[str, str]]:
    fields = next(each for each in TABLES if each.key == table).fields
    for field in fields:
        if field.refers_to:
            yield from ((field.refers_to, key) for key in keys_named(entry.get(field.key)))
    if table == "slots":
        yield "stages", entry["stage"]
