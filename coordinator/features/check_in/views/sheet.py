"""The shift sheet of the night: marking who is here with one tap, also on a phone that is offline."""

from datetime import datetime, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coordinator.accounts.models import Via
from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.cover.presence import Sign
from coordinator.core.json_values import JsonObject
from coordinator.events.models import Event
from coordinator.features.show_night.previewing import whole_number
from coordinator.lineup.refusals import TooEarly
from coordinator.messaging.queries.texts import inbox
from coordinator.shifts.actions.attendance import MarkOutcome, new_key
from coordinator.shifts.actions.attendance import mark as mark_presence
from coordinator.shifts.models import Mark, SignUp
from coordinator.shifts.queries.attendance import marks_by
from coordinator.shifts.queries.planned import sign_up_of
from coordinator.shifts.queries.searching import looked_for
from coordinator.web.guard import current_actor, needs, our_event, the_coordinator
from coordinator.web.live import live_page
from coordinator.web.offline import LONGEST_KEY, is_key, kept_in_request, may_be_kept, was_at
from coordinator.web.pause_status import event_etag

from ..queries.sheet import sheet_of
from .blueprint import bp

MINUTE = timedelta(minutes=1)
UNDO_SHOWN_FOR = timedelta(minutes=3)
LATE_STEPS = (5, 10, 20)
MOST_LATE = 240  # minutes
MOST_AT_ONCE = 200
BACK = {
    Sign.HERE: Sign.NOT_HERE,
    Sign.NO_SHOW: Sign.NOT_HERE,
    Sign.LATE: Sign.LATE,
    Sign.LEFT: Sign.HERE,
}  # the mark that undoes a mark


@bp.get("/coordinate/<slug>/volunteers/tonight")
@needs(Permission.CHECK_IN)
def tonight(slug: str) -> ResponseReturnValue:
    """Who is here, due or late, and what is short; ``?name=`` searches for someone."""
    event, at, asked = our_event(slug), now(), request.args.get("name", "")[:80]
    return may_be_kept(live_page(f"{event_etag(event, at)}-{asked}", lambda: _page(event, at, asked)), event, at)


@bp.post(f"/coordinate/<slug>/volunteers/tonight/<int:sign_up_id>/<any({', '.join(Sign)}):mark>")
@needs(Permission.CHECK_IN)
def mark(slug: str, sign_up_id: int, mark: str) -> ResponseReturnValue:
    """One mark from a plain form."""
    event, at = our_event(slug), now()
    sign_up = sign_up_of(event, sign_up_id) or abort(404)
    key = request.form.get("key", "")[:LONGEST_KEY] or new_key()
    minutes = request.form.get("other", "").strip() or request.form.get("minutes", "")
    try:
        _take_in(sign_up, mark, key=key, at=at, minutes=minutes, now=at)
    except TooEarly as refusal:
        flash(str(refusal), "wait")
    if request.form.get("back") == "people":
        return redirect(url_for("show_night.people", slug=slug), 303)
    return redirect(url_for(".tonight", slug=slug, name=request.form.get("name") or None), 303)


@bp.post("/coordinate/<slug>/volunteers/tonight/marks")
@needs(Permission.CHECK_IN)
def marks(slug: str) -> ResponseReturnValue:
    """Marks that a phone has stored, as JSON: ``{"marks": [{key, sign_up, mark, minutes, ago}]}``, ``ago`` in ms.

    Each is answered by its key: ``kept``; ``known``, received before; ``off``, the person has no spot on that shift;
    ``early``, it cannot have been so yet; ``wrong``, it can never be accepted.
    """
    event, at = our_event(slug), now()
    listed = kept_in_request("marks", MOST_AT_ONCE)
    return {"marks": {str(each.get("key")): _answer(event, each, at) for each in listed}}


def _answer(event: Event, sent: JsonObject, at: datetime) -> str:
    key, ago, sign_up_id = sent.get("key"), sent.get("ago"), sent.get("sign_up")
    if not is_key(key) or sent.get("mark") not in list(Sign):
        return "wrong"
    if not isinstance(ago, int) or not isinstance(sign_up_id, int) or not 0 < sign_up_id < 2**63:
        return "wrong"
    sign_up = sign_up_of(event, sign_up_id)
    if sign_up is None:
        return "wrong"
    try:
        marked = _take_in(
            sign_up, sent["mark"], key=key, at=was_at(ago, at), minutes=str(sent.get("minutes") or ""), now=at
        )
    except TooEarly:
        return "early"
    return "known" if marked.was_known else "kept" if marked.counts else "off"


def _take_in(sign_up: SignUp, what: str, *, key: str, at: datetime, minutes: str, now: datetime) -> MarkOutcome:
    late_by = min(max(whole_number(minutes) or 0, 0), MOST_LATE) * MINUTE
    return mark_presence(sign_up, what, key=key, at=at, actor=current_actor(Via.SHEET), now=now, late_by=late_by)


def _page(event: Event, at: datetime, asked: str) -> str:
    return render_template(
        "check_in/sheet.html",
        event=event,
        now=at,
        sheet=sheet_of(event, at, asked),
        said=_last_said(event, at),
        looked_for=looked_for(event.id),
        back=BACK,
        steps=LATE_STEPS,
        page_key=new_key(),
        is_today=event.is_on(at),
        day=event.current_day(at),
        needs={"show_night.texts": len(inbox(the_coordinator().organisation_id))},
    )


def _last_said(event: Event, at: datetime) -> Mark | None:
    """This coordinator's last mark, if it can be undone; an undo is not offered again."""
    said = next(iter(marks_by(event.id, the_coordinator().person.name, at - UNDO_SHOWN_FOR)), None)
    return said if said and said.mark in BACK and not (said.mark == Sign.LATE and said.late_by is None) else None
