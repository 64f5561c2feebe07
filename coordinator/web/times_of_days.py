"""A wall time for each show day in one form: ``curfew`` for the first day, ``curfew-20261205`` for a later one."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import TimeField
from wtforms.validators import Optional

from coordinator.core.show_days import ShowDay
from coordinator.core.show_time import AmbiguousLocalTime, MissingLocalTime, instant_in_day, zone_named
from coordinator.events.models import Event

from .filters import day_short
from .wall_times import clock_in, two_readings

F = TypeVar("F", bound=FlaskForm)


def form_of_days(kind: type[F], name: str, label: str, event: Event) -> type[F]:
    """The form with a field of this name for each show day, labelled with the day if there are several."""
    if len(event.days) == 1:
        return kind
    fields = {
        name_on(name, event, day): TimeField(
            _("%(what)s, %(day)s", what=label, day=day_short(day.on, event.zone)), [Optional()]
        )
        for day in event.days
    }
    return type(f"{kind.__name__}OfDays", (kind,), fields)


def name_on(name: str, event: Event, day: ShowDay) -> str:
    """What the field of this day is called."""
    return name if day.on == event.date else f"{name}-{day.on:%Y%m%d}"


def fields_of_days(form: FlaskForm, name: str, event: Event) -> Iterator[tuple[ShowDay, Any]]:
    """Each show day with its field."""
    for day in event.days:
        yield day, form[name_on(name, event, day)]


def times_typed(form: Any, name: str, event: Event) -> Mapping[date, datetime | None] | None:
    """The instants that were typed for the days; None if one has two readings, which its field then says.

    The form is a ``WithDstFold``.
    """
    found: dict[date, datetime | None] = {}
    for day, field in fields_of_days(form, name, event):
        try:
            found[day.on] = (
                instant_in_day(day.on, field.data, zone_named(event.zone), fold=form.reading) if field.data else None
            )
        except (AmbiguousLocalTime, MissingLocalTime) as refusal:
            field.errors = [two_readings(refusal)]
            return None
    return found


def times_shown(name: str, event: Event, at: Callable[[ShowDay], datetime | None]) -> dict[str, time | str | None]:
    """Initial values of the fields, and which reading the times have, for ``dst_fold``."""
    readings = {day.on: clock_in(at(day), event.zone) for day in event.days}
    clocks = {name_on(name, event, day): readings[day.on][0] for day in event.days}
    return {**clocks, "dst_fold": max(fold for _clock, fold in readings.values())}
