"""The running-order page with all its forms: submitted ones with errors, and fresh ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from coordinator.clock import now
from coordinator.core.show_days import ShowDay
from coordinator.events.models import Event, Stage
from coordinator.lineup.models import Slot
from coordinator.lineup.queries import acts_of
from coordinator.reminders.previews.effects import Consequences
from coordinator.shownight.queries import StageNight
from coordinator.web.filters import clock_on, day_short
from coordinator.web.times_of_days import fields_of_days, form_of_days, name_on, times_shown
from coordinator.web.wall_times import reading_of

from ..forms import MoveTimesForm, SlotForm, StageForm
from ..queries import Order, order_of

MINUTE = timedelta(minutes=1)
MOST_FORMS = 40  # of slots on one page; more would make it slow on a phone


@dataclass(frozen=True, slots=True)
class Moving:
    """Times that are about to move: from which slot on, and what that does; None while unknown."""

    slot: Slot
    form: MoveTimesForm
    found: Consequences | None = None


def order_page(
    event: Event,
    *,
    adding: tuple[tuple[str, Date], SlotForm] | None = None,
    editing: tuple[Slot, SlotForm] | None = None,
    moving: Moving | None = None,
    staging: tuple[Stage | None, StageForm] | None = None,
) -> str:
    """Render the page; given forms were submitted with errors, or need confirmation."""
    order = order_of(event, now())
    edits = {slot.key: _filled_edit_form(event, slot) for slot in _with_forms(order)}
    adds = {(each.stage.key, each.day.on): _filled_add_form(order, each) for each in order.night.stages}
    stages = {stage.key: _filled_stage_form(event, stage) for stage in event.stages}
    if editing:
        edits[editing[0].key] = editing[1]
    if adding:
        adds[adding[0]] = adding[1]
    if staging and staging[0]:
        stages[staging[0].key] = staging[1]
    return render_template(
        "running_order/running_order.html",
        event=event,
        order=order,
        acts=sorted({act.name for act in acts_of(event)}),
        edits=edits,
        adds=adds,
        stage_forms=stages,
        stage_curfews=lambda form: [field for _day, field in fields_of_days(form, "curfew", event)],
        curfews_of=lambda stage: [at for day in event.days if (at := day.curfew_at(stage.key))],
        new_stage=staging[1] if staging and staging[0] is None else stage_form(event, None, formdata=None),
        **_moving(order, moving),
    )


def _with_forms(order: Order) -> Sequence[Slot]:
    """The slots whose form is on the page: all of a small show, else the one that the address asks for."""
    asked_for = request.args.get("change", "")
    slots = order.night.slots
    return slots if len(slots) <= MOST_FORMS else [slot for slot in slots if slot.key == asked_for]


def _moving(order: Order, moving: Moving | None) -> dict[str, object]:
    form = moving.form if moving else MoveTimesForm(formdata=None, prefix="times")
    form.slot.choices = [SelectChoice(slot.key, _slot_word(order.night.event, slot)) for slot in order.night.slots]
    return {
        "move_form": form,
        "stays": order.that_stay(moving.slot) if moving and moving.found else [],
        "found": moving.found if moving else None,
    }


def _slot_word(event: Event, slot: Slot) -> str:
    return slot.name if len(event.days) == 1 else f"{slot.name}, {clock_on(slot.starts_at, event)}"


def edit_form(event: Event, slot: Slot, **filled: Any) -> SlotForm:
    """The form that changes a slot, as submitted or ``filled``."""
    return _with_days(SlotForm(prefix=f"slot-{slot.id}", **filled), event)


def add_form(event: Event, stage: Stage, day: ShowDay, **filled: Any) -> SlotForm:
    """The form that adds a slot to a stage on this day, as submitted or ``filled``."""
    form = SlotForm(prefix=name_on(f"add-{stage.id}", event, day), **filled)
    del form.on
    return form


def stage_form(event: Event, stage: Stage | None, **filled: Any) -> StageForm:
    """The form of a stage (None: of a new one), with a curfew for each show day, as submitted or ``filled``."""
    kind = form_of_days(StageForm, "curfew", _("Curfew"), event)
    return kind(prefix=f"stage-{stage.id}" if stage else "new-stage", **filled)


def _with_days(form: SlotForm, event: Event) -> SlotForm:
    if len(event.days) == 1:
        del form.on
    else:
        form.on.choices = [SelectChoice(on.isoformat(), day_short(on, event.zone)) for on in event.dates]
    return form


def _filled_edit_form(event: Event, slot: Slot) -> SlotForm:
    starts, dst_fold = reading_of(slot.starts_local)
    values = {
        "name": slot.name,
        "on": event.day_of(slot.starts_at).on.isoformat(),
        "starts": starts,
        "dst_fold": dst_fold,
        "length": slot.length // MINUTE,
        "changeover": slot.changeover // MINUTE,
        "changeover_min": slot.changeover_min // MINUTE,
        "kind": slot.kind,
        "pinned": slot.pinned,
        "early_ok": slot.early_ok,
        "note": slot.note,
    }
    return edit_form(event, slot, formdata=None, data=values)


def _filled_add_form(order: Order, stage: StageNight) -> SlotForm:
    return add_form(order.night.event, stage.stage, stage.day, formdata=None, data=order.next_facts(stage))


def _filled_stage_form(event: Event, stage: Stage) -> StageForm:
    values = times_shown("curfew", event, lambda day: day.curfew_at(stage.key))
    return stage_form(event, stage, formdata=None, data={"name": stage.name, **values})
