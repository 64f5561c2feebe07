"""The Jinja filters: what ``spoken`` says on pages, in the language of the page. The zone says the region as well.

``slot.starts_at | clock(event.zone)``            8:30 PM
``slot.starts_at | bare_clock(event.zone)``       8:30 (``half``: PM)
``start | span(end, event.zone)``                 8:30–9:10 PM
``slot.starts_at | clock_on(event)``              8:30 PM; of an event of several days Fri, Dec 4, 8:30 PM
``start | span_on(end, event)``                   the same of a span: Fri, Dec 4, 8:30–9:10 PM
``event.date | day(event.zone)``                  Friday, December 4, with its year when that is not this one
``event.dates | days(event.zone)``                Friday, December 4 and Saturday, December 5
``at | day_short(event.zone)``                    Fri, Dec 4
``at | day_year(event.zone)``                     Friday, December 4, 2026, for what is kept for years
``at | show_day(event.zone)``                     the date of the show day it belongs to, for the filters above
``event.dates | days_short(event.zone)``          Fri, Dec 4 and Sat, Dec 5
``event.dates | days_year(event.zone)``           Friday, December 4, 2026, for what is kept for years
``event.zone | zone_name``                        Eastern Time
``slot.length | minutes``                         25 minutes, 1 hour 5 minutes
``slot.length | minutes_short``                   25 min
``over | stopwatch``                              1:24, 12:03; an hour and more 1:02:03
``at | ago(now)``                                 3 minutes ago
``at | iso``                                      for the ``datetime`` attribute
``amount | money("USD", event.zone)``             $10
``event.zone | browser_manner``                   en-US-u-hc-h12, for clocks that continue in the browser
``person.phone | masked``                         •••-0142
``person.phone | phone``                          (212) 555-0142
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.clock import now
from coordinator.core.show_time import show_day as show_day_of
from coordinator.core.show_time import zone_named
from coordinator.events.models import Event
from coordinator.spoken import Manner, Zone, hours_and_minutes, masked, on_page, phone

from .languages import language

NO_YEAR = 0  # is never this one


def init_app(app: Flask) -> None:
    """Give every filter of this file to the templates."""
    times = (clock, clock_on, bare_clock, half, span, span_on, minutes, minutes_short, stopwatch, ago, iso, show_day)
    dated = (day, days, day_short, days_short, day_year, days_year)
    for filter_ in (*times, *dated, zone_name, browser_manner, money, masked, phone):
        app.add_template_filter(filter_)


def clock(instant: datetime, zone: Zone) -> str:
    return _said(zone).clock(instant)


def bare_clock(instant: datetime, zone: Zone) -> str:
    return _said(zone).bare_clock(instant)


def half(instant: datetime, zone: Zone) -> str:
    return _said(zone).half(instant)


def span(start: datetime, end: datetime, zone: Zone) -> str:
    return _said(zone).span(start, end)


def clock_on(instant: datetime, event: Event) -> str:
    return _show_day(instant, event) + clock(instant, event.zone)


def span_on(start: datetime, end: datetime, event: Event) -> str:
    return _show_day(start, event) + span(start, end, event.zone)


def _show_day(instant: datetime, event: Event) -> str:
    return f"{day_short(event.day_of(instant).on, event.zone)}, " if len(event.days) > 1 else ""


def day(when: date, zone: Zone) -> str:
    return _said(zone).day(when, now().year)


def days(dates: Sequence[date], zone: Zone) -> str:
    return _said(zone).show_days(dates, now().year)


def days_short(dates: Sequence[date], zone: Zone) -> str:
    return _said(zone).show_days_short(dates, now().year)


def days_year(dates: Sequence[date], zone: Zone) -> str:
    return _said(zone).show_days(dates, NO_YEAR)


def day_short(when: date, zone: Zone) -> str:
    return _said(zone).day_short(when, now().year)


def day_year(when: date, zone: Zone) -> str:
    return _said(zone).day(when, NO_YEAR)


def show_day(instant: datetime, zone: str) -> date:
    return show_day_of(instant, zone_named(zone))


def zone_name(zone: Zone) -> str:
    return _said(zone).zone_name()


def browser_manner(zone: Zone) -> str:
    return _said(zone).tag


def minutes(length: timedelta) -> str:
    hours, rest = hours_and_minutes(length)
    said_hours = ngettext("%(num)s hour", "%(num)s hours", hours)
    said_rest = ngettext("%(num)s minute", "%(num)s minutes", rest)
    if hours and rest:
        return f"{said_hours} {said_rest}"
    return said_hours if hours else said_rest


def minutes_short(length: timedelta) -> str:
    hours, rest = hours_and_minutes(length)
    return _("%(count)s min", count=hours * 60 + rest)


def stopwatch(length: timedelta) -> str:
    whole, seconds = divmod(int(length.total_seconds()), 60)
    hours, rest = divmod(whole, 60)
    return f"{hours}:{rest:02}:{seconds:02}" if hours else f"{rest}:{seconds:02}"


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


def money(amount: Decimal | int, currency: str, zone: Zone) -> str:
    return _said(zone).money(amount, currency)


def _said(zone: Zone) -> Manner:
    return on_page(zone, language())
