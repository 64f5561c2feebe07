"""One shift: change it after seeing whom that affects, or delete it."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.show_time import AmbiguousLocalTime, MissingLocalTime
from coordinator.events.models import Event
from coordinator.features.sign_up.forms import PersonForm
from coordinator.reminders.actions.plan_changes import change_plan
from coordinator.reminders.previews.effects import Consequences
from coordinator.services import services
from coordinator.shifts.actions.planning import ShiftChanges, edit_shift, remove_shift
from coordinator.shifts.actions.taking_back import take_back_edit
from coordinator.shifts.models import Shift
from coordinator.shifts.refusals.planning import ImpossibleShift
from coordinator.web.guard import current_actor, needs, our_event, the_coordinator, we_may
from coordinator.web.labels import called
from coordinator.web.languages import language
from coordinator.web.typed import typed_again

from ..forms.shifts import EditShiftForm
from ..preview import ShiftPreview, calling_off, preview_change
from ..queries.shift_list import state_of
from ..queries.volunteers import helping_with, names_of
from ..told import words_of_presses
from .blueprint import bp
from .found import just_done, the_shift
from .person_form import person_form
from .shift_forms import edit_form, refuse, when_of, with_slots


@bp.get("/coordinate/<slug>/volunteers/shifts/<key>")
@needs(Permission.SEE_PLAN)
def shift(slug: str, key: str) -> ResponseReturnValue:
    """The planned shift: who is on it, and a form to change it."""
    return shift_page(the_shift(slug, key))


@bp.post("/coordinate/<slug>/volunteers/shifts/<key>")
@needs(Permission.EDIT_PLAN)
def edit(slug: str, key: str) -> ResponseReturnValue:
    """Change a shift; shown first if someone is on it and it matters to them."""
    event, at, planned = our_event(slug), now(), the_shift(slug, key)
    form = with_slots(EditShiftForm(), event)
    if form.validate_on_submit():
        try:
            look = _apply_or_preview(event, planned, form, at)
        except (ImpossibleShift, AmbiguousLocalTime, MissingLocalTime) as refusal:
            refuse(form, refusal)
        else:
            return _asked(planned, look) if look else _changed(slug, planned)
    return shift_page(planned, changing=form), 422


@bp.post("/coordinate/<slug>/volunteers/shifts/<key>/removal")
@needs(Permission.EDIT_PLAN)
def remove(slug: str, key: str) -> ResponseReturnValue:
    """Delete a shift that nobody is on."""
    planned = the_shift(slug, key)
    name = called(planned.role)
    try:
        remove_shift(planned, actor=current_actor(), now=now())
    except ImpossibleShift as refusal:
        flash(str(refusal), "bad")
        return redirect(url_for(".shift", slug=slug, key=key), 303)
    flash(_("%(role)s was removed.", role=name), "ok")
    return redirect(url_for(".plan", slug=slug), 303)


@bp.post("/coordinate/<slug>/volunteers/shifts/<key>/undo")
@needs(Permission.EDIT_PLAN)
def take_back(slug: str, key: str) -> ResponseReturnValue:
    """Undo the last change of a shift: within half a minute, and nobody is told of either."""
    event, planned, at = our_event(slug), the_shift(slug, key), now()
    try:
        is_back = change_plan(event, lambda: take_back_edit(planned, actor=current_actor(), now=at))
    except ImpossibleShift as refusal:
        flash(str(refusal), "bad")
    else:
        said = _("%(role)s is as it was.") if is_back else _("It's too late to undo that. Change the shift again.")
        flash(said % {"role": called(planned.role)} if is_back else said, "ok" if is_back else "wait")
    return redirect(url_for(".plan", slug=slug, _anchor=f"shift-{planned.id}"), 303)


def _apply_or_preview(event: Event, planned: Shift, form: EditShiftForm, at: datetime) -> ShiftPreview | None:
    """Make the change, or return its preview if it matters to someone and is not confirmed yet."""
    room: ShiftChanges = {"min": form.least.data or 0, "max": form.most.data or 0, "place": form.where}
    changes: ShiftChanges = {**room, "call": form.call_before, "follows": None, **when_of(form, event)}

    def change() -> None:
        edit_shift(planned, actor=current_actor(), now=at, **changes)

    if request.form.get("sure") != "1":
        look = preview_change(event, planned, change, at, sender=services().gateway.sender)
        if look.matters:
            return look
    change_plan(event, change)
    return None


def shift_page(planned: Shift, *, changing: EditShiftForm | None = None, putting: PersonForm | None = None) -> str:
    """The page of this shift, with these forms as they were sent."""
    event, at = planned.event, now()
    helping = helping_with(planned, at)
    may_edit = we_may(Permission.EDIT_PLAN)
    return render_template(
        "shift_plan/shift.html",
        event=event,
        shift=planned,
        row=helping.rows[0],
        helping=helping,
        states={each.id: state_of(each, helping.coming) for each in helping.rows[0].people},
        now=at,
        done=just_done(event, at),
        told=words_of_presses(event, helping, the_coordinator(), at, language()),
        form=changing or edit_form(planned),
        putting=putting or person_form(planned.id, formdata=None),
        names=names_of(event.organisation_id) if may_edit else [],
        off=_calling_off(planned) if may_edit and helping.rows[0].people else None,
    )


def _calling_off(planned: Shift) -> Consequences:
    return calling_off(planned, now(), sender=services().gateway.sender)


def _asked(planned: Shift, look: ShiftPreview) -> str:
    return render_template("shift_plan/sure.html", event=planned.event, shift=planned, look=look, typed=typed_again())


def _changed(slug: str, planned: Shift) -> ResponseReturnValue:
    return redirect(url_for(".plan", slug=slug, changed=planned.key), 303)
