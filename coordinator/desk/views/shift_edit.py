"""One shift: change it after seeing what that does to whom, or take it out of the plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...clock import now
from ...core.show_time import AmbiguousLocalTime, MissingLocalTime
from ...events.models import Event
from ...house import house
from ...shifts.actions import edit_shift, remove_shift
from ...shifts.models import Shift
from ...shifts.refusals import ImpossibleShift
from ...web.guard import coordinator_required
from ..forms import EditShiftForm
from ..planning import change_plan
from ..shift_look import ShiftLook, look_at
from .asking import typed_again
from .overview import our_event
from .shift_forms import edit_form, refuse, when_of, with_slots
from .signing import by_whoever
from .volunteers import bp, the_shift


@bp.get("/coordinate/<slug>/volunteers/shifts/<key>")
@coordinator_required
def shift(slug: str, key: str) -> ResponseReturnValue:
    """The shift as it is planned, to be changed."""
    planned = the_shift(slug, key)
    return _page(planned, edit_form(planned))


@bp.post("/coordinate/<slug>/volunteers/shifts/<key>")
@coordinator_required
def edit(slug: str, key: str) -> ResponseReturnValue:
    """Change a shift; first shown, where somebody is on it and it matters to them."""
    event, at, planned = our_event(slug), now(), the_shift(slug, key)
    form = with_slots(EditShiftForm(), event)
    if form.validate_on_submit():
        try:
            look = _kept_or_looked_at(event, planned, form, at)
        except (ImpossibleShift, AmbiguousLocalTime, MissingLocalTime) as refusal:
            refuse(form, refusal)
        else:
            return _asked(planned, look) if look else _changed(slug, planned)
    return _page(planned, form), 422


@bp.post("/coordinate/<slug>/volunteers/shifts/<key>/removal")
@coordinator_required
def remove(slug: str, key: str) -> ResponseReturnValue:
    """Take a shift out of the plan that nobody is on."""
    planned = the_shift(slug, key)
    name = planned.role.name
    try:
        remove_shift(planned, by=by_whoever(), now=now())
    except ImpossibleShift as refusal:
        flash(str(refusal), "bad")
        return redirect(url_for(".shift", slug=slug, key=key), 303)
    flash(_("%(role)s was removed.", role=name), "ok")
    return redirect(url_for(".plan", slug=slug), 303)


def _kept_or_looked_at(event: Event, planned: Shift, form: EditShiftForm, at: datetime) -> ShiftLook | None:
    """Make the change, or give back what it does: when it matters to somebody and nobody has said yes yet."""
    changes: Any = {"min": form.least.data or 0, "max": form.most.data or 0, "place": form.where}
    changes |= {"call": form.call_before, "follows": None} | when_of(form, event)

    def change() -> None:
        edit_shift(planned, by=by_whoever(), now=at, **changes)

    if request.form.get("sure") != "1":
        look = look_at(event, planned, change, at, sender=house().gateway.sender)
        if look.matters:
            return look
    change_plan(event, change)
    return None


def _page(planned: Shift, form: EditShiftForm) -> str:
    people = [sign_up for sign_up in planned.sign_ups if sign_up.state != "cancelled"]
    return render_template("volunteers/shift.html", event=planned.event, shift=planned, form=form, people=people)


def _asked(planned: Shift, look: ShiftLook) -> str:
    return render_template("volunteers/sure.html", event=planned.event, shift=planned, look=look, typed=typed_again())


def _changed(slug: str, planned: Shift) -> ResponseReturnValue:
    flash(_("%(role)s was changed.", role=planned.role.name), "ok")
    return redirect(url_for(".plan", slug=slug, _anchor=f"shift-{planned.id}"), 303)
