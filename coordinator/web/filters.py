"""The Jinja filters: what ``spoken`` says, in the language of the page.

``slot.starts_at | clock(event.zone)``            8:30 pm
``slot.starts_at | bare_clock(event.zone)``       8:30
``start | span(end, event.zone)``                 8:30 to 9:10 pm
``event.date | day``, ``at | day(event.zone)``    Friday 4 December (also ``day_short``, ``day_year``)
``slot.length | minutes``                         25 minutes, 1 hour 5 minutes
``slot.length | minutes_short``                   25 min
``at | ago(now)``                                 3 minutes ago
``at | iso``                                      for the ``datetime`` attribute
``amount | money("USD")``                         $10
``person.phone | masked``                         •••-0142
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from . import spoken
from .languages import language
from .spoken import Zone, masked


def init_app(app: Flask) -> None:
    """Give every filter of this file to the templates."""
    for filter_ in (clock, bare_clock, span, day, day_short, day_year, minutes, minutes_short, ago, iso, money, masked):
        app.add_template_filter(filter_)


def clock(instant: datetime, zone: Zone) -> str:
    return spoken.clock(instant, zone, language())


def bare_clock(instant: datetime, zone: Zone) -> str:
    return spoken.bare_clock(instant, zone, language())


def span(start: datetime, end: datetime, zone: Zone) -> str:
    first, last = spoken.ends(start, end, zone, language())
    return _("%(start)s to %(end)s", start=first, end=last)


def day(when: date, zone: Zone | None = None) -> str:
    return spoken.day(when, language(), zone=zone)


def day_short(when: date, zone: Zone | None = None) -> str:
    return spoken.day_short(when, language(), zone=zone)


def day_year(when: date, zone: Zone | None = None) -> str:
    return spoken.day_year(when, language(), zone=zone)


def minutes(length: timedelta) -> str:
    hours, rest = spoken.hours_and_minutes(length)
    said_hours = ngettext("%(num)s hour", "%(num)s hours", hours)
    said_rest = ngettext("%(num)s minute", "%(num)s minutes", rest)
    if hours and rest:
        return f"{said_hours} {said_rest}"
    return said_hours if hours else said_rest


def minutes_short(length: timedelta) -> str:
    hours, rest = spoken.hours_and_minutes(length)
    return _("%(count)s min", count=hours * 60 + rest)


def ago(instant: datetime, now: datetime) -> str:
    gone = now - instant
    if gone < timedelta(minutes=1):
        return _("just now")
    if gone < timedelta(hours=24):
        whole = timedelta(hours=1) if gone >= timedelta(hours=1) else timedelta(minutes=1)
        return _("%(length)s ago", length=minutes(gone // whole * whole))
    return ngettext("%(num)s day ago", "%(num)s days ago", gone.days)


def iso(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def money(amount: Decimal | int, currency: str) -> str:
    return spoken.money(amount, currency, language())
