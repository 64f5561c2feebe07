"""The card of one changeover: on a phone in the wings, live for everybody who looks at it."""

from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.features.show_night.previewing import Asked, preview_press
from coordinator.lineup.models import Slot
from coordinator.lineup.queries import slot_with_key
from coordinator.reminders.previews.outlook import outlook
from coordinator.services import services
from coordinator.shownight.actions.ready import tick_ready, untick_ready
from coordinator.shownight.models import ReadyPart, Verb
from coordinator.shownight.refusals import CannotPress
from coordinator.web.guard import current_actor, must_run, needs, our_event, we_may_run
from coordinator.web.live import live_page
from coordinator.web.pause_status import event_etag

from . import labels
from .queries import changeover_before

bp = Blueprint("changeover", __name__)


@bp.get("/coordinate/<slug>/changeover/<slot_key>")
@needs(Permission.SEE_PLAN)
def card(slug: str, slot_key: str) -> ResponseReturnValue:
    """Who leaves, who comes, who helps, the minutes, and what is ready."""
    event, at = our_event(slug), now()
    slot = slot_with_key(event.id, slot_key) or abort(404)
    return live_page(f"{event_etag(event, at)}-{slot.id}", lambda: _page(event, slot, at))


@bp.post(f"/coordinate/<slug>/changeover/<slot_key>/<any({', '.join(ReadyPart)}):part>")
@needs(Permission.RUN_NIGHT)
def tick(slug: str, slot_key: str, part: str) -> ResponseReturnValue:
    """This part is ready; with ``undo`` it is not after all."""
    event = our_event(slug)
    slot = slot_with_key(event.id, slot_key) or abort(404)
    must_run(slot.stage_id)
    change = untick_ready if request.form.get("undo") == "1" else tick_ready
    try:
        change(slot.id, ReadyPart(part), actor=current_actor(), now=now())
    except CannotPress as refusal:
        flash(str(refusal), "wait")
    return redirect(url_for(".card", slug=slug, slot_key=slot_key), 303)


def _page(event: Event, slot: Slot, at: datetime) -> str:
    ahead = outlook(event.id, at, sender=services().gateway.sender)
    change = changeover_before(ahead.night, next(each for each in ahead.night.slots if each.id == slot.id))
    offers_start = change.is_to_come and change.is_ready and we_may_run(slot.stage_id)
    return render_template(
        "changeover/card.html",
        event=event,
        now=at,
        change=change,
        labels=labels,
        start=preview_press(ahead, Asked(Verb.START, change.slot)) if offers_start else None,
    )
