"""The two ways to write show days: ``days``, or for one day ``date``, ``doors`` and each stage's ``curfew``."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from coordinator.core.json_values import JsonObject
from coordinator.core.show_days import ShowDay
from coordinator.events.actions.days import MOST_DAYS, set_curfews, set_days, set_doors
from coordinator.events.models import Event

from . import kinds, quantities
from .entries import DocumentEntry
from .kinds import FieldKind, items, must
from .problems import Problems

OF_THE_EVENT = ("date", "doors", "days")
KEYS = {("stage", "curfew"), *(("event", key) for key in OF_THE_EVENT)}
INSTANT, DATE = quantities.instant(planned=True), quantities.calendar_date()


def show_days() -> FieldKind:
    """A list of days in order, each ``{"date", "doors", "curfews"}``."""

    def read(value: object) -> tuple[ShowDay, ...]:
        found = tuple(_read_day(item) for item in items(value))
        dates = [day.on for day in found]
        must(1 <= len(found) <= MOST_DAYS and dates == sorted(set(dates)))
        return found

    def write(value: Iterable[ShowDay], zone: ZoneInfo) -> list[JsonObject]:
        return [_written(day, zone) for day in value]

    ought = f'a list of 1 to {MOST_DAYS} days in order, each with "date", and "doors" and "curfews" if it has them'
    return FieldKind(ought, read, write)


def settle(event: dict[str, Any], stages: tuple[DocumentEntry, ...], problems: Problems) -> tuple[DocumentEntry, ...]:
    """Bring what was read of the days to one way: ``days`` only if there are several. Returns the stages with it."""
    if "days" not in event:
        if "date" not in event and not {"date", "days"} & set(problems.paths):
            problems.add("date", f"is missing; it must be {DATE.ought}, or say days.")
        event["days"] = None
        return stages
    for path in [key for key in ("date", "doors") if event.get(key) is not None] + _with_curfew(stages):
        problems.add(path, "is given, and days as well; days takes its place.")
    _refuse_unknown_stages(event["days"], stages, problems)
    only, *more = event["days"]
    if more:
        return stages
    event.update(date=only.on, doors=only.doors_at, days=None)
    return tuple(_with(stage, only.curfew_at(stage.key)) for stage in stages)


def days_of(event: DocumentEntry, stages: Iterable[DocumentEntry]) -> tuple[ShowDay, ...]:
    """The days of a document that was read, whichever way it says them."""
    if several := event.get("days"):
        return tuple(several)
    curfews = {stage.key: stage["curfew"] for stage in stages if stage.get("curfew")}
    return (ShowDay(event["date"], event.get("doors"), curfews),)


def said_of(event: Event) -> dict[str, Any]:
    """The days of an event as a document says them."""
    only, *more = event.days
    if more:
        return {"date": None, "doors": None, "days": event.days}
    return {"date": only.on, "doors": only.doors_at, "days": None}


def curfew_of(event: Event, stage: str) -> Any:
    """The curfew of a stage as a document says it: only of an event with one day."""
    return event.days[0].curfew_at(stage) if len(event.days) == 1 else None


def put(event: Event, key: str, value: Any, stage: str) -> None:
    """Change one of the keys; ``stage`` is whose curfew it is. A date makes it an event of one day."""
    if key == "curfew":
        if len(event.days) == 1:
            set_curfews(event, stage, {event.date: value})
    elif key == "days":
        if value is not None:
            set_days(event, value)
    elif key == "doors":
        if len(event.days) == 1:
            set_doors(event, {event.date: value})
    elif value is not None:
        first = event.days[0]
        set_days(event, [ShowDay(value, first.doors_at, first.curfews)])


def put_first(event: Event, values: Mapping[str, Any]) -> None:
    """Give a new event its zone and its days."""
    event.zone = values["zone"]
    set_days(event, values["days"] or [ShowDay(values["date"], values["doors"])])


def keep_curfews_of(event: Event, stages: Collection[str]) -> None:
    """Forget the curfews of all other stages; times are kept in the event's zone, which may be new."""
    days = (replace(day, curfews={key: at for key, at in day.curfews.items() if key in stages}) for day in event.days)
    set_days(event, days)


def _read_day(item: object) -> ShowDay:
    must(isinstance(item, dict) and set(item) <= {"date", "doors", "curfews"} and "date" in item)
    assert isinstance(item, dict)
    doors, curfews = item.get("doors"), item.get("curfews") or {}
    must(isinstance(curfews, dict))
    read = {kinds.key().read(stage): INSTANT.read(at) for stage, at in curfews.items() if at is not None}
    return ShowDay(DATE.read(item["date"]), None if doors is None else INSTANT.read(doors), read)


def _written(day: ShowDay, zone: ZoneInfo) -> JsonObject:
    return day.in_zone(zone).as_json()


def _with_curfew(stages: Iterable[DocumentEntry]) -> list[str]:
    return [f"{stage.path}.curfew" for stage in stages if stage.get("curfew") is not None]


def _refuse_unknown_stages(days: Iterable[ShowDay], stages: Iterable[DocumentEntry], problems: Problems) -> None:
    known = {stage.key for stage in stages}
    for place, day in enumerate(days):
        for stage in sorted(day.curfews.keys() - known):
            problems.add(f"days[{place}].curfews.{stage}", "is no stage of this document.")


def _with(stage: DocumentEntry, curfew: Any) -> DocumentEntry:
    return DocumentEntry(stage.key, {**stage.said, "curfew": curfew}, stage.path)
