"""The running order: plan it, move it, see what clashes and who was told what."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from ...clock import now
from ...core.show_time import AmbiguousLocalTime, MissingLocalTime
from ...events.models import Event, Stage
from ...lineup.actions import SlotFacts, add_slot, edit_slot, move_slot, move_times, remove_slot
from ...lineup.models import Slot
from ...lineup.queries import slot_with_key
from ...lineup.refusals import CannotPlan, SlotIsConfirmed
from ...shownight.actions import cancel_slot, restore_slot
from ...shownight.refusals import CannotPress
from ...web.guard import coordinator_required, the_coordinator
from ..forms import MoveTimesForm, SlotForm
from ..planning import change_plan
from ..queries.order import instant_on
from .asking import asked, kept_or_asked, whom_it_concerns
from .order_page import Moving, order_page, two_readings
from .overview import our_event
from .signing import by_whoever

bp = Blueprint("lineup", __name__)


@bp.get("/coordinate/<slug>/order")
@coordinator_required
def running_order(slug: str) -> ResponseReturnValue:
    return order_page(our_event(slug))


@bp.post("/coordinate/<slug>/order/stages/<key>/slots")
@coordinator_required
def add(slug: str, key: str) -> ResponseReturnValue:
    """One more slot on the stage."""
    event, at, by = our_event(slug), now(), the_coordinator()
    stage = stage_of(event, key)
    form = SlotForm(prefix=f"add-{stage.id}")
    if form.validate_on_submit():
        try:
            facts = _facts(form, event)
            question = _("Add %(name)s?", name=facts.name)
            page = kept_or_asked(event, lambda: add_slot(stage, facts, by=by, now=at), question, at)
        except (CannotPlan, AmbiguousLocalTime, MissingLocalTime) as refusal:
            _refuse(form, refusal)
        else:
            return page or _done(slug, None, _("%(name)s is in the running order.", name=facts.name))
    return order_page(event, adding=(stage, form)), 422


@bp.post("/coordinate/<slug>/order/slots/<key>")
@coordinator_required
def edit(slug: str, key: str) -> ResponseReturnValue:
    """Change one slot."""
    event, at, by = our_event(slug), now(), the_coordinator()
    slot = _slot(event, key)
    form = SlotForm(prefix=f"slot-{slot.id}")
    if form.validate_on_submit():
        try:
            facts = _facts(form, event)
            question = _("Change %(name)s?", name=slot.name)
            page = kept_or_asked(event, lambda: edit_slot(slot, facts, by=by, now=at), question, at)
        except (CannotPlan, AmbiguousLocalTime, MissingLocalTime) as refusal:
            _refuse(form, refusal)
        else:
            return page or _done(slug, slot, _("%(name)s is changed.", name=slot.name))
    return order_page(event, editing=(slot, form)), 422


@bp.post("/coordinate/<slug>/order/slots/<key>/place")
@coordinator_required
def move(slug: str, key: str) -> ResponseReturnValue:
    """Up, down, or to a place: ``to`` is up, down or a number from 0."""
    event, at, by = our_event(slug), now(), the_coordinator()
    slot = _slot(event, key)
    wanted = request.form.get("to", "")
    if wanted in {"up", "down"}:
        place = slot.position + (1 if wanted == "down" else -1)
    elif wanted.isascii() and wanted.isdigit() and len(wanted) < 5:
        place = int(wanted)
    else:
        abort(400)
    question = _("Move %(name)s?", name=slot.name)
    try:
        page = kept_or_asked(event, lambda: move_slot(slot, place, by=by, now=at), question, at)
    except CannotPlan as refusal:
        return _refused(slug, slot, refusal)
    return page or _done(slug, slot, _("%(name)s is moved.", name=slot.name))


@bp.post("/coordinate/<slug>/order/slots/<key>/removal")
@coordinator_required
def remove(slug: str, key: str) -> ResponseReturnValue:
    """Take a slot out of the plan; one that said yes only when that is meant."""
    event, at, by = our_event(slug), now(), the_coordinator()
    slot, sure = _slot(event, key), request.form.get("sure") == "1"
    name = slot.name
    try:
        change_plan(event, lambda: remove_slot(slot, by=by, now=at, sure=sure))
    except SlotIsConfirmed:
        return asked(event, _("%(name)s has said yes. Remove the slot all the same?", name=name))
    except CannotPlan as refusal:
        return _refused(slug, slot, refusal)
    return _done(slug, None, _("%(name)s is removed.", name=name))


@bp.post("/coordinate/<slug>/order/slots/<key>/cancellation")
@coordinator_required
def cancel(slug: str, key: str) -> ResponseReturnValue:
    """The slot does not take place and stays in the order; with ``undo`` it takes place after all."""
    event, at = our_event(slug), now()
    slot, by = _slot(event, key), by_whoever()
    press = restore_slot if request.form.get("undo") else cancel_slot
    question = _("Bring %(name)s back?") if press is restore_slot else _("Cancel %(name)s?")
    try:
        page = kept_or_asked(event, lambda: press(slot.id, by=by, now=at), question % {"name": slot.name}, at)
    except CannotPress as refusal:
        return _refused(slug, slot, refusal)
    words = _("%(name)s takes place.") if press is restore_slot else _("%(name)s is cancelled.")
    return page or _done(slug, slot, words % {"name": slot.name})


@bp.post("/coordinate/<slug>/order/times")
@coordinator_required
def move_all(slug: str) -> ResponseReturnValue:
    """A slot and all that follow it: first shown, then moved."""
    event, at, by, form = our_event(slug), now(), the_coordinator(), MoveTimesForm(prefix="times")
    slot = _slot(event, form.slot.data or "")
    if not form.validate_on_submit():
        return order_page(event, moving=Moving(slot, form)), 422
    minutes = form.minutes.data or 0
    try:
        if "move" not in request.form:
            told = whom_it_concerns(event, lambda: move_times(slot, minutes, by=by, now=at), at)
            return order_page(event, moving=Moving(slot, form, minutes, told))
        moved = change_plan(event, lambda: move_times(slot, minutes, by=by, now=at))
    except CannotPlan as refusal:
        form.minutes.errors = [str(refusal)]
        return order_page(event, moving=Moving(slot, form)), 422
    return _done(slug, slot, ngettext("%(num)s slot is moved.", "%(num)s slots are moved.", len(moved)))


def stage_of(event: Event, key: str) -> Stage:
    """The event's stage with this key; else there is no such page."""
    return next((each for each in event.stages if each.key == key), None) or abort(404)


def _slot(event: Event, key: str) -> Slot:
    return slot_with_key(event.id, key) or abort(404)


def _facts(form: SlotForm, event: Event) -> SlotFacts:
    """Raises AmbiguousLocalTime, MissingLocalTime."""
    starts_at: datetime = instant_on(event, form.starts.data or time(20), form.reading)
    return SlotFacts(
        name=form.name.data or "",
        starts_at=starts_at,
        length=timedelta(minutes=form.length.data or 0),
        changeover=timedelta(minutes=form.changeover.data or 0),
        changeover_min=timedelta(minutes=form.changeover_min.data or 0),
        kind=form.kind.data or "set",
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
    return redirect(url_for("lineup.running_order", slug=slug, _anchor=anchor), 303)
