"""Texts of a show: planned, sent, failed, what people wrote; sending by hand; pausing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from ...clock import now
from ...core.wording import PLACEHOLDERS, UnknownPlaceholder
from ...events.actions import pause_texts, resume_texts
from ...events.models import Event
from ...house import house
from ...messaging.actions import release_paused
from ...messaging.models import UNSENT, WENT_OUT, Message
from ...messaging.queries import bubbles_with, counts, inbox, message_in, open_alarms, texts_of
from ...people.queries import link_tokens
from ...shownight.queries import night
from ...web.guard import coordinator_required, the_coordinator
from ...web.languages import language
from ...web.live import live_page
from .. import sending
from .overview import live_etag, our_event

bp = Blueprint("texts", __name__, url_prefix="/coordinate/<slug>/texts")

SHELVES: dict[str, dict[str, Any]] = {
    "planned": {"states": UNSENT, "direction": "out"},
    "sent": {"states": (*WENT_OUT, "sending", "unknown"), "direction": "out", "limit": 300},
    "failed": {"states": ("failed", "undelivered", "unknown", "expired", "stopped"), "direction": "out", "limit": 300},
    "answers": {"direction": "in", "limit": 300},
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


@bp.get("/thread/<int:message_id>")
@coordinator_required
def thread(slug: str, message_id: int) -> ResponseReturnValue:
    """What went between us and one phone, with an answer box."""
    event, message = _their_message(slug, message_id)
    return live_page(live_etag(event, now()), lambda: _thread(event, message, "", None))


@bp.post("/thread/<int:message_id>")
@coordinator_required
def answer(slug: str, message_id: int) -> ResponseReturnValue:
    event, message = _their_message(slug, message_id)
    words = request.form.get("body", "")
    if "read" in request.form:
        sending.mark_read(message, now=now())
        return redirect(url_for("texts.answers", slug=slug), 303)
    try:
        sending.answer(message, words, by=the_coordinator(), now=now())
    except sending.NothingToSend as refusal:
        return _thread(event, message, words, str(refusal)), 422
    flash(_("Your answer is on its way."))
    return redirect(url_for("texts.thread", slug=slug, message_id=message_id), 303)


@bp.route("/write", methods=["GET", "POST"])
@coordinator_required
def write(slug: str) -> ResponseReturnValue:
    """Write by hand: first a preview of who gets what, then the sending, which can be taken back for 30 seconds."""
    event, at = our_event(slug), now()
    to = request.values.get("to", sending.UNCONFIRMED)
    people = sending.addressees(event, night(event.id, at), to, house().gateway.sender)
    words = request.form.get("body", sending.suggested_words(to, language()))
    made, error = _drafts(event, people, words) if request.method == "POST" else (None, None)
    if made and "send" in request.form:
        batch = sending.send(event, made, by=the_coordinator(), now=at)
        flash(_sentence(len(made)), "undo")
        return redirect(url_for("texts.planned", slug=slug, undo=batch), 303)
    shown = {"event": event, "to": to, "people": people, "words": words, "drafts": made, "error": error}
    return render_template("desk/texts_write.html", **shown, placeholders=PLACEHOLDERS), 422 if error else 200


@bp.post("/undo/<batch>")
@coordinator_required
def undo(slug: str, batch: str) -> ResponseReturnValue:
    taken = sending.take_back(our_event(slug), batch, by=the_coordinator(), now=now())
    flash(
        ngettext("%(num)s text was taken back.", "%(num)s texts were taken back.", taken)
        if taken
        else _("It was too late: they had left.")
    )
    return redirect(url_for("texts.planned", slug=slug), 303)


@bp.post("/pause")
@coordinator_required
def pause(slug: str) -> ResponseReturnValue:
    """Stop all texts of this show, or let them go on."""
    event = our_event(slug)
    if request.form.get("paused") == "1":
        pause_texts(event, now())
        flash(_("All texts of this show are paused."))
    else:
        resume_texts(event)
        release_paused(event_id=event.id, now=now())
        flash(_("Texts leave again."))
    return redirect(url_for("texts.planned", slug=slug), 303)


def _sentence(number: int) -> str:
    return ngettext("%(num)s text leaves in 30 seconds.", "%(num)s texts leave in 30 seconds.", number)


def _drafts(event: Event, people: list[sending.Addressee], words: str) -> tuple[list[sending.Draft] | None, str | None]:
    tokens = link_tokens(each.person.id for each in people)
    links = {person_id: f"{house().settings.public_url}/me/{token}" for person_id, token in tokens.items()}
    try:
        return sending.drafts(event, people, words, links), None
    except (sending.NothingToSend, UnknownPlaceholder) as refusal:
        return None, str(refusal)


def _shelf(slug: str, name: str) -> Response:
    event, at = our_event(slug), now()
    return live_page(f"{live_etag(event, at)}-{name}", lambda: _shown(event, name, at))


def _shown(event: Event, name: str, at: datetime) -> str:
    rows = texts_of(event.id, **SHELVES[name])
    waiting = [message for message in inbox(event.organisation_id) if message.event_id in (None, event.id)]
    if name == "planned":
        rows.sort(key=lambda message: (message.due_at or at, message.id))
    if name == "answers":
        known = {message.id for message in rows}
        rows = [message for message in waiting if message.id not in known] + rows
    return render_template(
        "desk/texts.html",
        event=event,
        shelf=name,
        rows=rows,
        counts=counts(event.id, at),
        waiting=len(waiting),
        alarms=open_alarms(),
        undo=request.args.get("undo"),
        now=at,
    )


def _their_message(slug: str, message_id: int) -> tuple[Event, Message]:
    event = our_event(slug)
    message = message_in(message_id, event.organisation_id)
    if message is None:
        abort(404)
    return event, message


def _thread(event: Event, message: Message, words: str, error: str | None) -> str:
    return render_template(
        "desk/texts_thread.html",
        event=event,
        message=message,
        bubbles=bubbles_with(message.phone, event.organisation_id),
        slots=[slot for slot in night(event.id, now()).slots if message.person in slot.people],
        words=words,
        error=error,
    )
