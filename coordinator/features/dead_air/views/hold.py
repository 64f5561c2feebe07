"""Holding a stage, and letting it go on."""

from datetime import datetime
from functools import partial

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.rules import UNDO
from coordinator.events.models import Event, Stage
from coordinator.features.running_order.views.asking import what_it_does
from coordinator.reminders.actions.stage_holds import go_on_and_tell, hold_and_tell, undo_hold_and_tell
from coordinator.reminders.previews.queued import QueuedText, queued_by, texts_of
from coordinator.services import services
from coordinator.shownight.actions.holding import MOST_REASON
from coordinator.shownight.labels import HOLD_REASONS
from coordinator.shownight.queries import night
from coordinator.shownight.refusals import CannotPress
from coordinator.web.guard import current_actor, must_run, needs, our_event, we_may_run

from ..queries import untold_of
from .blueprint import bp

AT = "/coordinate/<slug>/hold/<stage_key>"
BLANK = "___"  # where the reason will stand
MINUTES = ("0", "5", "10", "15", "20", "30")


@bp.get(AT)
@needs(Permission.SEE_PLAN)
def hold(slug: str, stage_key: str) -> ResponseReturnValue:
    """Hold this stage, or let it go on; ``?minutes=10`` shows what that would move."""
    event = our_event(slug)
    return _page(event, _stage(event, stage_key), now())


@bp.post(AT)
@needs(Permission.RUN_NIGHT)
def press(slug: str, stage_key: str) -> ResponseReturnValue:
    """Hold the stage for a ``reason``; ``do=go-on`` lets it go on in ``minutes``, ``do=undo`` as if never held."""
    event, at = our_event(slug), now()
    stage = _stage(event, stage_key)
    must_run(stage.id)
    try:
        if request.form.get("do") == "go-on":
            go_on_and_tell(stage.id, _minutes(request.form.get("minutes", "")), actor=current_actor(), now=at)
        elif request.form.get("do") == "undo":
            undo_hold_and_tell(stage.id, actor=current_actor(), now=at)
        else:
            hold_and_tell(stage.id, _reason(), actor=current_actor(), now=at, sender=services().gateway.sender)
            return redirect(url_for(".hold", slug=slug, stage_key=stage_key), 303)
    except CannotPress as refusal:
        return _page(event, stage, at, str(refusal)), 422
    return redirect(url_for("show_night.show", slug=slug, stage=stage.key), 303)


def _page(event: Event, stage: Stage, at: datetime, error: str = "") -> str:
    since_at = night(event.id, at).on_stage(stage.id).held_since_at
    chosen = request.values.get("minutes", "10")
    minutes, found = _minutes(chosen), None
    actor, sender = current_actor(), services().gateway.sender
    said: list[QueuedText] = []
    if since_at is None and we_may_run(stage.id):
        holding = partial(hold_and_tell, stage.id, _reason() or BLANK, actor=actor, now=at, sender=sender)
        said = texts_of(event.id, holding, at)
    elif since_at is not None and minutes is not None:
        going_on = partial(go_on_and_tell, stage.id, minutes, actor=actor, now=at)
        try:
            found = what_it_does(event, lambda: said.extend(queued_by(event.id, going_on, at)), at)
        except CannotPress as refusal:
            error = str(refusal)
    tonight = night(event.id, at)  # read after the trials, which forget what was read before them
    seen = tonight.on_stage(stage.id)
    return render_template(
        "dead_air/hold.html",
        event=event,
        now=at,
        stage=seen,
        untold=untold_of(tonight, seen, sender),
        found=found,
        may_undo=since_at is not None and at < since_at + UNDO,
        said=said,
        chosen=chosen,
        choices=MINUTES,
        reasons=HOLD_REASONS,
        most=MOST_REASON,
        typed=request.form,
        error=error,
    )


def _stage(event: Event, key: str) -> Stage:
    return next((each for each in event.stages if each.key == key), None) or abort(404)


def _reason() -> str:
    """The key of an offered reason, or somebody's own words; "" if there are none yet."""
    return request.form.get("other", "").strip() or request.form.get("reason", "")


def _minutes(written: str) -> int | None:
    written = written.strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else None
