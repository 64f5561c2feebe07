"""The shift sheet of the night: who is here, said with one tap, also on a phone that has lost the network."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...clock import now
from ...core.show_time import show_day, show_day_bounds, zone_named
from ...events.models import Event
from ...messaging.queries import inbox
from ...shifts.actions import mark as mark_presence
from ...shifts.actions import new_key
from ...shifts.models import MARKS, Mark, SignUp
from ...shifts.queries import looked_for, marks_by, sign_up_of
from ...web.guard import coordinator_required, the_coordinator
from ...web.live import live_page
from ..queries.sheet import sheet_of
from ..tonight import whole_number
from .overview import live_etag, our_event
from .signing import by_whoever

bp = Blueprint("sheet", __name__)

MINUTE = timedelta(minutes=1)
UNDO_SHOWN_FOR = timedelta(minutes=3)
LATE_STEPS = (5, 10, 20)
MOST_LATE = 240  # minutes
MOST_AT_ONCE = 200
LONGEST_KEY = 64
BACK = {"here": "not_here", "no_show": "not_here", "late": "late", "left": "here"}  # what takes a mark back


@bp.get("/coordinate/<slug>/volunteers/tonight")
@coordinator_required
def tonight(slug: str) -> ResponseReturnValue:
    """Who is here, who is due, who is late, what is short; ``?name=`` finds somebody."""
    event, at, asked = our_event(slug), now(), request.args.get("name", "")[:80]
    answer = live_page(f"{live_etag(event, at)}-{asked}", lambda: _page(event, at, asked))
    # The phone keeps the sheet for when the network is gone, until the show's day is over and no longer.
    answer.headers["X-Keep-Until"] = str(_milliseconds(show_day_bounds(event.date, zone_named(event.zone))[1]))
    return answer


@bp.post(f"/coordinate/<slug>/volunteers/tonight/<int:sign_up_id>/<any({', '.join(MARKS)}):mark>")
@coordinator_required
def mark(slug: str, sign_up_id: int, mark: str) -> ResponseReturnValue:
    """One mark by a plain form."""
    event, at = our_event(slug), now()
    sign_up = sign_up_of(event, sign_up_id) or abort(404)
    key = request.form.get("key", "")[:LONGEST_KEY] or new_key()
    minutes = request.form.get("other", "").strip() or request.form.get("minutes", "")
    _take_in(sign_up, mark, key=key, at=at, minutes=minutes, now=at)
    return redirect(url_for(".tonight", slug=slug, name=request.form.get("name") or None), 303)


@bp.post("/coordinate/<slug>/volunteers/tonight/marks")
@coordinator_required
def marks(slug: str) -> ResponseReturnValue:
    """Marks that a phone has kept, as JSON: ``{"marks": [{key, sign_up, mark, minutes, ago}]}``, ``ago`` in ms.

    Each is answered by its key: ``kept``; ``known``, it was here before; ``off``, they have no place on that shift;
    ``wrong``, it can never be taken in.
    """
    event, at = our_event(slug), now()
    sent = request.get_json(silent=True)
    listed = sent.get("marks") if isinstance(sent, dict) else None
    if not isinstance(listed, list) or len(listed) > MOST_AT_ONCE:
        abort(400)
    return {"marks": {str(each.get("key")): _answer(event, each, at) for each in listed if isinstance(each, dict)}}


def _answer(event: Event, sent: dict[str, Any], at: datetime) -> str:
    key, ago, sign_up_id = sent.get("key"), sent.get("ago"), sent.get("sign_up")
    if not isinstance(key, str) or not 0 < len(key) <= LONGEST_KEY or sent.get("mark") not in MARKS:
        return "wrong"
    if not isinstance(ago, int) or not isinstance(sign_up_id, int) or not 0 < sign_up_id < 2**63:
        return "wrong"
    sign_up = sign_up_of(event, sign_up_id)
    if sign_up is None:
        return "wrong"
    was_at = at - timedelta(milliseconds=min(max(ago, 0), 10**10))
    marked = _take_in(sign_up, sent["mark"], key=key, at=was_at, minutes=str(sent.get("minutes") or ""), now=at)
    return "known" if marked.was_known else "kept" if marked.counts else "off"


def _take_in(sign_up: SignUp, what: str, *, key: str, at: datetime, minutes: str, now: datetime) -> Any:
    late_by = min(max(whole_number(minutes) or 0, 0), MOST_LATE) * MINUTE
    return mark_presence(sign_up, what, key=key, at=at, how="sheet", by=by_whoever(), now=now, late_by=late_by)


def _page(event: Event, at: datetime, asked: str) -> str:
    return render_template(
        "sheet/tonight.html",
        event=event,
        now=at,
        sheet=sheet_of(event, at, asked),
        said=_last_said(event, at),
        looked_for=looked_for(event.id),
        back=BACK,
        steps=LATE_STEPS,
        page_key=new_key(),
        is_today=show_day(at, zone_named(event.zone)) == event.date,
        keep_until=_milliseconds(show_day_bounds(event.date, zone_named(event.zone))[1]),
        needs={"texts.planned": len(inbox(the_coordinator().organisation_id))},
    )


def _last_said(event: Event, at: datetime) -> Mark | None:
    """What this coordinator said a moment ago and can take back; taking back is not offered again."""
    said = next(iter(marks_by(event.id, the_coordinator().person.name, at - UNDO_SHOWN_FOR)), None)
    return said if said and said.mark in BACK and not (said.mark == "late" and said.late_by is None) else None


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
