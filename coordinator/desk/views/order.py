"""The running order: plan it, move it, see what clashes and who was told what."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.fields.choices import SelectChoice

from ...clock import now
from ...core.show_time import AmbiguousLocalTime, MissingLocalTime
from ...events.actions import add_stage, set_curfew
from ...events.models import Event, Stage
from ...lineup.actions import SlotFacts, add_slot, edit_slot, move_slot, move_times, remove_slot
from ...lineup.models import Slot
from ...lineup.queries import slot_with_key
from ...lineup.refusals import CannotPlan
from ...web.guard import coordinator_required, the_coordinator
from ..forms import MoveTimesForm, SlotForm, StageForm
from ..queries.order import Order, instant_on, order_of
from .overview import our_event

bp = Blueprint("lineup", __name__)


@bp.get("/coordinate/<slug>/order")
@coordinator_required
def running_order(slug: str) -> ResponseReturnValue:
    return _page(our_event(slug))


@bp.post("/coordinate/<slug>/order/stages/<key>/slots")
@coordinator_required
def add(slug: str, key: str) -> ResponseReturnValue:
    """One more slot on the stage."""
    event, form = our_event(slug), SlotForm()
    stage = _stage(event, key)
    if form.validate_on_submit():
        try:
            slot = add_slot(stage, _facts(form, event), by=the_coordinator(), now=now())
        except (CannotPlan, AmbiguousLocalTime, MissingLocalTime) as refusal:
            _refuse(form, refusal)
        else:
            flash(_("%(name)s is in the running order.", name=slot.name))
            return _back(slug, slot)
    return _page(event, adding=(stage, form)), 422


@bp.post("/coordinate/<slug>/order/slots/<key>")
@coordinator_required
def edit(slug: str, key: str) -> ResponseReturnValue:
    """Change one slot."""
    event, form = our_event(slug), SlotForm()
    slot = _slot(event, key)
    if form.validate_on_submit():
        try:
            edit_slot(slot, _facts(form, event), by=the_coordinator(), now=now())
        except (CannotPlan, AmbiguousLocalTime, MissingLocalTime) as refusal:
            _refuse(form, refusal)
        else:
            flash(_("%(name)s is changed.", name=slot.name))
            return _back(slug, slot)
    return _page(event, editing=(slot, form)), 422


@bp.post("/coordinate/<slug>/order/slots/<key>/place")
@coordinator_required
def move(slug: str, key: str) -> ResponseReturnValue:
    """Up, down, or to a place: ``to`` is up, down or a number from 0."""
    event = our_event(slug)
    slot = _slot(event, key)
    wanted = request.form.get("to", "")
    if wanted in {"up", "down"}:
        place = slot.position + (1 if wanted == "down" else -1)
    elif wanted.isascii() and wanted.isdigit() and len(wanted) < 5:
        place = int(wanted)
    else:
        abort(400)
    move_slot(slot, place, by=the_coordinator(), now=now())
    flash(_("%(name)s is moved.", name=slot.name))
    return _back(slug, slot)


@bp.post("/coordinate/<slug>/order/slots/<key>/removal")
@coordinator_required
def remove(slug: str, key: str) -> ResponseReturnValue:
    event = our_event(slug)
    slot = _slot(event, key)
    name = slot.name
    try:
        remove_slot(slot, by=the_coordinator(), now=now(), sure=request.form.get("sure") == "1")
    except CannotPlan as refusal:
        flash(str(refusal), "bad")
        return _back(slug, slot)
    flash(_("%(name)s is removed.", name=name))
    return _back(slug)


@bp.post("/coordinate/<slug>/order/times")
@coordinator_required
def move_all(slug: str) -> ResponseReturnValue:
    """A slot and all that follow it: first shown, then moved."""
    event, form = our_event(slug), MoveTimesForm()
    slot = _slot(event, form.slot.data or "")
    if not form.validate_on_submit():
        return _page(event, moving=(slot, form, None)), 422
    minutes = form.minutes.data or 0
    if "move" not in request.form:
        return _page(event, moving=(slot, form, minutes))
    moved = move_times(slot, minutes, by=the_coordinator(), now=now())
    flash(ngettext("%(num)s slot is moved.", "%(num)s slots are moved.", len(moved)))
    return _back(slug, slot)


@bp.post("/coordinate/<slug>/order/stages")
@coordinator_required
def stage(slug: str) -> ResponseReturnValue:
    """Another stage, or another curfew."""
    event, form = our_event(slug), StageForm()
    if not form.validate_on_submit():
        return _page(event, staging=form), 422
    known = next((each for each in event.stages if each.name == (form.name.data or "").strip()), None)
    changed = known or add_stage(event, (form.name.data or "").strip())
    set_curfew(changed, instant_on(event, form.curfew.data) if form.curfew.data else None)
    flash(_("%(stage)s is kept.", stage=changed.name))
    return _back(slug)


def _page(event: Event, **forms: Any) -> str:
    """The page; ``forms`` are those that came back with mistakes."""
    order = order_of(event, now())
    return render_template("lineup/running_order.html", event=event, order=order, **_forms(order, **forms))


def _forms(
    order: Order,
    adding: tuple[Stage, SlotForm] | None = None,
    editing: tuple[Slot, SlotForm] | None = None,
    moving: tuple[Slot, MoveTimesForm, int | None] | None = None,
    staging: StageForm | None = None,
) -> dict[str, Any]:
    edits = {slot.key: SlotForm(formdata=None, data=_values(slot)) for slot in order.night.slots}
    adds = {each.stage.key: SlotForm(formdata=None, data=order.next_facts(each)) for each in order.night.stages}
    if editing:
        edits[editing[0].key] = editing[1]
    if adding:
        adds[adding[0].key] = adding[1]
    slot, move_form, minutes = moving or (None, MoveTimesForm(formdata=None), None)
    move_form.slot.choices = [SelectChoice(each.key, each.name) for each in order.night.slots]
    return {
        "edits": edits,
        "adds": adds,
        "move_form": move_form,
        "moves": order.moves(slot, minutes) if slot and minutes is not None else None,
        "stage_form": staging or StageForm(formdata=None),
    }


def _values(slot: Slot) -> dict[str, Any]:
    minute = timedelta(minutes=1)
    return {
        "name": slot.name,
        "starts": time.fromisoformat(slot.starts_local.partition("T")[2].removesuffix("b")),
        "passing": "1" if slot.starts_local.endswith("b") else "",
        "length": slot.length // minute,
        "changeover": slot.changeover // minute,
        "changeover_min": slot.changeover_min // minute,
        "kind": slot.kind,
        "pinned": slot.pinned,
        "early_ok": slot.early_ok,
        "note": slot.note,
    }


def _facts(form: SlotForm, event: Event) -> SlotFacts:
    """Raises AmbiguousLocalTime, MissingLocalTime."""
    passing = int(form.passing.data) if form.passing.data else None
    starts_at: datetime = instant_on(event, form.starts.data or time(20), passing)
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
    if isinstance(refusal, AmbiguousLocalTime):
        form.starts.errors = [_("That time comes twice that night. Choose the first or the second.")]
    elif isinstance(refusal, MissingLocalTime):
        form.starts.errors = [_("That time is skipped that night. Choose another, or which side you mean.")]
    else:
        form.form_errors.append(str(refusal))


def _stage(event: Event, key: str) -> Stage:
    return next((each for each in event.stages if each.key == key), None) or abort(404)


def _slot(event: Event, key: str) -> Slot:
    return slot_with_key(event.id, key) or abort(404)


def _back(slug: str, slot: Slot | None = None) -> ResponseReturnValue:
    anchor = f"slot-{slot.key}" if slot else None
    return redirect(url_for("lineup.running_order", slug=slug, _anchor=anchor), 303)
