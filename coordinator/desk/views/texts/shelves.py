"""Texts of a show on their shelves: planned, sent, not sent, what people wrote; pausing them all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ....clock import now
from ....events.actions import pause_texts, resume_texts
from ....events.models import Event
from ....messaging.models import STATES, UNSENT, WENT_OUT, Message
from ....messaging.queries import BAD, Wanted, counts, inbox, number_of_texts, texts_of
from ....web.guard import coordinator_required, the_coordinator
from ....web.live import live_page
from ... import sending
from ..overview import live_etag, our_event
from .blueprint import bp
from .narrowing import Narrowing, narrowing_of

A_PAGE = 100  # texts

SHELVES = {
    "planned": Wanted(UNSENT, "out"),
    "sent": Wanted((*WENT_OUT, "sending", "unknown"), "out"),
    "failed": Wanted(BAD, "out"),
    "answers": Wanted(direction="in"),
}


@bp.get("")
@coordinator_required
def planned(slug: str) -> ResponseReturnValue:
    return _shelf(slug, "planned")


@bp.get("/sent")
@coordinator_required
def sent(slug: str) -> ResponseReturnValue:
    return _shelf(slug, "sent")


@bp.get("/failed")
@coordinator_required
def failed(slug: str) -> ResponseReturnValue:
    return _shelf(slug, "failed")


@bp.get("/answers")
@coordinator_required
def answers(slug: str) -> ResponseReturnValue:
    return _shelf(slug, "answers")


@bp.post("/pause")
@coordinator_required
def pause(slug: str) -> ResponseReturnValue:
    """Stop all texts of this show, or let them go on."""
    event = our_event(slug)
    if request.form.get("paused") == "1":
        pause_texts(event, the_coordinator(), now())
        flash(_("All texts of this show are paused."))
    else:
        resume_texts(event, the_coordinator(), now())
        flash(_("Texts leave again."))
    return redirect(url_for("texts.planned", slug=slug), 303)


def _shelf(slug: str, name: str) -> Response:
    event, at = our_event(slug), now()
    return live_page(f"{live_etag(event, at)}-{name}", lambda: _shown(event, name, at))


def _shown(event: Event, name: str, at: datetime) -> str:
    house = sending.house_of(event, at)
    by = narrowing_of(house, request.args)
    wanted = _wanted(name, by)
    number, waiting = number_of_texts(event.id, wanted), _to_read(event)
    pages = max(1, -(-number // A_PAGE))
    page = min(by.page, pages)
    found = texts_of(event.id, wanted, soonest_first=name == "planned", offset=(page - 1) * A_PAGE, limit=A_PAGE)
    if name == "answers" and page == 1 and not by.is_narrow:
        known = {message.id for message in found}
        found = [message for message in waiting if message.id not in known] + found
    return render_template(
        "desk/texts.html",
        event=event,
        shelf=name,
        rows=found,
        by=by,
        states=[state for state in SHELVES[name].states or () if state in STATES],
        page=page,
        pages=pages,
        counts=counts(event.id, at),
        waiting=len(waiting),
        undo=request.args.get("undo"),
        now=at,
    )


def _wanted(name: str, by: Narrowing) -> Wanted:
    """The shelf's own texts, narrowed to what was asked for."""
    shelf = SHELVES[name]
    states = [by.state] if by.state in (shelf.states or ()) else shelf.states
    return replace(shelf, states=states, what=by.what or None, person_ids=by.person_ids)


def _to_read(event: Event) -> list[Message]:
    return [message for message in inbox(event.organisation_id) if message.event_id in (None, event.id)]
