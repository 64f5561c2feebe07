"""From an event to its document, as JSON."""

import json
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from coordinator.core.json_values import JsonObject
from coordinator.events.models import Event

from .entries import Document, DocumentEntry
from .entry_fields import Group, InTwoLanguages, Item
from .fields import EVENT, SLOTS, TABLES
from .present import document_of
from .read import VERSION
from .rows import Rows


def dump(event: Event) -> JsonObject:
    """The event as a document. Loading it changes nothing."""
    return written(document_of(Rows.of(event)))


def dump_text(event: Event) -> str:
    """The same as text, for a file."""
    return json.dumps(dump(event), ensure_ascii=False, indent=2) + "\n"


def written(document: Document) -> JsonObject:
    """The document as JSON values, instants in the show's zone."""
    zone = ZoneInfo(document.event["zone"])
    lists = {
        table.key: [_values(table.items, entry, zone) for entry in document.entries(table)]
        for table in TABLES
        if table is not SLOTS
    }
    for stage, entry in zip(lists["stages"], document.stages, strict=True):
        slots = (slot for slot in document.slots if slot["stage"] == entry.key)
        stage["slots"] = [_values(SLOTS.items, slot, zone) for slot in slots]
    about = _values(EVENT.items, document.event, zone)
    if document.event["days"]:
        for way in (about, *lists["stages"]):
            for key in ("date", "doors", "curfew"):
                way.pop(key, None)
    return {"callboard": VERSION, "slug": document.slug} | about | lists


def _values(items: Iterable[Item], entry: DocumentEntry, zone: ZoneInfo) -> JsonObject:
    values: JsonObject = {}
    for item in items:
        if isinstance(item, Group):
            values |= _group(item, entry, zone)
        elif isinstance(item, InTwoLanguages):
            values |= _in_two_languages(item, entry, zone)
        elif item.key in entry.said and (item.always or item.required or entry[item.key] != item.default):
            value = entry[item.key]
            values[item.key.rpartition(".")[2]] = None if value is None else item.kind.write(value, zone)
    return values


def _in_two_languages(item: InTwoLanguages, entry: DocumentEntry, zone: ZoneInfo) -> JsonObject:
    """As plain text where it is given once."""
    spanish = entry.get(item.spanish.key)
    return {item.key: {"en": entry[item.key], "es": spanish}} if spanish else _values((item.words,), entry, zone)


def _group(group: Group, entry: DocumentEntry, zone: ZoneInfo) -> JsonObject:
    if not group.always and all(entry.get(field.key, field.default) == field.default for field in group.fields):
        return {}
    if all(entry.get(field.key) == field.empty for field in group.fields):
        return {group.key: None}
    return {group.key: _values(group.fields, entry, zone)}
