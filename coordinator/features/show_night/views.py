"""Show night: what is on, what comes next, and every press with a preview of what it does."""

from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.show_days import ShowDay
from coordinator.events.models import Event
from coordinator.lineup.models import Slot
from coordinator.lineup.queries import slot_with_key
from coordinator.messaging.queries.calls import open_calls, ticked_calls
from coordinator.messaging.queries.texts import inbox
from coordinator.reminders.previews.outlook import outlook
from coordinator.services import services
from coordinator.shifts.queries.planned import shifts_of
from coordinator.shownight.actions.catching_up import Progress, WhatIsOn
from coordinator.shownight.actions.charge import give_back_charge, take_charge
from coordinator.shownight.actions.undoing import undo_press
from coordinator.shownight.models import Verb
from coordinator.shownight.queries import StageNight, night, press_of, presses_in_force
from coordinator.shownight.refusals import CannotPress
from coordinator.web.chosen_days import asked_day
from coordinator.web.guard import current_actor, must_run, needs, our_event, the_coordinator
from coordinator.web.live import live_page
from coordinator.web.pause_status import event_etag

from .actions import press_as_shown
from .asking import catch_up_as_shown
from .page import tonight
from .previewing import Asked, typed_minutes
from .queries import helpers_of, lines_of
from .said import said_on

bp = Blueprint("show_night", __name__)


@bp.get("/coordinate/<slug>/show")
@needs(Permission.SEE_PLAN)
def show(slug: str) -> ResponseReturnValue:
    """One stage of the night; ``?verb=late&slot=…&minutes=10`` previews a press."""
    event, at = our_event(slug), now()
    return live_page(_etag(event, at), lambda: _page(event, at))


@bp.post(f"/coordinate/<slug>/show/<slot_key>/<any({', '.join(Verb)}):verb>")
@needs(Permission.RUN_NIGHT)
def press(slug: str, slot_key: str, verb: str) -> ResponseReturnValue:
    """Make the press that was shown. If its effect has changed since, it is shown again, with what was typed."""
    event = our_event(slug)
    slot = slot_with_key(event.id, slot_key) or abort(404)
    must_run(slot.stage_id)
    minutes = typed_minutes(request.form)
    if "look" in request.form:
        return _preview_page(slug, verb, slot_key, minutes)
    proposed, sender = Asked(verb, slot, minutes).press, services().gateway.sender
    try:
        press_as_shown(
            event.id, proposed, request.form.get("shown", ""), actor=current_actor(), now=now(), sender=sender
        )
    except CannotPress:
        again = "night" if minutes == request.form.get("looked", "") else "minutes"
        return _preview_page(slug, verb, slot_key, minutes, again)
    return redirect(_page_of(event, slot), 303)


@bp.post("/coordinate/<slug>/show/now/<slot_key>/<any(on, over):progress>")
@needs(Permission.RUN_NIGHT)
def say(slug: str, slot_key: str, progress: Progress) -> ResponseReturnValue:
    """Say that this slot is on now, or over: missing presses are recorded at the times that were told."""
    event = our_event(slug)
    slot = slot_with_key(event.id, slot_key) or abort(404)
    must_run(slot.stage_id)
    what, shown, sender = WhatIsOn(slot.id, progress), request.form.get("shown", ""), services().gateway.sender
    try:
        catch_up_as_shown(event.id, what, shown, actor=current_actor(), now=now(), sender=sender)
    except CannotPress as refusal:
        flash(str(refusal), "bad")
    return redirect(_page_of(event, slot), 303)


@bp.post("/coordinate/<slug>/show/stages/<stage_key>")
@needs(Permission.RUN_NIGHT)
def charge(slug: str, stage_key: str) -> ResponseReturnValue:
    """Take charge of a stage, or give it back; ``of`` names the one who runs it."""
    event = our_event(slug)
    stage = next((stage for stage in event.stages if stage.key == stage_key), None) or abort(404)
    must_run(stage.id)
    if request.form.get("do") != "back":
        take_charge(stage.id, actor=current_actor(), now=now())
    elif request.form.get("of") == stage.attended_by:
        give_back_charge(stage.id, actor=current_actor(), now=now())
    return redirect(url_for(".show", slug=slug, stage=_stage_key(event, stage.id)), 303)


@bp.post("/coordinate/<slug>/show/undo/<int:press_id>")
@needs(Permission.RUN_NIGHT)
def undo(slug: str, press_id: int) -> ResponseReturnValue:
    """Undo the last press of a slot: one's own on this stage, or that ``of`` the named person."""
    event = our_event(slug)
    pressed = press_of(event.id, press_id) or abort(404)
    must_run(pressed.slot.stage_id)
    back = _page_of(event, pressed.slot)
    own_on = None if request.form.get("of") == pressed.by else request.form.get("stage", "")
    try:
        undo_press(press_id, actor=current_actor(), now=now(), own_on=own_on)
    except CannotPress as refusal:
        flash(str(refusal), "bad")
    return redirect(back, 303)


@bp.get("/coordinate/<slug>/people")
@needs(Permission.SEE_PLAN)
def people(slug: str) -> ResponseReturnValue:
    """Everyone of the show day that is on or next, with their phones: performers by slot, volunteers by shift."""
    event, at = our_event(slug), now()

    def page() -> str:
        seen, today = night(event.id, at).today, event.current_day(at)
        shifts = [shift for shift in shifts_of(event) if event.day_of(shift.starts_at) == today]
        lines, helpers = lines_of(seen), helpers_of(seen, shifts)
        calls, told = open_calls(event.id, at), ticked_calls(event.id, at)
        return render_template(
            "show_night/people.html",
            event=event,
            now=at,
            lines=lines,
            helpers=helpers,
            calls=calls,
            told=told,
            needs=_needs(),
        )

    return live_page(_etag(event, at), page)


def _page(event: Event, at: datetime) -> str:
    ahead = outlook(event.id, at, sender=services().gateway.sender)
    asked = _asked(event)
    day = _day(event, asked, at)
    stages = {stage.stage.key: stage for stage in ahead.night.stages_on(day)}
    stage = _stage(stages, asked)
    if stage is None:
        return render_template("show_night/show.html", event=event, now=at, shown=None, stages=[], needs=_needs())
    shown = tonight(ahead, stage, asked, presses_in_force(event.id), current_actor())
    return render_template(
        "show_night/show.html",
        event=event,
        now=at,
        shown=shown,
        said=said_on(ahead, stage),
        stages=event.stages,
        needs=_needs(),
        day=day,
        is_today=event.is_on(at) and day == event.current_day(at),
    )


def _day(event: Event, asked: Asked | None, at: datetime) -> ShowDay:
    """The chosen day, or the one of the previewed press, or else the day that is on, or the next."""
    return event.day_of(asked.slot.starts_at) if asked else asked_day(event, request.args, at)


def _stage(stages: dict[str, StageNight], asked: Asked | None) -> StageNight | None:
    """The chosen stage, or the one of the previewed press, or else the first."""
    key = asked.slot.stage.key if asked else request.args.get("stage", "")
    return stages.get(key) or next(iter(stages.values()), None)


def _asked(event: Event) -> Asked | None:
    verb, slot_key = request.args.get("verb", ""), request.args.get("slot", "")
    if verb not in list(Verb) or not slot_key:
        return None
    slot = slot_with_key(event.id, slot_key)
    return Asked(verb, slot, typed_minutes(request.args), request.args.get("again", "")) if slot else None


def _preview_page(slug: str, verb: str, slot_key: str, minutes: str, again: str | None = None) -> ResponseReturnValue:
    """The page with a preview of this press."""
    look = f"look-{verb}-{slot_key}"
    page = url_for(".show", slug=slug, verb=verb, slot=slot_key, minutes=minutes or None, again=again, _anchor=look)
    return redirect(page, 303)


def _page_of(event: Event, slot: Slot) -> str:
    """The page of the slot's stage, and of its day if that is not the one that is on or next."""
    day = event.day_of(slot.starts_at)
    chosen = None if day == event.current_day(now()) else day.on.isoformat()
    return url_for(".show", slug=event.slug, stage=_stage_key(event, slot.stage_id), day=chosen)


def _stage_key(event: Event, stage_id: int) -> str | None:
    """The stage to return to; None if there is only one."""
    keys = {stage.id: stage.key for stage in event.stages}
    return keys[stage_id] if len(keys) > 1 else None


def _etag(event: Event, at: datetime) -> str:
    """The ETag of the page, including which stage and press it shows."""
    return f"{event_etag(event, at)}-{request.full_path}"


def _needs() -> dict[str, int]:
    return {"texts.planned": len(inbox(the_coordinator().organisation_id))}
