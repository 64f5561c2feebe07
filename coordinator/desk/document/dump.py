"""From an event to its document, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from ...events.models import Event
from .entries import Document, Entry
from .fields import EVENT, SLOTS, TABLES, Field, Group
from .present import document_of
from .read import VERSION
from .rows import Rows


def dump(event: Event) -> dict[str, Any]:
    """The event as a document. Loading it changes nothing."""
    return written(document_of(Rows.of(event)))


def dump_text(event: Event) -> str:
    """The same as text, to be kept in a file."""
    return json.dumps(dump(event), ensure_ascii=False, indent=2) + "\n"


def written(document: Document) -> dict[str, Any]:
    """The document in JSON's own values, instants in the zone of the show."""
    zone = ZoneInfo(document.event["zone"])
    lists = {
        table.key: [_values(table.items, entry, zone) for entry in document.entries(table)]
        for table in TABLES
        if table is not SLOTS
    }
    for stage, entry in zip(lists["stages"], document.stages, strict=True):
        slots = (slot for slot in document.slots if slot["stage"] == entry.key)
        stage["slots"] = [_values(SLOTS.items, slot, zone) for slot in slots]
    return {"callboard": VERSION, "slug": document.slug} | _values(EVENT.items, document.event, zone) | lists


def _values(items: Iterable[Field | Group], entry: Entry, zone: ZoneInfo) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for item in items:
        if isinstance(item, Group):
            values |= _group(item, entry, zone)
        elif item.key in entry.said and (item.always or item.required or entry[item.key] != item.default):
            value = entry[item.key]
            values[item.key.rpartition(".")[2]] = None if value is None else item.kind.write(value, zone)
    return values


def _group(group: Group, entry: Entry, zone: ZoneInfo) -> dict[str, Any]:
    if not group.always and all(entry.get(field.key, field.default) == field.default for field in group.fields):
        return {}
    if all(entry.get(field.key) == field.empty for field in group.fields):
        return {group.key: None}
    return {group.key: _values(group.fields, entry, zone)}
