"""The show night: what is on, what comes next, and every press with what it does, said before it is pressed."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...clock import now
from ...core.show_time import show_day, zone_named
from ...events.models import Event
from ...house import house
from ...lineup.queries import slot_with_key
from ...messaging.queries import inbox
from ...shifts.queries import shifts_of
from ...shownight.actions import ProposedPress, undo_press
from ...shownight.actions import press as press_it
from ...shownight.models import VERBS
from ...shownight.queries import StageNight, night, press_of, standing_presses
from ...shownight.refusals import CannotPress
from ...web.guard import coordinator_required, the_coordinator
from ...web.live import live_page
from ..calling import helpers_of, lines_of
from ..previews import outlook
from ..tonight import Asked, tonight, whole_number
from .overview import live_etag, our_event
from .signing import by_whoever

bp = Blueprint("show", __name__)


@bp.get("/coordinate/<slug>/show")
@coordinator_required
def show(slug: str) -> ResponseReturnValue:
    """One stage of the night; ``?verb=late&slot=…&minutes=10`` looks at a press before it is pressed."""
    event, at = our_event(slug), now()
    return live_page(_etag(event, at), lambda: _page(event, at))


@bp.post(f"/coordinate/<slug>/show/<slot_key>/<any({', '.join(VERBS)}):verb>")
@coordinator_required
def press(slug: str, slot_key: str, verb: str) -> ResponseReturnValue:
    """Press. A refusal comes back as a sentence, beside what was asked."""
    event = our_event(slug)
    slot = slot_with_key(event.id, slot_key) or abort(404)
    minutes = request.form.get("minutes", "")
    try:
        press_it(ProposedPress(verb, slot.id, whole_number(minutes)), by=by_whoever(), now=now())
    except CannotPress as refusal:
        flash(str(refusal), "bad")
        return redirect(url_for(".show", slug=slug, verb=verb, slot=slot_key, minutes=minutes or None), 303)
    return redirect(url_for(".show", slug=slug, stage=_stage_key(event, slot.stage_id)), 303)


@bp.post("/coordinate/<slug>/show/undo/<int:press_id>")
@coordinator_required
def undo(slug: str, press_id: int) -> ResponseReturnValue:
    """Take a press back, as long as it is the last one of its slot."""
    event = our_event(slug)
    standing = press_of(event.id, press_id) or abort(404)
    back = url_for(".show", slug=slug, stage=_stage_key(event, standing.slot.stage_id))
    try:
        undo_press(press_id, by=by_whoever(), now=now())
    except CannotPress as refusal:
        flash(str(refusal), "bad")
    return redirect(back, 303)


@bp.get("/coordinate/<slug>/people")
@coordinator_required
def people(slug: str) -> ResponseReturnValue:
    """Everybody of the night with their phones: performers by slot, volunteers by shift."""
    event, at = our_event(slug), now()

    def page() -> str:
        seen = night(event.id, at)
        lines, helpers = lines_of(seen), helpers_of(seen, shifts_of(event))
        return render_template("desk/people.html", event=event, now=at, lines=lines, helpers=helpers, needs=_needs())

    return live_page(_etag(event, at), page)


def _page(event: Event, at: datetime) -> str:
    ahead = outlook(event.id, at, sender=house().gateway.sender)
    asked = _asked(event)
    stages = {stage.stage.key: stage for stage in ahead.night.stages}
    stage = _stage(stages, asked)
    if stage is None:
        return render_template("desk/show.html", event=event, now=at, shown=None, stages=[], needs=_needs())
    shown = tonight(ahead, stage, asked, standing_presses(event.id))
    listed = [each.stage for each in ahead.night.stages]
    is_today = show_day(at, zone_named(event.zone)) == event.date
    return render_template(
        "desk/show.html", event=event, now=at, shown=shown, stages=listed, needs=_needs(), is_today=is_today
    )


def _stage(stages: dict[str, StageNight], asked: Asked | None) -> StageNight | None:
    """The stage that was chosen, or the one of the press that is looked at, or else the first."""
    key = asked.slot.stage.key if asked else request.args.get("stage", "")
    return stages.get(key) or next(iter(stages.values()), None)


def _asked(event: Event) -> Asked | None:
    verb, slot_key = request.args.get("verb", ""), request.args.get("slot", "")
    if verb not in VERBS or not slot_key:
        return None
    minutes = request.args.get("minutes", "")
    slot = slot_with_key(event.id, slot_key)
    return Asked(verb, slot, request.args.get("other", "") if minutes == "other" else minutes) if slot else None


def _stage_key(event: Event, stage_id: int) -> str | None:
    """The stage to come back to; None where there is only one."""
    keys = {stage.id: stage.key for stage in event.stages}
    return keys[stage_id] if len(keys) > 1 else None


def _etag(event: Event, at: datetime) -> str:
    """What the page shows, in a word; which stage and which press are looked at is part of it."""
    return f"{live_etag(event, at)}-{request.full_path}"


def _needs() -> dict[str, int]:
    return {"texts.planned": len(inbox(the_coordinator().organisation_id))}
