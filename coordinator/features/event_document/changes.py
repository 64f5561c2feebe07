"""What a document changes: a comparison of two documents; writes nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .entries import Document, DocumentEntry
from .entry_fields import Table
from .fields import EVENT, PEOPLE, SLOTS, TABLES
from .leftovers import Kept, Leftovers, leftovers
from .places import must_leave_places

ORDER = "order"


@dataclass(frozen=True)
class Change:
    """One change. ``kind`` is add, edit or remove; ``what`` is one thing: event, person, act, slot, sign-up and so on.

    An edit names its ``field`` (``order``: of the slots of a stage, of the stages of the event) with its values before
    and after; an addition has in ``after`` every value of the new thing.
    """

    kind: str
    what: str
    key: str
    field: str | None = None
    before: Any = None
    after: Any = None


@dataclass(frozen=True)
class Comparison:
    """What changes, what stays although it was left out, and the running order of each stage as it is to be."""

    changes: tuple[Change, ...]
    kept: tuple[Kept, ...] = ()
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stage_order: tuple[str, ...] = ()


def compare(present: Document | None, wanted: Document, *, prune: bool = False, force: bool = False) -> Comparison:
    """What makes the current event match the wanted document; ``present`` None: there is no such event yet.

    What the document leaves out stays, unless ``prune``. Even then, people's answers and the facts of the night stay,
    and, unless ``force``, slots and shifts with people confirmed. Raises BadDocument if a shift would have fewer spots
    than people whom the document does not name, unless ``force``.
    """
    if present is None:
        return _all_new(wanted)
    left = leftovers(present, wanted, prune=prune, force=force)
    if not force:
        must_leave_places(present, wanted, left.staying("sign_ups"))
    orders = {stage.key: _running_order(stage.key, wanted, left) for stage in (*wanted.stages, *left.staying("stages"))}
    stage_order = _stage_order(wanted, left)
    changes = [
        *_edits(EVENT, present.event, wanted.event, prune),
        *_section_changes(present, wanted, prune),
        *_reordered(present, orders, stage_order),
        *(Change("remove", table.what, entry.key) for table, entry in left.removed()),
    ]
    return Comparison(tuple(changes), left.kept, orders, stage_order)


def _all_new(wanted: Document) -> Comparison:
    changes = [Change("add", "event", wanted.slug, after=_whole(EVENT, wanted.event))]
    for table in TABLES:
        changes += [_addition(table, entry) for entry in wanted.entries(table)]
    orders = {stage.key: tuple(slot.key for slot in _on(stage.key, wanted.slots)) for stage in wanted.stages}
    return Comparison(tuple(changes), (), orders, tuple(stage.key for stage in wanted.stages))


def _section_changes(present: Document, wanted: Document, prune: bool) -> Iterator[Change]:
    for table in TABLES:
        known = {entry.key: entry for entry in present.entries(table)}
        for entry in wanted.entries(table):
            if entry.key in known:
                yield from _edits(table, known[entry.key], entry, prune)
            else:
                yield _addition(table, entry)


def _addition(table: Table, entry: DocumentEntry) -> Change:
    return Change("add", table.what, entry.key, after=_whole(table, entry))


def _whole(table: Table, entry: DocumentEntry) -> dict[str, Any]:
    values = {field.key: entry.get(field.key, field.default) for field in table.fields}
    return values | ({"stage": entry["stage"]} if table is SLOTS else {})


def _edits(table: Table, present: DocumentEntry, wanted: DocumentEntry, prune: bool) -> Iterator[Change]:
    for each in table.fields:
        if each.key in ("date", "doors") and wanted.get("days"):
            continue  # days takes their place
        if each.key not in wanted.said and (each.stays or not prune):
            continue
        before, after = present.get(each.key), wanted.get(each.key, each.default)
        if not _same(before, after):
            yield Change("edit", table.what, wanted.key, each.key, before, after)
    if table is PEOPLE:
        yield from _agreement_to_the_old_address(present, wanted)
    if table is not SLOTS:
        return
    if present["stage"] != wanted["stage"]:
        yield Change("edit", table.what, wanted.key, "stage", present["stage"], wanted["stage"])
    if present["starts"] != wanted["starts"] and "late_by" not in wanted.said and present["late_by"] is not None:
        yield Change("edit", table.what, wanted.key, "late_by", present["late_by"])  # it referred to the old time


def _agreement_to_the_old_address(present: DocumentEntry, wanted: DocumentEntry) -> Iterator[Change]:
    """It ends with the address, unless the document says that they agreed for the new one."""
    is_new = "email" in wanted.said and wanted["email"] != present["email"]
    if is_new and "emails.agreed_at" not in wanted.said:
        for key in ("emails.agreed_at", "emails.how", "emails.words"):
            if present[key] is not None:
                yield Change("edit", PEOPLE.what, wanted.key, key, present[key])


def _same(before: object, after: object) -> bool:
    """Lists of keys are equal in any order: the members of an act have none."""
    if isinstance(before, tuple) and isinstance(after, tuple):
        return set(before) == set(after)
    return bool(before == after)


def _running_order(stage: str, wanted: Document, left: Leftovers) -> tuple[str, ...]:
    """The wanted slots in order; one that was left out and stays goes before the first that starts later."""
    order = _on(stage, wanted.slots)
    for slot in _on(stage, left.staying("slots")):
        later = (place for place, other in enumerate(order) if other["starts"] > slot["starts"])
        order.insert(next(later, len(order)), slot)
    return tuple(slot.key for slot in order)


def _stage_order(wanted: Document, left: Leftovers) -> tuple[str, ...]:
    return tuple(stage.key for stage in (*wanted.stages, *left.staying("stages")))


def _on(stage: str, slots: Iterable[DocumentEntry]) -> list[DocumentEntry]:
    return [slot for slot in slots if slot["stage"] == stage]


def _reordered(present: Document, orders: Mapping[str, Sequence[str]], stage_order: Sequence[str]) -> Iterator[Change]:
    """Changes of order among existing entries; additions, removals and moves elsewhere are changes of their own."""
    yield from _order_change("event", present.slug, [stage.key for stage in present.stages], stage_order)
    for stage, order in orders.items():
        yield from _order_change("stage", stage, [slot.key for slot in _on(stage, present.slots)], order)


def _order_change(what: str, key: str, present: Sequence[str], wanted: Sequence[str]) -> Iterator[Change]:
    there, then = set(present), set(wanted)
    before = tuple(one for one in present if one in then)
    after = tuple(one for one in wanted if one in there)
    if before != after:
        yield Change("edit", what, key, ORDER, before, after)
