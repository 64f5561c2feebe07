"""How far the texts to each person have come, and the list of people to call."""

from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.messaging.queries.calls import open_calls, ticked_calls
from coordinator.messaging.queries.texts import counts, inbox
from coordinator.reminders.queries.asking import coming_of
from coordinator.services import services
from coordinator.web.guard import needs, our_event
from coordinator.web.live import live_page
from coordinator.web.offline import may_be_kept
from coordinator.web.pause_status import event_etag

from .. import labels
from ..queries.reached import STATUSES, call_list, person_rows
from ..queries.recipients import contacts_of
from .blueprint import bp
from .filters import filters_of, page_of

A_PAGE = 100  # people


@bp.get("/people", endpoint="people")
@needs(Permission.HANDLE_TEXTS)
def show_people(slug: str) -> ResponseReturnValue:
    """One row per person of the show: how far our texts have come."""
    event, at = our_event(slug), now()
    return live_page(f"{event_etag(event, at)}-people", lambda: _people(event, at))


@bp.get("/call-list", endpoint="call_list")
@needs(Permission.HANDLE_TEXTS)
def show_call_list(slug: str) -> ResponseReturnValue:
    """People whom texts do not reach, to print and to check off."""
    event, at = our_event(slug), now()
    page = live_page(f"{event_etag(event, at)}-calls", lambda: _call_list(event, at))
    return may_be_kept(page, event, at)


def _call_list(event: Event, at: datetime) -> str:
    those = contacts_of(event, at)
    calls = call_list(those, services().gateway.sender)
    owed, told = open_calls(event.id, at), ticked_calls(event.id, at)
    return render_template(
        "texts/call_list.html", event=event, labels=labels, contacts=those, calls=calls, owed=owed, told=told, now=at
    )


def _people(event: Event, at: datetime) -> str:
    those = contacts_of(event, at)
    by = filters_of(those, request.args)
    rows = person_rows(those, services().gateway.sender, what=by.what or None)
    if by.state in STATUSES:
        rows = [row for row in rows if by.state in row.statuses]
    if by.person_ids is not None:
        rows = [row for row in rows if row.person.id in by.person_ids]
    page, pages = page_of(len(rows), A_PAGE, by.page)
    shown = rows[(page - 1) * A_PAGE : page * A_PAGE]
    return render_template(
        "texts/people.html",
        event=event,
        labels=labels,
        contacts=those,
        rows=shown,
        coming=coming_of([part.sign_up for row in shown for part in row.parts if part.sign_up]),
        number=len(rows),
        by=by,
        states=STATUSES,
        page=page,
        pages=pages,
        counts=counts(event.id),
        waiting=sum(message.event_id in (None, event.id) for message in inbox(event.organisation_id)),
    )
