"""The show days of an event: added, removed, with doors and curfews. Only here are they written."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from flask_babel import gettext as _

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.show_days import ShowDay
from coordinator.core.show_time import local_text, zone_named
from coordinator.db import transaction

from ..models import Event
from .locking import lock_event

Curfews = Mapping[date, datetime | None]
NO_CURFEWS: Curfews = MappingProxyType({})
MOST_DAYS = 31


class CannotKeepDays(ValueError):
    """The show cannot have these days."""


def set_days(event: Event, days: Iterable[ShowDay]) -> None:
    """Give the event these show days, in order of their dates; their times are kept in the event's zone.

    Raises CannotKeepDays when there are none, too many, or two with one date.
    """
    zone = zone_named(event.zone)
    kept = tuple(sorted((day.in_zone(zone) for day in days), key=lambda day: day.on))
    if not kept:
        raise CannotKeepDays(_("A show has at least one day."))
    if len({day.on for day in kept}) < len(kept):
        raise CannotKeepDays(_("The show already has that day."))
    if len(kept) > MOST_DAYS:
        raise CannotKeepDays(_("A show has at most %(most)d days.", most=MOST_DAYS))
    event.days = kept


def set_curfews(event: Event, stage: str, curfews: Curfews) -> None:
    """Set the curfew of the stage with this key on the days that are given; the other days keep theirs."""
    set_days(event, [day.with_curfew(stage, curfews[day.on]) if day.on in curfews else day for day in event.days])


def set_doors(event: Event, doors: Mapping[date, datetime | None]) -> None:
    """Set when doors open on the days that are given; the other days keep theirs."""
    set_days(event, [replace(day, doors_at=doors[day.on]) if day.on in doors else day for day in event.days])


def add_day(event: Event, on: date, *, actor: Actor, now: datetime) -> None:
    """Give the event another show day, without doors and curfews. Raises CannotKeepDays."""
    with transaction() as session:
        lock_event(session, event.id)
        before = days_written(event)
        set_days(event, [*event.days, ShowDay(on)])
        record(event, actor, "event.changed", event.slug, now=now, before=before, after=days_written(event))


def remove_day(event: Event, on: date, *, in_use: Iterable[date], actor: Actor, now: datetime) -> None:
    """Take a show day away. ``in_use`` are the days on which something is planned. Raises CannotKeepDays."""
    with transaction() as session:
        lock_event(session, event.id)
        if on in set(in_use):
            raise CannotKeepDays(_("Something is still planned on that day. Move or remove it first."))
        before = days_written(event)
        set_days(event, [day for day in event.days if day.on != on])
        record(event, actor, "event.changed", event.slug, now=now, before=before, after=days_written(event))


def days_written(event: Event) -> dict[str, str | None]:
    """The days as values for the audit log: dates, and when doors open."""
    zone = zone_named(event.zone)
    doors = [local_text(day.doors_at, zone) for day in event.days if day.doors_at]
    return {"date": ", ".join(on.isoformat() for on in event.dates), "doors_local": ", ".join(doors) or None}
