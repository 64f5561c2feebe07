"""The page of the running order, with all its forms: those that came back with mistakes, and fresh ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from ...clock import now
from ...core.show_time import AmbiguousLocalTime
from ...events.models import Event, Stage
from ...lineup.models import Slot
from ...lineup.queries import acts_of
from ..forms import MoveTimesForm, SlotForm, StageForm
from ..planning import NewlyTold
from ..queries.order import Order, order_of

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Moving:
    """Times that are about to move: from which slot, by how many minutes (None: not said), and whom it concerns."""

    slot: Slot
    form: MoveTimesForm
    minutes: int | None = None
    told: tuple[NewlyTold, ...] = ()


def order_page(
    event: Event,
    *,
    adding: tuple[Stage, SlotForm] | None = None,
    editing: tuple[Slot, SlotForm] | None = None,
    moving: Moving | None = None,
    staging: tuple[Stage | None, StageForm] | None = None,
) -> str:
    """The page; what is given came back with mistakes, or is to be looked at once more."""
    order = order_of(event, now())
    edits = {slot.key: _edit_form(slot) for slot in order.night.slots}
    adds = {each.stage.key: _add_form(order, each.stage) for each in order.night.stages}
    stages = {each.stage.key: _stage_form(each.stage) for each in order.night.stages}
    if editing:
        edits[editing[0].key] = editing[1]
    if adding:
        adds[adding[0].key] = adding[1]
    if staging and staging[0]:
        stages[staging[0].key] = staging[1]
    return render_template(
        "lineup/running_order.html",
        event=event,
        order=order,
        acts=sorted({act.name for act in acts_of(event)}),
        edits=edits,
        adds=adds,
        stage_forms=stages,
        new_stage=staging[1] if staging and staging[0] is None else StageForm(formdata=None, prefix="new-stage"),
        **_moving(order, moving),
    )


def two_readings(refusal: ValueError) -> str:
    """Why a wall time is not clear, in the reader's language; the form then offers both readings."""
    if isinstance(refusal, AmbiguousLocalTime):
        return _("That time comes twice that night, because the clocks go back. Choose the first or the second.")
    return _(
        "That time does not exist that night, because the clocks go forward. Choose another, or which side you mean."
    )


def reading_of(text: str | None) -> tuple[time | None, str]:
    """A stored local time as a form shows it: what the clock says, and which passing where it says so twice."""
    clock = (text or "").partition("T")[2]
    return (time.fromisoformat(clock.removesuffix("b")), "1" if clock.endswith("b") else "") if clock else (None, "")


def _moving(order: Order, moving: Moving | None) -> dict[str, Any]:
    form = moving.form if moving else MoveTimesForm(formdata=None, prefix="times")
    form.slot.choices = [SelectChoice(slot.key, slot.name) for slot in order.night.slots]
    shown = moving is not None and moving.minutes is not None
    return {
        "move_form": form,
        "moves": order.moves(moving.slot, moving.minutes or 0) if moving and shown else None,
        "told": moving.told if moving else (),
    }


def _edit_form(slot: Slot) -> SlotForm:
    starts, passing = reading_of(slot.starts_local)
    values = {
        "name": slot.name,
        "starts": starts,
        "passing": passing,
        "length": slot.length // MINUTE,
        "changeover": slot.changeover // MINUTE,
        "changeover_min": slot.changeover_min // MINUTE,
        "kind": slot.kind,
        "pinned": slot.pinned,
        "early_ok": slot.early_ok,
        "note": slot.note,
    }
    return SlotForm(formdata=None, data=values, prefix=f"slot-{slot.id}")


def _add_form(order: Order, stage: Stage) -> SlotForm:
    return SlotForm(formdata=None, data=order.next_facts(order.night.on_stage(stage.id)), prefix=f"add-{stage.id}")


def _stage_form(stage: Stage) -> StageForm:
    curfew, passing = reading_of(stage.curfew_local)
    values = {"name": stage.name, "curfew": curfew, "passing": passing}
    return StageForm(formdata=None, data=values, prefix=f"stage-{stage.id}")
