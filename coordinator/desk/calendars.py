"""Calendars that a phone can read: one entry for a show, or one for each thing a person has to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from ..events.models import Event
from .queries.own import Own
from .queries.public import LineUp, venue_of

A_SHOW = timedelta(hours=3)  # how long a calendar blocks for a show of which no set is planned yet
A_YEAR = timedelta(days=366)
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
    written = list(appointments)
    for appointment in written:
        calendar.add_component(_entry(appointment, host, now))
    if written:
        first, last = min(each.starts_at for each in written), max(each.ends_at for each in written)
        calendar.add_missing_timezones((first - A_YEAR).date(), (last + A_YEAR).date())
    return bytes(calendar.to_ical())


def show_appointment(shown: LineUp, url: str) -> list[Appointment]:
    """The show as one entry, from doors to the end of the last set; none while it has no time at all."""
    event = shown.event
    starts_at = event.doors_at or shown.music_at
    if starts_at is None:
        return []
    ends_at = shown.ends_at or starts_at + A_SHOW
    return [
        Appointment(
            key=f"show-{event.id}",
            revision=event.revision,
            title=event.title,
            starts_at=starts_at,
            ends_at=max(ends_at, starts_at + timedelta(minutes=1)),
            zone=event.zone,
            place=venue_of(event),
            about=event.about or "",
            url=url,
        )
    ]


def own_appointments(own: Own, url: str) -> list[Appointment]:
    """What one person has to do: a set by its act, a shift by its role."""
    sets = [
        _own(f"slot-{each.slot.id}", each.slot.name, each.event, each.starts_at, each.ends_at, url, each.slot.state)
        for each in own.slots
        if each.slot.answer != "declined"
    ]
    shifts = [
        _own(f"sign-up-{each.sign_up.id}", each.shift.role.name, each.event, each.starts_at, each.ends_at, url, "")
        for each in own.shifts
        if each.shift.cancelled_at is None
    ]
    return [*sets, *shifts]


def _own(
    key: str, what: str, event: Event, starts_at: datetime, ends_at: datetime, url: str, state: str
) -> Appointment:
    return Appointment(
        key=key,
        revision=event.revision,
        title=f"{what}, {event.title}",
        starts_at=starts_at,
        ends_at=ends_at,
        zone=event.zone,
        place=venue_of(event),
        url=url,
        cancelled=state == "cancelled",
    )


def _entry(appointment: Appointment, host: str, now: datetime) -> Entry:
    zone = ZoneInfo(appointment.zone)
    entry = Entry()
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
