"""The truth person by person, and the list of those whom somebody has to call."""

from __future__ import annotations

from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ....clock import now
from ....events.models import Event
from ....house import house
from ....messaging.queries import counts, inbox
from ....web.guard import coordinator_required
from ....web.live import live_page
from ... import sending
from ...reaching import STANDINGS, call_list, person_rows
from ..overview import live_etag, our_event
from .blueprint import bp
from .narrowing import narrowing_of

A_PAGE = 100  # people


@bp.get("/people", endpoint="people")
@coordinator_required
def show_people(slug: str) -> ResponseReturnValue:
    """One row for each person of the show: how far our texts have come."""
    event, at = our_event(slug), now()
    return live_page(f"{live_etag(event, at)}-people", lambda: _people(event, at))


@bp.get("/call-list", endpoint="call_list")
@coordinator_required
def show_call_list(slug: str) -> ResponseReturnValue:
    """Whom texts do not reach, to print and to tick off."""
    event, at = our_event(slug), now()
    those = sending.house_of(event, at)
    calls = call_list(those, house().gateway.sender)
    return render_template("desk/texts_call_list.html", event=event, house=those, calls=calls, now=at)


def _people(event: Event, at: datetime) -> str:
    those = sending.house_of(event, at)
    by = narrowing_of(those, request.args)
    rows = person_rows(those, house().gateway.sender, what=by.what or None)
    if by.state in STANDINGS:
        rows = [row for row in rows if by.state in row.standings]
    if by.person_ids is not None:
        rows = [row for row in rows if row.person.id in by.person_ids]
    pages = max(1, -(-len(rows) // A_PAGE))
    page = min(by.page, pages)
    return render_template(
        "desk/texts_people.html",
        event=event,
        house=those,
        rows=rows[(page - 1) * A_PAGE : page * A_PAGE],
        number=len(rows),
        by=by,
        states=STANDINGS,
        page=page,
        pages=pages,
        counts=counts(event.id, at),
        waiting=sum(message.event_id in (None, event.id) for message in inbox(event.organisation_id)),
    )
