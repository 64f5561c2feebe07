"""The event in the database, as a document: what a dump writes and a load compares with."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from .entries import Document, DocumentEntry
from .entry_fields import Field, Table
from .fields import ACTS, EVENT, PEOPLE, POLICY, ROLES, RULES, SHIFTS, SIGN_UPS, SLOTS, STAGES
from .rows import Rows
from .show_days import OF_THE_EVENT, curfew_of, said_of


def document_of(rows: Rows) -> Document:
    """Everything that the format has a key for."""
    return Document(
        event=DocumentEntry(rows.event.slug, {field.key: _of_the_event(rows, field) for field in EVENT.fields}),
        people=_entries(PEOPLE, rows.people),
        acts=tuple(_act(key, act, rows) for key, act in rows.acts.items()),
        stages=tuple(_stage(key, stage, rows) for key, stage in rows.stages.items()),
        slots=tuple(_slot(key, slot) for key, slot in rows.slots.items()),
        roles=_entries(ROLES, rows.roles),
        shifts=tuple(_shift(key, shift) for key, shift in rows.shifts.items()),
        sign_ups=tuple(_sign_up(key, sign_up) for key, sign_up in rows.sign_ups.items()),
        rules=_entries(RULES, rows.rules),
    )


def _entries(table: Table, rows: dict[str, Any]) -> tuple[DocumentEntry, ...]:
    return tuple(_entry(table, key, row) for key, row in rows.items())


def _entry(table: Table, key: str, row: Any) -> DocumentEntry:
    return DocumentEntry(key, {"key": key} | _values(table.fields, row))


def _values(fields: Iterable[Field], row: Any) -> dict[str, Any]:
    plain = (field for field in fields if not field.refers_to and field.key not in ("key", "curfew"))
    return {field.key: _value(row, field) for field in plain}


def _of_the_event(rows: Rows, field: Field) -> Any:
    if field.key in OF_THE_EVENT:
        return said_of(rows.event)[field.key]
    is_volunteer_policy = field.column.startswith(POLICY)
    return _value(rows, field) if is_volunteer_policy else _value(rows.event, field)


def _value(row: Any, field: Field) -> Any:
    value = attrgetter(field.column)(row)
    return tuple(value) if isinstance(value, list) else value


def _act(key: str, act: Any, rows: Rows) -> DocumentEntry:
    said = _entry(ACTS, key, act).said
    return DocumentEntry(key, {**said, "people": tuple(rows.key_of[member.person_id] for member in act.members)})


def _stage(key: str, stage: Any, rows: Rows) -> DocumentEntry:
    return DocumentEntry(key, {**_entry(STAGES, key, stage).said, "curfew": curfew_of(rows.event, key)})


def _slot(key: str, slot: Any) -> DocumentEntry:
    said = _entry(SLOTS, key, slot).said
    return DocumentEntry(key, {**said, "stage": slot.stage.key, "act": slot.act.key if slot.act else None})


def _shift(key: str, shift: Any) -> DocumentEntry:
    """A following shift has no times of its own: they come from the plan."""
    said = {**_entry(SHIFTS, key, shift).said, "role": shift.role.key}
    said["follows.slot"] = shift.follows.key if shift.follows else None
    if shift.follows:
        del said["starts"], said["ends"]
    return DocumentEntry(key, said)


def _sign_up(key: str, sign_up: Any) -> DocumentEntry:
    shift, _, person = key.partition("/")
    return DocumentEntry(key, {"shift": shift, "person": person} | _values(SIGN_UPS.fields, sign_up))
