"""Entries of the audit log, filtered, newest first, with the names of what they are about."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, or_, select

from coordinator.accounts.models import AuditEntry
from coordinator.core.show_time import zone_named
from coordinator.db import db
from coordinator.events.labels import called
from coordinator.events.models import Event, Stage
from coordinator.lineup.models import Act, Slot
from coordinator.people.models import Person
from coordinator.shifts.models import Role, Shift

from .labels import BELONGS

Row = TypeVar("Row")
PAGE = 50
MOST_EXPORTED = 100_000


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries are wanted; empty values ask for all. Days are those of the zone, both included."""

    zone: str
    event_id: int | None = None
    by: str = ""
    topic: str = ""
    via: str = ""
    since_on: date | None = None
    until_on: date | None = None

    @property
    def is_narrow(self) -> bool:
        return bool(self.by or self.topic or self.via or self.since_on or self.until_on)


@dataclass(frozen=True, slots=True)
class LoggedValue:
    """One value that changed; None: there was none."""

    key: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry as it is shown."""

    entry: AuditEntry
    event: Event | None
    subjects: tuple[Any, ...]  # the rows it is about, as they are now
    values: tuple[LoggedValue, ...]

    @property
    def about(self) -> str:
        """The names of what it is about."""
        return ", ".join(str(called(each.role)) if isinstance(each, Shift) else each.name for each in self.subjects)

    def subject(self, kind: type[Row]) -> Row | None:
        """The one subject of this kind."""
        return next((each for each in self.subjects if isinstance(each, kind)), None)


def lines_of(
    organisation_id: int, wanted: LogFilter, *, before_id: int | None = None, most: int = PAGE
) -> tuple[list[LogLine], int | None]:
    """The newest entries older than ``before_id``, and from which id the next older page begins."""
    entries = _entries(organisation_id, wanted)
    if before_id is not None:
        entries = entries.where(AuditEntry.id < before_id)
    found = list(db.session.scalars(entries.order_by(AuditEntry.id.desc()).limit(most + 1)))
    older = found[most - 1].id if len(found) > most else None
    return _with_names(found[:most]), older


def who_changed(organisation_id: int, event_id: int | None) -> list[str]:
    """The names of everyone in the log, for the filter."""
    names = select(AuditEntry.by).where(AuditEntry.organisation_id == organisation_id)
    if event_id is not None:
        names = names.where(AuditEntry.event_id == event_id)
    return list(db.session.scalars(names.distinct().order_by(AuditEntry.by).limit(200)))


def changed(entry: AuditEntry) -> tuple[LoggedValue, ...]:
    """The values that differ."""
    before, after = entry.before or {}, entry.after or {}
    keys = [*before, *(key for key in after if key not in before)]
    return tuple(LoggedValue(key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key))


def _entries(organisation_id: int, wanted: LogFilter) -> Select[AuditEntry]:
    found = select(AuditEntry).where(AuditEntry.organisation_id == organisation_id)
    if wanted.event_id is not None:
        found = found.where(AuditEntry.event_id == wanted.event_id)
    if wanted.by:
        found = found.where(AuditEntry.by == wanted.by)
    if wanted.topic:
        kinds = BELONGS[wanted.topic]
        found = found.where(or_(*(AuditEntry.what.startswith(f"{kind}.", autoescape=True) for kind in kinds)))
    if wanted.via:
        found = found.where(AuditEntry.via == wanted.via)
    if wanted.since_on:
        found = found.where(AuditEntry.at >= _midnight(wanted.since_on, wanted.zone))
    if wanted.until_on:
        found = found.where(AuditEntry.at < _midnight(wanted.until_on + timedelta(days=1), wanted.zone))
    return found


def _midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone_named(zone))


def _with_names(entries: Sequence[AuditEntry]) -> list[LogLine]:
    subjects, shows = _Subjects(entries), {entry.event_id for entry in entries if entry.event_id}
    events = {event.id: event for event in _rows(Event, Event.id, shows)}
    return [LogLine(entry, events.get(entry.event_id or 0), subjects.of(entry), changed(entry)) for entry in entries]


KINDS: Mapping[str, type[Any]] = {"shift": Shift, "person": Person, "slot": Slot, "stage": Stage, "role": Role}
_NAMED = re.compile(rf"\b({'|'.join(KINDS)}):(\d{{1,18}})\b")


class _Subjects:
    """The rows that entries are about; one that was removed is not among them."""

    def __init__(self, entries: Sequence[AuditEntry]) -> None:
        pairs = {pair for entry in entries for pair in _NAMED.findall(entry.subject)}
        self._by_id = {
            (kind, str(row.id)): row
            for kind, table in KINDS.items()
            for row in _rows(table, table.id, {int(number) for each, number in pairs if each == kind})
        }
        keyed = {(entry.event_id, entry.subject) for entry in entries if entry.event_id and ":" not in entry.subject}
        events, keys = {event_id for event_id, _ in keyed}, {key for _, key in keyed}
        self._by_key = {
            (row.event_id, row.key): row
            for table in (Act, Slot)
            for row in _rows(table, table.event_id, events, table.key.in_(keys))
        }

    def of(self, entry: AuditEntry) -> tuple[Any, ...]:
        known = tuple(row for pair in _NAMED.findall(entry.subject) if (row := self._by_id.get(pair)))
        keyed = self._by_key.get((entry.event_id, entry.subject))
        return known or ((keyed,) if keyed else ())


def _rows(table: type[Any], column: Any, values: set[Any], *also: ColumnElement[bool]) -> list[Any]:
    return list(db.session.scalars(select(table).where(column.in_(values), *also))) if values else []
