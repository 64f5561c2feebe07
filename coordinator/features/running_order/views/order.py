"""The running order: plan it, move it, see clashes and what people were told."""

from datetime import datetime, time, timedelta

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.show_days import ShowDay
from coordinator.core.show_time import AmbiguousLocalTime, MissingLocalTime
from coordinator.events.models import Event, Stage
from coordinator.lineup.actions.moves import move_slot, move_times
from coordinator.lineup.actions.slots import SlotFacts, add_slot, edit_slot, remove_slot
from coordinator.lineup.models import Slot, SlotKind
from coordinator.lineup.queries import of_its_day, slot_with_key
from coordinator.lineup.queries import running_order as running_order_of
from coordinator.lineup.refusals import CannotPlan, SlotIsConfirmed
from coordinator.reminders.actions.plan_changes import change_plan
from coordinator.shownight.actions.pressing import cancel_slot, restore_slot
from coordinator.shownight.refusals import CannotPress
from coordinator.web.chosen_days import asked_day
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.wall_times import two_readings

from ..forms import MoveTimesForm, SlotForm
from ..queries import instant_on
from .asking import apply_or_confirm, asked, what_it_does
from .blueprint import bp
from .page import Moving, add_form, edit_form, order_page


@bp.get("/coordinate/<slug>/order")
@needs(Permission.SEE_PLAN)
def running_order(slug: str) -> ResponseReturnValue:
    return order_page(our_event(slug))


@bp.post("/coordinate/<slug>/order/stages/<key>/slots")
@needs(Permission.EDIT_PLAN)
def add(slug: str, key: str) -> ResponseReturnValue:
    """Add a slot to the stage."""
    event, at, actor = our_event(slug), now(), current_actor()
    stage, day = stage_of(event, key), asked_day(event, request.args)
    form = add_form(event, stage, day)
    if form.validate_on_submit():
        try:
            facts = _facts(form, event, day)
            question = _("Add %(name)s?", name=facts.name)
            page = apply_or_confirm(event, lambda: add_slot(stage, facts, actor=actor, now=at), question, at)
        except (CannotPlan, AmbiguousLocalTime, MissingLocalTime) as refusal:
            _refuse(form, refusal)
        else:
            return page or _done(slug, None, _("%(name)s is in the running order.", name=facts.name))
    return order_page(event, adding=((stage.key, day.on), form)), 422


@bp.post("/coordinate/<slug>/order/slots/<key>")
@needs(Permission.EDIT_PLAN)
def edit(slug: str, key: str) -> ResponseReturnValue:
    """Change one slot."""
    event, at, actor = our_event(slug), now(), current_actor()
    slot = _slot(event, key)
    form = edit_form(event, slot)
    if form.validate_on_submit():
        try:
            facts = _facts(form, event, _day_chosen(form, event, slot))
            question = _("Change %(name)s?", name=slot.name)
            page = apply_or_confirm(event, lambda: edit_slot(slot, facts, actor=actor, now=at), question, at)
        except (CannotPlan, AmbiguousLocalTime, MissingLocalTime) as refusal:
            _refuse(form, refusal)
        else:
            return page or _done(slug, slot, _("%(name)s was changed.", name=slot.name))
    return order_page(event, editing=(slot, form)), 422


@bp.post("/coordinate/<slug>/order/slots/<key>/place")
@needs(Permission.EDIT_PLAN)
def move(slug: str, key: str) -> ResponseReturnValue:
    """Move a slot up, down, or to a position: ``to`` is up, down or a number from 0."""
    event, at, actor = our_event(slug), now(), current_actor()
    slot = _slot(event, key)
    wanted = request.form.get("to", "")
    if wanted in {"up", "down"}:
        place = of_its_day(slot, running_order_of(slot.stage)).index(slot) + (1 if wanted == "down" else -1)
    elif wanted.isascii() and wanted.isdigit() and len(wanted) < 5:
        place = int(wanted)
    else:
        abort(400)
    question = _("Move %(name)s?", name=slot.name)
    try:
        page = apply_or_confirm(event, lambda: move_slot(slot, place, actor=actor, now=at), question, at)
    except CannotPlan as refusal:
        return _refused(slug, slot, refusal)
    return page or _done(slug, slot, _("%(name)s was moved.", name=slot.name))


@bp.post("/coordinate/<slug>/order/slots/<key>/removal")
@needs(Permission.EDIT_PLAN)
def remove(slug: str, key: str) -> ResponseReturnValue:
    """Remove a slot from the plan; a confirmed one only with confirmation."""
    event, at, actor = our_event(slug), now(), current_actor()
    slot, sure = _slot(event, key), request.form.get("sure") == "1"
    name = slot.name
    try:
        change_plan(event, lambda: remove_slot(slot, actor=actor, now=at, sure=sure))
    except SlotIsConfirmed:
        return asked(event, _("%(name)s has said yes. Remove the slot anyway?", name=name))
    except CannotPlan as refusal:
        return _refused(slug, slot, refusal)
    return _done(slug, None, _("%(name)s was removed.", name=name))


@bp.post("/coordinate/<slug>/order/slots/<key>/cancellation")
@needs(Permission.EDIT_PLAN)
def cancel(slug: str, key: str) -> ResponseReturnValue:
    """Cancel the slot, which stays in the order; ``undo`` restores it."""
    event, at = our_event(slug), now()
    slot, actor = _slot(event, key), current_actor()
    press = restore_slot if request.form.get("undo") else cancel_slot
    question = _("Bring %(name)s back?") if press is restore_slot else _("Cancel %(name)s?")
    try:
        page = apply_or_confirm(event, lambda: press(slot.id, actor=actor, now=at), question % {"name": slot.name}, at)
    except CannotPress as refusal:
        return _refused(slug, slot, refusal)
    words = _("%(name)s is back on.") if press is restore_slot else _("%(name)s is canceled.")
    return page or _done(slug, slot, words % {"name": slot.name})


@bp.post("/coordinate/<slug>/order/times")
@needs(Permission.EDIT_PLAN)
def move_all(slug: str) -> ResponseReturnValue:
    """Move a slot and everything after it: first shown, then moved."""
    event, at, actor, form = our_event(slug), now(), current_actor(), MoveTimesForm(prefix="times")
    slot = _slot(event, form.slot.data or "")
    if not form.validate_on_submit():
        return order_page(event, moving=Moving(slot, form)), 422
    minutes = form.minutes.data or 0
    try:
        if "move" not in request.form:
            found = what_it_does(event, lambda: move_times(slot, minutes, actor=actor, now=at), at)
            return order_page(event, moving=Moving(slot, form, found))
        moved = change_plan(event, lambda: move_times(slot, minutes, actor=actor, now=at))
    except CannotPlan as refusal:
        form.minutes.errors = [str(refusal)]
        return order_page(event, moving=Moving(slot, form)), 422
    return _done(slug, slot, ngettext("%(num)s slot was moved.", "%(num)s slots were moved.", len(moved)))


def stage_of(event: Event, key: str) -> Stage:
    """The event's stage with this key; aborts with 404 if there is none."""
    return next((each for each in event.stages if each.key == key), None) or abort(404)


def _slot(event: Event, key: str) -> Slot:
    return slot_with_key(event.id, key) or abort(404)


def _day_chosen(form: SlotForm, event: Event, slot: Slot) -> ShowDay:
    """The day that was chosen for a slot; its own if none was asked for."""
    wanted = form.on.data if form.on else None
    return next((day for day in event.days if day.on.isoformat() == wanted), event.day_of(slot.starts_at))


def _facts(form: SlotForm, event: Event, day: ShowDay) -> SlotFacts:
    """Raises AmbiguousLocalTime, MissingLocalTime."""
    starts_at: datetime = instant_on(event, form.starts.data or time(20), form.reading, on=day.on)
    return SlotFacts(
        name=form.name.data or "",
        starts_at=starts_at,
        length=timedelta(minutes=form.length.data or 0),
        changeover=timedelta(minutes=form.changeover.data or 0),
        changeover_min=timedelta(minutes=form.changeover_min.data or 0),
        kind=form.kind.data or SlotKind.SET,
        pinned=bool(form.pinned.data),
        early_ok=bool(form.early_ok.data),
        note=(form.note.data or "").strip() or None,
    )


def _refuse(form: SlotForm, refusal: ValueError) -> None:
    if isinstance(refusal, AmbiguousLocalTime | MissingLocalTime):
        form.starts.errors = [two_readings(refusal)]
    else:
        form.form_errors.append(str(refusal))


def _refused(slug: str, slot: Slot, refusal: ValueError) -> ResponseReturnValue:
    flash(str(refusal), "bad")
    return _back(slug, slot)


def _done(slug: str, slot: Slot | None, words: str) -> ResponseReturnValue:
    flash(words, "ok")
    return _back(slug, slot)


def _back(slug: str, slot: Slot | None = None) -> ResponseReturnValue:
    anchor = f"slot-{slot.key}" if slot else None
    return redirect(url_for("running_order.running_order", slug=slug, _anchor=anchor), 303)
