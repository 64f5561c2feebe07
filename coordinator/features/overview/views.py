"""The overview of a show, and the list of all shows."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.show_days import ShowDay
from coordinator.events.actions.events import publish, unpublish
from coordinator.events.models import Event
from coordinator.features.show_night.previewing import PressPreview
from coordinator.features.show_night.said import accepting
from coordinator.lineup.actions.answers import answer_slot
from coordinator.lineup.actions.asking import ask_now
from coordinator.lineup.models import ActAnswer
from coordinator.lineup.queries import slot_with_key
from coordinator.reminders.previews.outlook import outlook
from coordinator.services import services
from coordinator.spoken import on_page
from coordinator.web.chosen_days import asked_day
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.languages import language
from coordinator.web.live import live_page
from coordinator.web.pause_status import event_etag

from .labels import ANSWERED
from .queries.overview import Lane, Overview, overview_of

bp = Blueprint("overview", __name__)


EDGE = timedelta(minutes=30)  # extra room at both ends of the lanes


@bp.get("/coordinate/<slug>")
@needs(Permission.SEE_PLAN)
def overview(slug: str) -> ResponseReturnValue:
    event, at = our_event(slug), now()
    return live_page(f"{event_etag(event, at)}-{request.args.get('day', '')}", lambda: _overview(event, at))


@bp.post("/coordinate/<slug>/answers/<key>")
@needs(Permission.EDIT_PLAN)
def answer(slug: str, key: str) -> ResponseReturnValue:
    """A coordinator answers for an act."""
    event = our_event(slug)
    slot = slot_with_key(event.id, key) or abort(404)
    wanted = request.form.get("answer", "")
    if wanted not in ANSWERED:
        abort(400)
    if wanted == ActAnswer.INVITED:
        ask_now(slot, actor=current_actor(), now=now())
    else:
        answer_slot(slot, wanted, actor=current_actor(), now=now())
    flash(str(ANSWERED[wanted]) % {"act": slot.name})
    if request.form.get("back") == "show":
        return redirect(url_for("show_night.show", slug=slug, stage=slot.stage.key), 303)
    return redirect(url_for("overview.overview", slug=slug), 303)


@bp.post("/coordinate/<slug>/publication")
@needs(Permission.PUBLISH)
def publication(slug: str) -> ResponseReturnValue:
    """Publish the lineup, or hide it."""
    event = our_event(slug)
    if request.form.get("published") == "1":
        publish(event, actor=current_actor(), now=now())
        flash(_("Everyone can see the lineup now."))
    else:
        unpublish(event, actor=current_actor(), now=now())
        flash(_("The lineup is hidden."))
    return redirect(url_for("overview.overview", slug=slug), 303)


def _overview(event: Event, at: datetime) -> str:
    seen = overview_of(event, at, asked_day(event, request.args, at))
    return render_template(
        "overview/overview.html",
        event=event,
        seen=seen,
        accepts=_accepts(seen, at),
        now=at,
        lanes=_lanes(seen),
        needs={"texts.planned": sum(need.kind in ("written", "failed") for need in seen.needs)},
        opens=_opens(event, seen.day, at),
    )


def _accepts(seen: Overview, at: datetime) -> dict[int, PressPreview]:
    """For each slot: what accepting the performer's statement about being late would do."""
    words = [need.late for need in seen.needs if need.late]
    if not words:
        return {}
    ahead = outlook(seen.event.id, at, sender=services().gateway.sender)
    return {word.slot.id: accepting(ahead, word) for word in words}


def _opens(event: Event, day: ShowDay, at: datetime) -> str:
    """How long until doors on that day, in words."""
    local = ZoneInfo(event.zone)
    days = (day.on - at.astimezone(local).date()).days
    if day.doors_at is not None and timedelta(0) < day.doors_at - at < timedelta(hours=20):
        hours, minutes = divmod((day.doors_at - at) // timedelta(minutes=1), 60)
        if hours:
            return _("Doors in %(hours)d h %(minutes)d min", hours=hours, minutes=minutes)
        return ngettext("Doors in %(num)s minute", "Doors in %(num)s minutes", minutes)
    if days > 1:
        return _("In %(days)d days", days=days)
    return {1: _("Tomorrow"), 0: _("Today")}.get(days, _("Over"))


def _lanes(seen: Overview) -> dict[str, object] | None:
    """The volunteers' evening in percent of its width; None if there are no shifts."""
    ends = [at for lane in seen.lanes for _shift, times in lane.shifts for at in (times.starts_at, times.ends_at) if at]
    if not ends:
        return None
    zone, says = ZoneInfo(seen.event.zone), on_page(seen.event.zone, language())
    first, last = min(ends) - EDGE, max(ends) + EDGE
    width = (last - first) / timedelta(hours=1)

    def place(at: datetime) -> float:
        return round((at - first) / timedelta(hours=1) / width * 100, 2)

    hour = first.astimezone(zone).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    scale = []
    step = timedelta(hours=1 if width <= 10 else 2)
    while hour < last:
        scale.append((place(hour), says.hour(hour)))
        hour += step
    return {"scale": scale, "marks": [at for at, _word in scale], "rows": [_lane(lane, place) for lane in seen.lanes]}


def _lane(lane: Lane, place: Callable[[datetime], float]) -> dict[str, object]:
    blocks = []
    for shift, times in lane.shifts:
        if times.starts_at and times.ends_at:
            kind = "ok" if not shift.places_left else "wait"
            length = max(1.5, place(times.ends_at) - place(times.starts_at))
            blocks.append({"from": place(times.starts_at), "length": length, "kind": kind, "times": times})
    return {"lane": lane, "blocks": blocks}
