"""Calendars that a phone can read, as RFC 5545 has them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Response, make_response
from icalendar import Calendar
from icalendar import Event as Component

from coordinator.core.show_time import show_day_bounds, zone_named
from coordinator.events.models import Event
from coordinator.services import services

A_YEAR = timedelta(days=366)
A_MINUTE = timedelta(minutes=1)
LOOK_AGAIN = timedelta(minutes=15)  # how often a calendar that follows asks
PRODUCT = "-//Callboard//Callboard//EN"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry. ``key`` is its own forever; an entry with a higher ``revision`` replaces the one before."""

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


def calendar_answer(body: bytes, filename: str) -> Response:
    """A calendar that a phone offers to add."""
    response = make_response(body)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return response


def host() -> str:
    """The name of this house on the net."""
    return urlsplit(services().settings.public_url).hostname or "localhost"


def revision_of(event: Event, now: datetime) -> int:
    """A number that never falls, and rises whenever a time of the event may have changed.

    Each change of the plan or the people counts. On a show day a minute counts too: a show that runs late moves
    although nobody has pressed anything.
    """
    bounds = [show_day_bounds(on, zone_named(event.zone)) for on in event.dates]
    return event.revision + sum(
        (min(max(now, begins_at), ends_at) - begins_at) // A_MINUTE for begins_at, ends_at in bounds
    )


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
