"""The code by the stage door: a screen shows it, a phone that reads it may say that its owner is here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from ...accounts.actions import Limit, TooManyTries, count_try, refuse_if_tried
from ...clock import now
from ...core.cover import door_token, is_door_token
from ...events.models import Event
from ...events.queries import event_by_slug
from ...house import house
from ...people.models import Person
from ...people.queries import person_by_id, person_by_link
from ...shifts.actions import mark, new_key
from ...shownight.actions import By
from ...web.addresses import caller_address
from ...web.guard import coordinator_required
from ...web.known import known_token
from ...web.live import live_page
from ...web.sealed import seal, unseal
from ..codes import square_of
from ..forms import DoorForm
from ..queries.arriving import Arriving, arriving, arriving_with, called, people_in, plain
from .overview import our_event

bp = Blueprint("door", __name__)

COOKIE = "door"
MAY_TYPE_FOR = timedelta(minutes=10)
BY_NAME = Limit("door-name", 5)  # wrong tries
BY_ADDRESS = Limit("door-address", 40)  # a whole company may stand behind one address


@bp.get("/coordinate/<slug>/door")
@coordinator_required
def screen(slug: str) -> ResponseReturnValue:
    """For a tablet by the stage door: a code that is another one every 30 seconds."""
    event, at = our_event(slug), now()
    token = door_token(_secret(), event.id, at)
    return live_page(f"{token}-{at:%Y%m%d%H%M}", lambda: _screen(event, at, token))


@bp.get("/e/<slug>/here/<token>")
def scan(slug: str, token: str) -> ResponseReturnValue:
    """The code was read: for ten minutes this browser may say who it belongs to. It says nothing by itself."""
    event, at = event_by_slug(slug) or abort(404), now()
    if not is_door_token(_secret(), event.id, token, at):
        _must_be_published(event)
        abort(410, _("This code is no longer the one by the door. Scan the one that is on the screen now."))
    response = redirect(url_for(".arrive", slug=slug), 303)
    _let_in(response, event, None, at)
    return response


@bp.get("/e/<slug>/here")
def arrive(slug: str) -> ResponseReturnValue:
    """Who is there, and the button that says so."""
    event, at, kept = _let_in_before(slug)
    return _page(event, at, kept, DoorForm(formdata=None))


@bp.post("/e/<slug>/here/who")
def who(slug: str) -> ResponseReturnValue:
    """A name and the last four digits of their mobile: are they somebody who is expected now?"""
    event, at, kept = _inside(slug)
    form = DoorForm()
    person = _found(event, form, at) if form.validate_on_submit() else None
    if person is None:
        return _page(event, at, {**kept, "person": 0}, form), 422
    response = redirect(url_for(".arrive", slug=slug), 303)
    _let_in(response, event, person.id, at)
    return response


@bp.post("/e/<slug>/here/<int:sign_up_id>")
def here(slug: str, sign_up_id: int) -> ResponseReturnValue:
    """They are here, or not after all."""
    event, at, kept = _inside(slug)
    person = _person(event, kept)
    mine = arriving(event, person, at) if person else []
    coming = next((each for each in mine if each.sign_up.id == sign_up_id), None)
    if person is None or coming is None:
        abort(404, _("That shift is not for now. Ask a coordinator."))
    what = "not_here" if request.form.get("undo") else "here"
    mark(coming.sign_up, what, key=new_key(), at=at, how="door", by=By(person.name), now=at)
    return redirect(url_for(".arrive", slug=slug), 303)


@bp.post("/e/<slug>/here/somebody-else")
def somebody_else(slug: str) -> ResponseReturnValue:
    """This browser is somebody else's, for now."""
    event, at, _kept = _inside(slug)
    response = redirect(url_for(".arrive", slug=slug), 303)
    _let_in(response, event, 0, at)
    return response


def _let_in_before(slug: str) -> tuple[Event, datetime, dict[str, Any] | None]:
    """The event, now, and what this browser kept since it read the code; None when that was too long ago, or never."""
    event, at = event_by_slug(slug) or abort(404), now()
    kept = unseal("door", request.cookies.get(COOKIE, ""), at)
    if kept is not None and kept.get("event") == event.id:
        return event, at, kept
    _must_be_published(event)
    return event, at, None


def _inside(slug: str) -> tuple[Event, datetime, dict[str, Any]]:
    """The same for those who want to say something; others are sent to the door."""
    event, at, kept = _let_in_before(slug)
    if kept is None:
        abort(403, scan_first())
    return event, at, kept


def scan_first() -> str:
    """What whoever stands outside is told."""
    return _("Scan the code on the screen by the door first. You then have ten minutes to say that you are here.")


def _must_be_published(event: Event) -> None:
    """Without a key nobody learns that there is such a show."""
    if not event.published:
        abort(404)


def _let_in(response: BaseResponse, event: Event, person_id: int | None, at: datetime) -> None:
    """``person_id`` None: whom the browser belongs to anyway; 0: to be asked."""
    response.set_cookie(
        COOKIE,
        seal("door", {"event": event.id, "person": person_id}, at + MAY_TYPE_FOR),
        max_age=int(MAY_TYPE_FOR.total_seconds()),
        path=url_for(".arrive", slug=event.slug),
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )


def _person(event: Event, kept: dict[str, Any]) -> Person | None:
    if kept.get("person"):
        person = person_by_id(int(kept["person"]))
    else:
        token = known_token() if kept.get("person") is None else None
        person = person_by_link(token) if token else None
    return person if person and person.organisation_id == event.organisation_id and not person.forgotten_at else None


def _found(event: Event, form: DoorForm, at: datetime) -> Person | None:
    """The one who is meant; the form says what is wrong where there is none. Only wrong tries are counted."""
    tries = ((BY_NAME, f"{event.id} {plain(form.name.data or '')}"), (BY_ADDRESS, f"{event.id} {caller_address()}"))
    try:
        for limit, subject in tries:
            refuse_if_tried(limit, subject, at)
        people = called(people_in(arriving_with(event, form.last_digits, at)), form.name.data or "")
        if people:
            return people[0]
        for limit, subject in tries:
            count_try(limit, subject, at)
        form.digits.errors = [_("We find nobody with this name and number who is expected now. Ask a coordinator.")]
    except TooManyTries as refusal:
        form.digits.errors = [str(refusal)]
    return None


def _page(event: Event, at: datetime, kept: dict[str, Any] | None, form: DoorForm) -> Response:
    person = _person(event, kept) if kept else None
    mine: list[Arriving] = arriving(event, person, at) if person else []
    response = make_response(
        render_template(
            "door/arrive.html",
            event=event,
            person=person,
            mine=mine,
            scan_first="" if kept else scan_first(),
            form=form,
            organisation_name=event.organisation.name,
        )
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _screen(event: Event, at: datetime, token: str) -> str:
    address = house().settings.public_url + url_for(".scan", slug=event.slug, token=token)
    return render_template("door/screen.html", event=event, now=at, square=square_of(address, on_screen=True))


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
