"""The code by the stage door: a screen shows it; a phone that scans it may check its owner in."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from coordinator.accounts.actions.limits import TooManyTries, count_try, refuse_if_tried
from coordinator.accounts.models import Actor, Via
from coordinator.accounts.permissions import Permission
from coordinator.accounts.queries import Limit
from coordinator.clock import now
from coordinator.core.cover import door_token, is_door_token
from coordinator.core.json_values import JsonObject
from coordinator.core.search_words import searchable
from coordinator.events.models import Event
from coordinator.events.queries import event_by_slug
from coordinator.messaging.actions.doors import count_at_door
from coordinator.messaging.models import Door, DoorOutcome
from coordinator.people.models import Person
from coordinator.people.queries import person_by_id
from coordinator.services import services
from coordinator.web.addresses import caller_address
from coordinator.web.guard import needs, our_event
from coordinator.web.known import known_person
from coordinator.web.live import live_page
from coordinator.web.qr_codes import square_of
from coordinator.web.signed import sign, unsign

from ..actions import say_arrived
from ..forms import DoorForm
from ..queries.arriving import Arriving, arriving, arriving_with, called, opens_for, people_in
from .blueprint import bp

COOKIE = "door"
MAY_TYPE_FOR = timedelta(minutes=10)
BY_NAME = Limit("door-name", 5)  # wrong tries
BY_ADDRESS = Limit("door-address", 40)  # a whole company may arrive from one address


@bp.get("/coordinate/<slug>/door")
@needs(Permission.CHECK_IN)
def screen(slug: str) -> ResponseReturnValue:
    """For a tablet by the stage door: a code that changes every 30 seconds."""
    event, at = our_event(slug), now()
    token = door_token(_secret(), event.id, at)
    return live_page(f"{token}-{at:%Y%m%d%H%M}", lambda: _screen(event, at, token))


@bp.get("/e/<slug>/here/<token>")
def scan(slug: str, token: str) -> ResponseReturnValue:
    """The code was scanned: for ten minutes this browser may check someone in. Scanning alone changes nothing."""
    event, at = event_by_slug(slug) or abort(404), now()
    if not is_door_token(_secret(), event.id, token, at):
        _must_be_published(event)
        abort(410, _("This code is no longer the one by the door. Scan the one on the screen now."))
    response = redirect(url_for(".arrive", slug=slug), 303)
    _let_in(response, event, None, at)
    return response


@bp.get("/e/<slug>/here")
def arrive(slug: str) -> ResponseReturnValue:
    """Who is there, and the button to check in."""
    event, at, kept = _let_in_before(slug)
    return _page(event, at, kept, DoorForm(formdata=None))


@bp.post("/e/<slug>/here/who")
def who(slug: str) -> ResponseReturnValue:
    """Check a name and the last four digits of the mobile number against the people expected now."""
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
    """Check in, or undo it."""
    missing = _("That shift isn't on now. Ask a coordinator.")
    return _marked(slug, lambda each: each.sign_up is not None and each.sign_up.id == sign_up_id, missing)


@bp.post("/e/<slug>/here/sets/<int:slot_id>")
def here_to_play(slug: str, slot_id: int) -> ResponseReturnValue:
    """The same for a performer and their next set."""
    missing = _("That set isn't your next one. Ask a coordinator.")
    return _marked(slug, lambda each: each.slot is not None and each.slot.id == slot_id, missing)


def _marked(slug: str, is_meant: Callable[[Arriving], bool], missing: str) -> ResponseReturnValue:
    """Mark what is meant of all that this browser's person can check in for; 404 with what is ``missing``."""
    event, at, kept = _inside(slug)
    person = _person(event, kept)
    coming = next((each for each in (arriving(event, person, at) if person else []) if is_meant(each)), None)
    if coming is None:
        abort(404, missing)
    return _said(event, coming, kept, at)


@bp.post("/e/<slug>/here/somebody-else")
def somebody_else(slug: str) -> ResponseReturnValue:
    """This browser is now used by someone else."""
    event, at, kept = _inside(slug)
    if not kept.get("scanned"):
        abort(403, scan_first())
    response = redirect(url_for(".arrive", slug=slug), 303)
    _let_in(response, event, 0, at)
    return response


def _let_in_before(slug: str) -> tuple[Event, datetime, JsonObject | None]:
    """The event, now, and what this browser stored when it scanned the code; None if too long ago, or never.

    A browser that knows its owner is let in without, as their own page would: the code on paper leads here too.
    """
    event, at = event_by_slug(slug) or abort(404), now()
    kept = unsign("door", request.cookies.get(COOKIE, ""), at)
    if kept is not None and kept.get("event") == event.id:
        return event, at, {**kept, "scanned": True}
    if _person(event, {}):
        return event, at, {"event": event.id}
    _must_be_published(event)
    return event, at, None


def _inside(slug: str) -> tuple[Event, datetime, JsonObject]:
    """The same for people who want to check in; others are sent to scan the code."""
    event, at, kept = _let_in_before(slug)
    if kept is None:
        abort(403, scan_first())
    return event, at, kept


def scan_first() -> str:
    """The page that tells people to scan the code first."""
    return _("Scan the code on the screen by the door first. You then have ten minutes to check in.")


def _said(event: Event, coming: Arriving, kept: JsonObject, at: datetime) -> ResponseReturnValue:
    """They are here, or not after all."""
    way = Via.DOOR if kept.get("scanned") else Via.LINK
    say_arrived(coming, undo=bool(request.form.get("undo")), actor=Actor.person(coming.person, way), now=at)
    return redirect(url_for(".arrive", slug=event.slug), 303)


def _must_be_published(event: Event) -> None:
    """Without a key, nobody learns that there is such a show."""
    if not event.published:
        abort(404)


def _let_in(response: BaseResponse, event: Event, person_id: int | None, at: datetime) -> None:
    """``person_id`` None: the person the browser already belongs to; 0: ask who it is."""
    response.set_cookie(
        COOKIE,
        sign("door", {"event": event.id, "person": person_id}, at + MAY_TYPE_FOR),
        max_age=int(MAY_TYPE_FOR.total_seconds()),
        path=url_for(".arrive", slug=event.slug),
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )


def _person(event: Event, kept: JsonObject) -> Person | None:
    if kept.get("person"):
        person = person_by_id(int(kept["person"]))
    else:
        person = known_person(now()) if kept.get("person") is None else None
    return person if person and person.organisation_id == event.organisation_id and not person.forgotten_at else None


def _found(event: Event, form: DoorForm, at: datetime) -> Person | None:
    """The matching person; if there is none, the form says what is wrong. Only wrong tries count."""
    tries = (
        (BY_NAME, f"{event.id} {searchable(form.name.data or '')}"),
        (BY_ADDRESS, f"{event.id} {caller_address()}"),
    )
    try:
        for limit, subject in tries:
            refuse_if_tried(limit, subject, at)
        people = called(people_in(arriving_with(event, form.last_digits, at)), form.name.data or "")
        if people:
            count_at_door(Door.DOOR, DoorOutcome.RIGHT, at, event.organisation_id)
            return people[0]
        for limit, subject in tries:
            count_try(limit, subject, at)
        count_at_door(Door.DOOR, DoorOutcome.WRONG, at, event.organisation_id)
        form.digits.errors = [
            _("We can't find anyone with this name and number who's expected within the hour. Ask a coordinator.")
        ]
    except TooManyTries as refusal:
        count_at_door(Door.DOOR, DoorOutcome.TOO_OFTEN, at, event.organisation_id)
        form.digits.errors = [str(refusal)]
    return None


def _page(event: Event, at: datetime, kept: JsonObject | None, form: DoorForm) -> Response:
    person = _person(event, kept) if kept else None
    mine: list[Arriving] = arriving(event, person, at) if person else []
    response = make_response(
        render_template(
            "check_in/arrive.html",
            event=event,
            person=person,
            mine=mine,
            opens_at=opens_for(event, person, at) if person and not mine else None,
            may_switch=bool(kept and kept.get("scanned")),
            scan_first="" if kept else scan_first(),
            form=form,
            organisation_name=event.organisation.name,
        )
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _screen(event: Event, at: datetime, token: str) -> str:
    address = services().settings.public_url + url_for(".scan", slug=event.slug, token=token)
    return render_template("check_in/door.html", event=event, now=at, square=square_of(address, on_screen=True))


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
