"""Lists of a show's texts: planned, sent, not sent, inbox; and pausing them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.show_time import calendar_day, zone_named
from coordinator.events.actions.events import pause_texts, resume_texts
from coordinator.events.models import Event
from coordinator.messaging.models import UNSENT, WENT_OUT, Direction, Message, MessageState
from coordinator.messaging.queries.reached import BAD
from coordinator.messaging.queries.texts import MessageFilter, counts, inbox, number_of_texts, texts_of
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.live import live_page
from coordinator.web.pause_status import event_etag

from .. import labels
from ..queries.recipients import contacts_of
from ..together import Departure, departures, each_alone
from .blueprint import bp
from .filters import Filters, filters_of, page_of

A_PAGE = 100  # texts

SHELVES = {
    "planned": MessageFilter(UNSENT, Direction.OUT),
    "sent": MessageFilter((*WENT_OUT, MessageState.SENDING, MessageState.UNKNOWN), Direction.OUT),
    "failed": MessageFilter(BAD, Direction.OUT),
    "answers": MessageFilter(direction=Direction.IN),
}


@bp.get("")
@needs(Permission.HANDLE_TEXTS)
def planned(slug: str) -> ResponseReturnValue:
    return _shelf(slug, "planned")


@bp.get("/sent")
@needs(Permission.HANDLE_TEXTS)
def sent(slug: str) -> ResponseReturnValue:
    return _shelf(slug, "sent")


@bp.get("/failed")
@needs(Permission.HANDLE_TEXTS)
def failed(slug: str) -> ResponseReturnValue:
    return _shelf(slug, "failed")


@bp.get("/answers")
@needs(Permission.HANDLE_TEXTS)
def answers(slug: str) -> ResponseReturnValue:
    return _shelf(slug, "answers")


@bp.post("/pause")
@needs(Permission.HANDLE_TEXTS)
def pause(slug: str) -> ResponseReturnValue:
    """Pause or resume all texts of this show."""
    event = our_event(slug)
    if request.form.get("paused") == "1":
        pause_texts(event, actor=current_actor(), now=now())
        flash(_("All texts of this show are paused."))
    else:
        resume_texts(event, actor=current_actor(), now=now())
        flash(_("Texts are going out again."))
    return redirect(url_for("texts.planned", slug=slug), 303)


def _shelf(slug: str, name: str) -> Response:
    event, at = our_event(slug), now()
    return live_page(f"{event_etag(event, at)}-{name}", lambda: _shown(event, name, at))


def _shown(event: Event, name: str, at: datetime) -> str:
    contacts = contacts_of(event, at)
    by = filters_of(contacts, request.args)
    only = _filter(name, by)
    number, waiting = number_of_texts(event.id, only), _to_read(event)
    page, pages = page_of(number, A_PAGE, by.page)
    found = texts_of(event.id, only, soonest_first=name == "planned", offset=(page - 1) * A_PAGE, limit=A_PAGE)
    if name == "answers" and page == 1 and not by.is_narrow:
        known = {message.id for message in found}
        found = [message for message in waiting if message.id not in known] + found
    return render_template(
        "texts/texts.html",
        event=event,
        labels=labels,
        shelf=name,
        rows=list(_rows(event, name, departures(contacts, found, only) if name == "planned" else each_alone(found))),
        by=by,
        states=SHELVES[name].states or (),
        page=page,
        pages=pages,
        counts=counts(event.id),
        waiting=len(waiting),
        undo=request.args.get("undo"),
        now=at,
    )


def _rows(event: Event, name: str, groups: Sequence[Departure]) -> Iterator[tuple[Departure, datetime, bool]]:
    """Each with the instant that its list is about, and whether a new calendar day begins with it."""
    zone, day = zone_named(event.zone), None
    for group in groups:
        text = group.texts[0]
        at = text.due_at if name == "planned" else text.sent_at or text.finished_at
        at = at or text.created_at
        yield group, at, calendar_day(at, zone) != day
        day = calendar_day(at, zone)


def _filter(name: str, by: Filters) -> MessageFilter:
    """The texts of the list that match the filters."""
    shelf = SHELVES[name]
    states = [by.state] if by.state in (shelf.states or ()) else shelf.states
    return replace(shelf, states=states, what=by.what or None, person_ids=by.person_ids)


def _to_read(event: Event) -> list[Message]:
    return [message for message in inbox(event.organisation_id) if message.event_id in (None, event.id)]
