"""One more shift, on a page of its own."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.show_time import AmbiguousLocalTime, MissingLocalTime
from coordinator.events.models import Event
from coordinator.shifts.actions.planning import NewShift, add_shift
from coordinator.shifts.actions.roles import add_role
from coordinator.shifts.queries.planned import role_of, roles_of
from coordinator.shifts.refusals.planning import ImpossibleShift
from coordinator.web.chosen_days import a_day
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.labels import called

from ..forms.shifts import ShiftForm
from .blueprint import bp
from .shift_forms import refuse, when_of, with_slots


@bp.get("/coordinate/<slug>/volunteers/new")
@needs(Permission.EDIT_PLAN)
def new_shift(slug: str) -> ResponseReturnValue:
    """The form; the address may say of which role, and on which day."""
    event = our_event(slug)
    role = role_of(event.id, request.args.get("role", ""))
    values = {"on": a_day(request.args.get("on")) or event.date, "work": called(role) if role else None}
    return _page(event, with_slots(ShiftForm(formdata=None, data=values), event))


@bp.post("/coordinate/<slug>/volunteers/shifts")
@needs(Permission.EDIT_PLAN)
def add(slug: str) -> ResponseReturnValue:
    """One more shift, and its kind of work if that is new."""
    event, at = our_event(slug), now()
    form = with_slots(ShiftForm(), event)
    if form.validate_on_submit():
        try:
            when = when_of(form, event)
            role = add_role(event, form.work.data or "", note=form.note.data or None, actor=current_actor(), now=at)
            least, most = form.least.data or 0, form.most.data or 0
            new: NewShift = {"least": least, "most": most, "place": form.where, "call": form.call_before, **when}
            shift = add_shift(event, role, actor=current_actor(), now=at, **new)
        except (ImpossibleShift, AmbiguousLocalTime, MissingLocalTime) as refusal:
            refuse(form, refusal)
        else:
            flash(_("%(role)s was added.", role=called(role)), "ok")
            return redirect(url_for(".plan", slug=slug, _anchor=f"shift-{shift.id}"), 303)
    return _page(event, form), 422


def _page(event: Event, form: ShiftForm) -> str:
    return render_template("shift_plan/new_shift.html", event=event, form=form, roles=roles_of(event))
