"""Creating the event of a draft, through an event document like everything that comes from outside."""

import json
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coordinator.accounts.models import Actor, Organisation
from coordinator.core.json_values import JsonObject
from coordinator.core.show_time import instant_in_day, zone_named
from coordinator.db import transaction
from coordinator.events.actions.names import free_key, free_slug
from coordinator.events.models import Event
from coordinator.features.event_document.apply import load
from coordinator.features.event_document.read import read_document
from coordinator.lineup.models import SlotKind
from coordinator.lineup.queries import slots_of

from .queries import DraftRow, ShowDraft

MINUTE = timedelta(minutes=1)
MAIN_STAGE = "Main stage"


class UnclearTime(ValueError):
    """The clocks show a time twice, or skip it, and nobody said which is meant.

    ``field`` is starts, doors or curfew; ``row`` counts from 0 if it is a row's.
    """

    def __init__(self, cause: ValueError, field: str = "starts", row: int | None = None) -> None:
        self.cause, self.field, self.row = cause, field, row
        super().__init__(str(cause))


def event_from(draft: ShowDraft, organisation: Organisation, *, actor: Actor, now: datetime) -> Event:
    """The event of the draft with all its show days, not public yet.

    The form has checked that there is a title, a day, a zone, and a time for every row. Raises UnclearTime,
    BadDocument.
    """
    document = _document(draft)
    with transaction():
        event = load(read_document(json.dumps(document), now=now), organisation, now=now, actor=actor).event
        _mark_inferred(event, draft.rows)
    return event


def _document(draft: ShowDraft) -> JsonObject:
    zone = zone_named(draft.zone)
    acts = _keyed(row.name for row in draft.rows if row.kind == SlotKind.SET)
    stages = _keyed(row.stage or MAIN_STAGE for row in draft.rows) or {MAIN_STAGE: "main-stage"}
    slots = _slots(draft, zone, acts)
    return {
        "callboard": 1,
        "slug": free_slug(draft.title),
        "title": _in_both(draft.title, draft.title_es),
        "zone": draft.zone,
        "days": _days(draft, zone, stages),
        "venue": {"name": draft.venue, "address": draft.address},
        "beneficiary": draft.beneficiary,
        "donation": _donation(draft),
        "about": _in_both(draft.about, draft.about_es),
        "notes": draft.notes,
        "published": False,
        "acts": [{"key": key, "name": name, "people": []} for name, key in acts.items()],
        "stages": [{"key": key, "name": name, "slots": slots[name]} for name, key in stages.items()],
    }


def _days(draft: ShowDraft, zone: ZoneInfo, stages: dict[str, str]) -> list[JsonObject]:
    """Each show day. Doors and curfew of the draft are those of every day, doors only of days that begin after them."""
    days: list[JsonObject] = []
    for day in _dates(draft):
        doors = _fact("doors", draft.doors, draft.doors_dst_fold, day, zone)
        starts = [
            instant_in_day(day, row.starts, zone, fold=0) for row in draft.rows if _on(row, draft) == day and row.starts
        ]
        is_too_late = doors is not None and days and starts and datetime.fromisoformat(doors) > min(starts)
        curfew = _fact("curfew", draft.curfew, draft.curfew_dst_fold, day, zone)
        curfews = dict.fromkeys(stages.values(), curfew) if curfew else {}
        days.append({"date": day.isoformat(), "doors": None if is_too_late else doors, "curfews": curfews})
    return days


def _dates(draft: ShowDraft) -> list[date]:
    """The days on which something is planned; the draft's own if nothing is."""
    return sorted({_on(row, draft) for row in draft.rows}) or [_on(None, draft)]


def _on(row: DraftRow | None, draft: ShowDraft) -> date:
    day = (row.on if row else None) or draft.on
    assert day is not None  # the form asks for it
    return day


def _slots(draft: ShowDraft, zone: ZoneInfo, acts: dict[str, str]) -> dict[str, list[JsonObject]]:
    """The slots of each stage, in the order of the draft."""
    taken: list[str] = []
    slots: dict[str, list[JsonObject]] = {row.stage or MAIN_STAGE: [] for row in draft.rows} or {MAIN_STAGE: []}
    for number, row in enumerate(draft.rows):
        slots[row.stage or MAIN_STAGE].append(_slot(number, row, _on(row, draft), zone, acts, taken))
    return slots


def _in_both(words: str | None, spanish: str | None) -> str | dict[str, str | None] | None:
    return {"en": words, "es": spanish} if words and spanish else words or spanish


def _donation(draft: ShowDraft) -> JsonObject:
    if draft.donation is None:
        return {"suggested": None, "currency": None, "url": None}
    whole = draft.donation == int(draft.donation)
    suggested = int(draft.donation) if whole else float(draft.donation)
    return {"suggested": suggested, "currency": draft.currency or "USD", "url": None}


def _slot(number: int, row: DraftRow, day: date, zone: ZoneInfo, acts: dict[str, str], taken: list[str]) -> JsonObject:
    key = free_key(row.name, taken, "slot")
    taken.append(key)
    try:
        starts = _at(row.starts or time(20), day, zone, row.dst_fold)
    except ValueError as cause:
        raise UnclearTime(cause, row=number) from None
    whose = {"act": acts[row.name]} if row.kind == SlotKind.SET else {"title": row.name}
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


def _fact(field: str, clock: time | None, dst_fold: int | None, day: date, zone: ZoneInfo) -> str | None:
    try:
        return _at(clock, day, zone, dst_fold) if clock else None
    except ValueError as cause:
        raise UnclearTime(cause, field) from None


def _at(clock: time, day: date, zone: ZoneInfo, dst_fold: int | None = None) -> str:
    """The instant of a wall time of the show's day, 05:00 to 05:00. Raises AmbiguousLocalTime, MissingLocalTime."""
    return instant_in_day(day, clock, zone, fold=dst_fold).astimezone(zone).isoformat()


def _keyed(names: Iterable[str]) -> dict[str, str]:
    """A key for each different name, in order."""
    keys: dict[str, str] = {}
    for name in names:
        if name not in keys:
            keys[name] = free_key(name, list(keys.values()), "act")
    return keys


def _mark_inferred(event: Event, rows: Iterable[DraftRow]) -> None:
    """Remember which lengths and changeovers were inferred."""
    by_start = {(slot.name, slot.starts_at): slot for slot in slots_of(event)}
    told = {(row.name, row.length, row.changeover): row for row in rows}
    for slot in by_start.values():
        row = told.get((slot.name, slot.length, slot.changeover))
        if row is not None:
            slot.length_inferred, slot.changeover_inferred = row.length_inferred, row.changeover_inferred
