"""What is pressed on the night. Each press is the one that was shown, and leads back to the page of its stage."""

from datetime import datetime, timedelta
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.lineup.actions.answers import mark_side_stage, say_here
from coordinator.lineup.models import Slot
from coordinator.lineup.queries import slot_with_key
from coordinator.lineup.refusals import TooEarly
from coordinator.messaging.queries.calls import call_of
from coordinator.reminders.actions.calls import call_made
from coordinator.reminders.queries.call_times import called_at
from coordinator.services import services
from coordinator.shownight.actions.catching_up import Progress, WhatIsOn
from coordinator.shownight.actions.charge import give_back_charge, take_charge
from coordinator.shownight.actions.undoing import undo_press
from coordinator.shownight.models import Press, Verb
from coordinator.shownight.queries import night, press_of, presses_in_force
from coordinator.shownight.refusals import CannotPress
from coordinator.web.guard import current_actor, must_run, needs, our_event
from coordinator.web.offline import LONGEST_KEY

from ..actions import Shown, press_as_shown
from ..asking import catch_up_as_shown
from ..previewing import Asked, asked_in
from .blueprint import bp, page_of, stage_to_show

AT_ONCE = timedelta(minutes=1)  # two who press the same within this meant the same
KEPT = ("minutes", "by", "other", "clock", "at", "corrects")  # what was chosen or typed, when a press is shown again


@bp.post(f"/coordinate/<slug>/show/<slot_key>/<any({', '.join(Verb)}):verb>")
@needs(Permission.RUN_NIGHT)
def press(slug: str, slot_key: str, verb: str) -> ResponseReturnValue:
    """Make the press that was shown. If its effect has changed since, it is shown again, with what was typed.

    ``clock`` or ``at`` say when it really was; ``key`` makes a press that is sent twice count once.
    """
    event, at, slot = our_event(slug), now(), _slot(slug, slot_key)
    asked, actor, sender = asked_in(request.form, verb, slot), current_actor(), services().gateway.sender
    if "look" in request.form:
        return _preview_page(asked)
    shown = Shown(request.form.get("shown", ""), request.form.get("key", "")[:LONGEST_KEY] or None)
    try:
        press_as_shown(event.id, asked.press(at), shown, actor=actor, now=at, sender=sender)
    except CannotPress:
        other = _pressed_just_now(event, asked, at)
        if other is None:
            typed = asked.chosen or asked.minutes
            return _preview_page(asked, "night" if typed == request.form.get("looked", "") else "minutes")
        flash(_marked_just_now(other, at), "wait")
    return redirect(page_of(event, slot), 303)


@bp.post("/coordinate/<slug>/show/now/<slot_key>/<any(on, over):progress>")
@needs(Permission.RUN_NIGHT)
def say(slug: str, slot_key: str, progress: Progress) -> ResponseReturnValue:
    """Say that this slot is on now, or over: missing presses are recorded at the times that were told."""
    event, slot = our_event(slug), _slot(slug, slot_key)
    what, shown, sender = WhatIsOn(slot.id, progress), request.form.get("shown", ""), services().gateway.sender
    try:
        catch_up_as_shown(event.id, what, shown, actor=current_actor(), now=now(), sender=sender)
    except CannotPress as refusal:
        flash(str(refusal), "bad")
    return redirect(page_of(event, slot), 303)


@bp.post("/coordinate/<slug>/show/here/<slot_key>")
@needs(Permission.RUN_NIGHT)
def here(slug: str, slot_key: str) -> ResponseReturnValue:
    """Mark the act as here; with ``undo`` as not here after all."""
    event, at, slot = our_event(slug), now(), _slot(slug, slot_key)
    undo = bool(request.form.get("undo"))
    try:
        say_here(slot, call_at=called_at(slot, at), actor=current_actor(), now=at, undo=undo)
    except TooEarly as refusal:
        flash(str(refusal), "wait")
    return redirect(page_of(event, slot), 303)


@bp.post("/coordinate/<slug>/people/<slot_key>/<any('here', 'side-stage'):place>")
@needs(Permission.RUN_NIGHT)
def arrived(slug: str, slot_key: str, place: str) -> ResponseReturnValue:
    """Mark the act as here or beside the stage, on the page of arrivals; with ``undo`` as not after all."""
    event, at, slot = our_event(slug), now(), _slot(slug, slot_key)
    undo = bool(request.form.get("undo"))
    try:
        if place == "here":
            say_here(slot, call_at=called_at(slot, at), actor=current_actor(), now=at, undo=undo)
        else:
            mark_side_stage(slot, actor=current_actor(), now=at, undo=undo)
    except TooEarly as refusal:
        flash(str(refusal), "wait")
    return redirect(url_for(".people", slug=event.slug), 303)


@bp.post("/coordinate/<slug>/show/calls/<int:call_id>")
@needs(Permission.RUN_NIGHT)
def told(slug: str, call_id: int) -> ResponseReturnValue:
    """Somebody has been called about a slot on one's own stage."""
    event, at = our_event(slug), now()
    call = call_of(event.id, call_id) or abort(404)
    slot = next((slot for slot in night(event.id, at).slots if slot.id == call.slot_id), None) or abort(404)
    must_run(slot.stage_id)
    call_made(event, call, actor=current_actor(), now=at)
    flash(_("%(name)s has been told.", name=call.person.name), "ok")
    return redirect(page_of(event, slot), 303)


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
    return redirect(url_for(".show", slug=slug, stage=stage_to_show(event, stage.id)), 303)


@bp.post("/coordinate/<slug>/show/undo/<int:press_id>")
@needs(Permission.RUN_NIGHT)
def undo(slug: str, press_id: int) -> ResponseReturnValue:
    """Undo the last press of a slot: one's own on this stage, or that ``of`` the named person."""
    event = our_event(slug)
    pressed = press_of(event.id, press_id) or abort(404)
    must_run(pressed.slot.stage_id)
    back = page_of(event, pressed.slot)
    own_on = None if request.form.get("of") == pressed.by else request.form.get("stage", "")
    try:
        undo_press(press_id, actor=current_actor(), now=now(), own_on=own_on)
    except CannotPress as refusal:
        flash(str(refusal), "bad")
    return redirect(back, 303)


def _slot(slug: str, slot_key: str) -> Slot:
    """The slot of this key, on a stage that is the reader's to run; aborts with 404 or 403."""
    slot = slot_with_key(our_event(slug).id, slot_key) or abort(404)
    must_run(slot.stage_id)
    return slot


def _pressed_just_now(event: Event, asked: Asked, at: datetime) -> Press | None:
    """The same press, made by somebody else a moment ago."""
    made = presses_in_force(event.id).get(asked.slot.id)
    actor = current_actor()
    if made is None or made.verb != asked.verb or at - made.pressed_at > AT_ONCE:
        return None
    if made.is_by(actor.name, actor.coordinator_id) or (
        made.minutes is not None and str(made.minutes) != asked.minutes
    ):
        return None
    return made


def _marked_just_now(made: Press, at: datetime) -> str:
    seconds = max((at - made.pressed_at) // timedelta(seconds=1), 1)
    return ngettext(
        "%(by)s marked that %(num)s second ago.", "%(by)s marked that %(num)s seconds ago.", seconds, by=made.by
    )


def _preview_page(asked: Asked, again: str | None = None) -> ResponseReturnValue:
    """The page with a preview of this press."""
    typed: dict[str, Any] = {name: request.form.get(name) or None for name in KEPT}
    if asked.by:
        typed["minutes"] = None
    typed |= {"verb": asked.verb, "slot": asked.slot.key, "again": again}
    page = url_for(".show", slug=asked.slot.event.slug, **typed, _anchor=f"look-{asked.verb}-{asked.slot.key}")
    return redirect(page, 303)
