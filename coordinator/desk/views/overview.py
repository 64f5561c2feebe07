"""The overview of a show, and the list of all shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...clock import now
from ...events.actions import publish, unpublish
from ...events.models import Event
from ...events.queries import event_for, events_of
from ...lineup.actions import answer_slot
from ...lineup.queries import slot_with_key
from ...messaging.queries import last_change
from ...web.guard import coordinator_required, the_coordinator
from ...web.live import live_page
from ..queries import Lane, Overview, overview_of, standing_of

bp = Blueprint("desk", __name__)

EDGE = timedelta(minutes=30)  # room at both ends of the lanes


def our_event(slug: str) -> Event:
    """The event of this slug if it is one of ours; else there is no such page."""
    event = event_for(the_coordinator(), slug)
    if event is None:
        abort(404)
    return event


def live_etag(event: Event, at: datetime) -> str:
    """What a coordinators' page shows, in a word: the event's parts, its texts, the minute."""
    stands = standing_of(event.organisation, event).mark
    return f"{event.revision}-{last_change()}-{stands}-{at:%Y%m%d%H%M}"


@bp.get("/coordinate/")
@coordinator_required
def shows() -> ResponseReturnValue:
    """All shows; the one show, where there is only one."""
    events = events_of(the_coordinator().organisation_id)
    if len(events) == 1 and "all" not in request.args:
        return redirect(url_for("desk.overview", slug=events[0].slug), 303)
    return render_template("desk/shows.html", events=events, now=now())


@bp.get("/coordinate/<slug>")
@coordinator_required
def overview(slug: str) -> ResponseReturnValue:
    event, at = our_event(slug), now()
    return live_page(live_etag(event, at), lambda: _overview(event, at))


@bp.post("/coordinate/<slug>/answers/<key>")
@coordinator_required
def answer(slug: str, key: str) -> ResponseReturnValue:
    """A coordinator says for an act whether it plays."""
    event = our_event(slug)
    slot = slot_with_key(event.id, key) or abort(404)
    wanted = request.form.get("answer", "")
    if wanted not in ("confirmed", "declined", "invited"):
        abort(400)
    answer_slot(slot, wanted, how="coordinator", by=the_coordinator().person.name, now=now())
    words = {
        "confirmed": _("%(act)s is confirmed.", act=slot.name),
        "declined": _("%(act)s is not playing.", act=slot.name),
        "invited": _("%(act)s is asked again.", act=slot.name),
    }
    flash(words[wanted])
    return redirect(url_for("desk.overview", slug=slug), 303)


@bp.post("/coordinate/<slug>/publication")
@coordinator_required
def publication(slug: str) -> ResponseReturnValue:
    """Show the line-up to everybody, or to nobody."""
    event = our_event(slug)
    if request.form.get("published") == "1":
        publish(event)
        flash(_("Everybody can see the line-up now."))
    else:
        unpublish(event)
        flash(_("The line-up is hidden."))
    return redirect(url_for("desk.overview", slug=slug), 303)


def _overview(event: Event, at: datetime) -> str:
    seen = overview_of(event, at)
    return render_template(
        "desk/overview.html",
        event=event,
        seen=seen,
        now=at,
        lanes=_lanes(seen),
        needs={"texts.planned": sum(need.kind in ("written", "failed") for need in seen.needs)},
        opens=_opens(event, at),
    )


def _opens(event: Event, at: datetime) -> str:
    """How far off the doors are, as people say it."""
    local = ZoneInfo(event.zone)
    days = (event.date - at.astimezone(local).date()).days
    if event.doors_at is not None and timedelta(0) < event.doors_at - at < timedelta(hours=20):
        hours, minutes = divmod((event.doors_at - at) // timedelta(minutes=1), 60)
        if hours:
            return _("Doors in %(hours)d h %(minutes)d min", hours=hours, minutes=minutes)
        return _("Doors in %(minutes)d minutes", minutes=minutes)
    if days > 1:
        return _("In %(days)d days", days=days)
    return {1: _("Tomorrow"), 0: _("Today")}.get(days, _("Over"))


def _lanes(seen: Overview) -> dict[str, Any] | None:
    """The volunteers' evening in per cents of its width; None when there are no shifts."""
    ends = [at for lane in seen.lanes for _shift, times in lane.shifts for at in (times.starts_at, times.ends_at) if at]
    if not ends:
        return None
    zone = ZoneInfo(seen.event.zone)
    first, last = min(ends) - EDGE, max(ends) + EDGE
    width = (last - first) / timedelta(hours=1)

    def place(at: datetime) -> float:
        return round((at - first) / timedelta(hours=1) / width * 100, 2)

    hour = first.astimezone(zone).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    scale = []
    step = timedelta(hours=1 if width <= 10 else 2)
    while hour < last:
        scale.append((place(hour), f"{hour.hour % 12 or 12}"))
        hour += step
    return {"scale": scale, "marks": [at for at, _word in scale], "rows": [_lane(lane, place) for lane in seen.lanes]}


def _lane(lane: Lane, place: Any) -> dict[str, Any]:
    blocks = []
    for shift, times in lane.shifts:
        if times.starts_at and times.ends_at:
            kind = "ok" if not shift.places_left else "wait"
            length = max(1.5, place(times.ends_at) - place(times.starts_at))
            blocks.append({"from": place(times.starts_at), "length": length, "kind": kind, "times": times})
    return {"lane": lane, "blocks": blocks}
