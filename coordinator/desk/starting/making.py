"""Making the events of a draft, through the event document like everything that comes from outside."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ...accounts.models import Organisation
from ...core.show_time import DAY_BEGINS, instant_of, zone_named
from ...db import transaction
from ...events.actions import free_key, free_slug
from ...events.models import Event
from ...lineup.queries import slots_of
from ..document import load, read_document
from .drafts import Draft, DraftRow

MINUTE = timedelta(minutes=1)
MAIN_STAGE = "Main stage"


class UnclearTime(ValueError):
    """The clocks show a time twice, or skip it, and nobody said which is meant.

    ``field`` is starts, doors or curfew; ``row`` counts from 0 where it is a row's.
    """

    def __init__(self, cause: ValueError, field: str = "starts", row: int | None = None) -> None:
        self.cause, self.field, self.row = cause, field, row
        super().__init__(str(cause))


def events_from(draft: Draft, organisation: Organisation, *, by: str, now: datetime) -> list[Event]:
    """One event for each day of the draft, in one transaction, not public yet.

    The form has seen to it that there is a title, a day, a zone, and a time for every row. Raises UnclearTime,
    BadDocument.
    """
    known = {day for day in (draft.on, *(row.on for row in draft.rows)) if day is not None}
    used = {row.on or draft.on for row in draft.rows}
    days = sorted(day for day in known if day in used) or sorted(known)
    with transaction():
        return [
            _event(draft, day, organisation, by=by, now=now, several=len(days) > 1, first=day == days[0])
            for day in days
        ]


def _event(
    draft: Draft, day: date, organisation: Organisation, *, by: str, now: datetime, several: bool, first: bool
) -> Event:
    rows = [(number, row) for number, row in enumerate(draft.rows) if (row.on or draft.on) == day]
    title = f"{draft.title}, {day:%d %B}".replace(", 0", ", ") if several else draft.title
    shown = replace(draft, title=title, doors=draft.doors if first else None)
    document = _document(shown, day, rows)
    event = load(read_document(json.dumps(document), now=now), organisation, now=now, by=by).event
    _mark_inferred(event, [row for _number, row in rows])
    return event


def _document(draft: Draft, day: date, rows: list[tuple[int, DraftRow]]) -> dict[str, Any]:
    zone = zone_named(draft.zone)
    acts = _keyed(row.name for _number, row in rows if row.kind == "set")
    names = dict.fromkeys(row.stage or MAIN_STAGE for _number, row in rows) or {MAIN_STAGE: None}
    curfew = _fact("curfew", draft.curfew, draft.curfew_passing, day, zone)
    taken: list[str] = []
    stages = [
        {
            "key": key,
            "name": name,
            "curfew": curfew,
            "slots": [
                _slot(number, row, day, zone, acts, taken) for number, row in rows if (row.stage or MAIN_STAGE) == name
            ],
        }
        for name, key in _keyed(names).items()
    ]
    return {
        "callboard": 1,
        "slug": free_slug(draft.title),
        "title": draft.title,
        "zone": draft.zone,
        "date": day.isoformat(),
        "venue": {"name": draft.venue, "address": draft.address},
        "doors": _fact("doors", draft.doors, draft.doors_passing, day, zone),
        "beneficiary": draft.beneficiary,
        "donation": _donation(draft),
        "about": draft.about,
        "notes": draft.notes,
        "published": False,
        "acts": [{"key": key, "name": name, "people": []} for name, key in acts.items()],
        "stages": stages,
    }


def _donation(draft: Draft) -> dict[str, Any]:
    if draft.donation is None:
        return {"suggested": None, "currency": None, "url": None}
    whole = draft.donation == int(draft.donation)
    suggested = int(draft.donation) if whole else float(draft.donation)
    return {"suggested": suggested, "currency": draft.currency or "USD", "url": None}


def _slot(
    number: int, row: DraftRow, day: date, zone: ZoneInfo, acts: dict[str, str], taken: list[str]
) -> dict[str, Any]:
    key = free_key(row.name, taken, "slot")
    taken.append(key)
    try:
        starts = _at(row.starts or time(20), day, zone, row.passing)
    except ValueError as cause:
        raise UnclearTime(cause, row=number) from None
    whose = {"act": acts[row.name]} if row.kind == "set" else {"title": row.name}
    return {
        "key": key,
        "kind": row.kind,
        **whose,
        "starts": starts,
        "length": row.length // MINUTE,
        "changeover": row.changeover // MINUTE,
        "changeover_min": min(row.changeover_min, row.changeover) // MINUTE,
        "note": row.note,
    }


def _fact(field: str, clock: time | None, passing: int | None, day: date, zone: ZoneInfo) -> str | None:
    try:
        return _at(clock, day, zone, passing) if clock else None
    except ValueError as cause:
        raise UnclearTime(cause, field) from None


def _at(clock: time, day: date, zone: ZoneInfo, passing: int | None = None) -> str:
    """The instant of a wall time of the show's day, 05:00 to 05:00. Raises AmbiguousLocalTime, MissingLocalTime."""
    on = day if clock >= DAY_BEGINS else day + timedelta(days=1)
    return instant_of(datetime.combine(on, clock), zone, fold=passing).astimezone(zone).isoformat()


def _keyed(names: Iterable[str]) -> dict[str, str]:
    """A key for each different name, in order."""
    keys: dict[str, str] = {}
    for name in names:
        if name not in keys:
            keys[name] = free_key(name, list(keys.values()), "act")
    return keys


def _mark_inferred(event: Event, rows: list[DraftRow]) -> None:
    """Remember which lengths and changeovers were worked out and not told."""
    by_start = {(slot.name, slot.starts_at): slot for slot in slots_of(event)}
    told = {(row.name, row.length, row.changeover): row for row in rows}
    for slot in by_start.values():
        row = told.get((slot.name, slot.length, slot.changeover))
        if row is not None:
            slot.length_inferred, slot.changeover_inferred = row.length_inferred, row.changeover_inferred
