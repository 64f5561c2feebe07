"""The forms of shifts: filled from what is planned, and read into times."""

from datetime import datetime, timedelta
from typing import Any, TypedDict, TypeVar

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from coordinator.core.show_time import AmbiguousLocalTime, MissingLocalTime, instant_of, zone_named
from coordinator.events.models import Event
from coordinator.shifts.models import Shift
from coordinator.shifts.queries.planned import Follows
from coordinator.shownight.queries import plan_night
from coordinator.web.filters import clock
from coordinator.web.wall_times import reading_of, two_readings

from ..forms.shifts import EditShiftForm, WhenForm

MINUTE = timedelta(minutes=1)
A_DAY = timedelta(days=1)

AForm = TypeVar("AForm", bound=WhenForm)


class ShiftTiming(TypedDict, total=False):
    """A shift's time from a form: fixed instants, or a slot to follow."""

    starts_at: datetime
    ends_at: datetime
    follows: Follows | None


def with_slots(form: AForm, event: Event) -> AForm:
    """The same form, with the event's slots to choose from."""
    slots = [
        SelectChoice(str(slot.id), f"{slot.name}, {clock(slot.starts_at, event.zone)}")
        for slot in plan_night(event.id).slots
    ]
    form.slot.choices = [SelectChoice("", _("No: fixed times")), *slots]
    return form


def edit_form(shift: Shift) -> EditShiftForm:
    """The form as the shift is planned."""
    starts, dst_fold = reading_of(shift.starts_local)
    ends, _passing = reading_of(shift.ends_local)
    follows = {"slot": str(shift.follows_slot_id), "begins": shift.follows_from, "until": shift.follows_to}
    values = {
        "on": datetime.fromisoformat(shift.starts_local.removesuffix("b")).date(),
        "starts": starts,
        "ends": ends,
        "dst_fold": dst_fold,
        "before": shift.before // MINUTE,
        "after": shift.after // MINUTE,
        "least": shift.min,
        "most": shift.max,
        "place": shift.place,
        "call": shift.call // MINUTE,
    }
    data = values | (follows if shift.follows_slot_id is not None else {})
    return with_slots(EditShiftForm(formdata=None, data=data), shift.event)


def when_of(form: WhenForm, event: Event) -> ShiftTiming:
    """The times that were typed. Raises AmbiguousLocalTime, MissingLocalTime."""
    if form.follows is not None:
        return {"follows": form.follows}
    starts_at, ends_at = instants(form, event.zone)
    return {"starts_at": starts_at, "ends_at": ends_at}


def instants(form: WhenForm, zone: str) -> tuple[datetime, datetime]:
    """From and to as instants; an end that is not after the start is on the next day."""
    on: Any = form.on.data
    begins, ends = (datetime.combine(on, wall) for wall in (form.starts.data, form.ends.data) if wall is not None)
    ends += A_DAY if ends <= begins else timedelta(0)
    there = zone_named(zone)
    return instant_of(begins, there, fold=form.reading), instant_of(ends, there, fold=form.reading)


def refuse(form: WhenForm, refusal: ValueError) -> None:
    """Show in the form why it is impossible."""
    is_unclear = isinstance(refusal, AmbiguousLocalTime | MissingLocalTime)
    field = form.slot if form.follows is not None else form.starts
    field.errors = [two_readings(refusal) if is_unclear else str(refusal)]
    form.is_unclear = is_unclear
