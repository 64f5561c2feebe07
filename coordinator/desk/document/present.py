"""The event as the database has it, as a document: what a dump writes and a load compares with."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from .entries import Document, Entry
from .fields import ACTS, EVENT, HOUSE, PEOPLE, ROLES, RULES, SHIFTS, SIGN_UPS, SLOTS, STAGES, Field, Table
from .rows import Rows


def document_of(rows: Rows) -> Document:
    """Everything that the format has a key for."""
    return Document(
        event=Entry(rows.event.slug, {field.key: _of_the_event(rows, field) for field in EVENT.fields}),
        people=_entries(PEOPLE, rows.people),
        acts=tuple(_act(key, act, rows) for key, act in rows.acts.items()),
        stages=_entries(STAGES, rows.stages),
        slots=tuple(_slot(key, slot) for key, slot in rows.slots.items()),
        roles=_entries(ROLES, rows.roles),
        shifts=tuple(_shift(key, shift) for key, shift in rows.shifts.items()),
        sign_ups=tuple(_sign_up(key, sign_up) for key, sign_up in rows.sign_ups.items()),
        rules=_entries(RULES, rows.rules),
    )


def _entries(table: Table, rows: dict[str, Any]) -> tuple[Entry, ...]:
    return tuple(_entry(table, key, row) for key, row in rows.items())


def _entry(table: Table, key: str, row: Any) -> Entry:
    return Entry(key, {"key": key} | _values(table.fields, row))


def _values(fields: Iterable[Field], row: Any) -> dict[str, Any]:
    return {field.key: _value(row, field) for field in fields if not field.refers_to and field.key != "key"}


def _of_the_event(rows: Rows, field: Field) -> Any:
    is_house_rule = field.column.startswith(HOUSE)
    return _value(rows, field) if is_house_rule else _value(rows.event, field)


def _value(row: Any, field: Field) -> Any:
    value = attrgetter(field.column)(row)
    return tuple(value) if isinstance(value, list) else value


def _act(key: str, act: Any, rows: Rows) -> Entry:
    said = _entry(ACTS, key, act).said
    return Entry(key, {**said, "people": tuple(rows.key_of[member.person_id] for member in act.members)})


def _slot(key: str, slot: Any) -> Entry:
    said = _entry(SLOTS, key, slot).said
    return Entry(key, {**said, "stage": slot.stage.key, "act": slot.act.key if slot.act else None})


def _shift(key: str, shift: Any) -> Entry:
    """A shift that follows a slot says no times of its own: they come from the plan."""
    said = {**_entry(SHIFTS, key, shift).said, "role": shift.role.key}
    said["follows.slot"] = shift.follows.key if shift.follows else None
    if shift.follows:
        del said["starts"], said["ends"]
    return Entry(key, said)


def _sign_up(key: str, sign_up: Any) -> Entry:
    shift, _, person = key.partition("/")
    return Entry(key, {"shift": shift, "person": person} | _values(SIGN_UPS.fields, sign_up))
