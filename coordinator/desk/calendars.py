"""Calendars that a phone can read: one entry for a show, or one for each thing a person has to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Component

from ..core.show_time import show_day_bounds, zone_named
from ..events.models import Event
from .queries.diary import Entry
from .queries.public import LineUp, venue_of

A_SHOW = timedelta(hours=3)  # how long a calendar blocks for a show of which no set is planned yet
A_YEAR = timedelta(days=366)
A_MINUTE = timedelta(minutes=1)
LOOK_AGAIN = timedelta(minutes=15)  # how often a calendar that follows asks
PRODUCT = "-//Callboard//Callboard//EN"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry. ``key`` is its own for ever; an entry with a higher ``revision`` replaces the one before."""

    key: str
    revision: int
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str = ""
    about: str = ""
    url: str = ""
    cancelled: bool = False


def calendar_of(name: str, appointments: Iterable[Appointment], *, host: str, now: datetime) -> bytes:
    """The calendar as RFC 5545 text. ``host`` makes the entries' keys unique in the world."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", LOOK_AGAIN)
    written = list(appointments)
    for appointment in written:
        calendar.add_component(_entry(appointment, host, now))
    if written:
        first, last = min(each.starts_at for each in written), max(each.ends_at for each in written)
        calendar.add_missing_timezones((first - A_YEAR).date(), (last + A_YEAR).date())
    return bytes(calendar.to_ical())


def show_appointment(shown: LineUp, url: str, now: datetime) -> list[Appointment]:
    """The show as one entry, from doors to the end of the last set; none while it has no time at all."""
    event = shown.event
    starts_at = event.doors_at or shown.music_at
    if starts_at is None:
        return []
    ends_at = shown.ends_at or starts_at + A_SHOW
    return [
        Appointment(
            key=f"show-{event.id}",
            revision=revision_of(event, now),
            title=event.title,
            starts_at=starts_at,
            ends_at=max(ends_at, starts_at + A_MINUTE),
            zone=event.zone,
            place=venue_of(event),
            about=event.about or "",
            url=url,
        )
    ]


def own_appointments(diary: Iterable[Entry], url: str, now: datetime) -> list[Appointment]:
    """What one person has to do: a set by its act, a shift by its role; what is off is said to be cancelled."""
    return [
        Appointment(
            key=entry.key,
            revision=revision_of(entry.event, now),
            title=f"{entry.what}, {entry.event.title}",
            starts_at=entry.starts_at,
            ends_at=max(entry.ends_at, entry.starts_at + A_MINUTE),
            zone=entry.event.zone,
            place=", ".join(part for part in (entry.place, venue_of(entry.event)) if part),
            about=entry.about,
            url=url,
            cancelled=entry.off,
        )
        for entry in diary
    ]


def revision_of(event: Event, now: datetime) -> int:
    """A number that never falls, and rises whenever a time of the event may have changed.

    Each change of the plan or the people counts. On the show's day a minute counts too: a show that runs late moves
    although nobody has pressed anything.
    """
    begins_at, ends_at = show_day_bounds(event.date, zone_named(event.zone))
    return event.revision + (min(max(now, begins_at), ends_at) - begins_at) // A_MINUTE


def _entry(appointment: Appointment, host: str, now: datetime) -> Component:
    zone = ZoneInfo(appointment.zone)
    entry = Component()
    entry.add("uid", f"{appointment.key}@{host}")
    entry.add("sequence", appointment.revision)
    entry.add("dtstamp", now.replace(microsecond=0))
    entry.add("summary", appointment.title)
    entry.add("dtstart", appointment.starts_at.astimezone(zone).replace(second=0, microsecond=0))
    entry.add("dtend", appointment.ends_at.astimezone(zone).replace(second=0, microsecond=0))
    for name, value in (("location", appointment.place), ("description", appointment.about), ("url", appointment.url)):
        if value:
            entry.add(name, value)
    entry.add("status", "CANCELLED" if appointment.cancelled else "CONFIRMED")
    return entry
