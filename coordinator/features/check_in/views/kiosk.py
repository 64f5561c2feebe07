"""A tablet by the door: the last four digits of a mobile number, a first name, and "Here". It has no account."""

from datetime import datetime, timedelta

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.actions.limits import TooManyTries, count_try, refuse_if_tried
from coordinator.accounts.models import Actor, Via
from coordinator.accounts.permissions import Permission
from coordinator.accounts.queries import Limit
from coordinator.clock import now
from coordinator.core.json_values import JsonObject
from coordinator.core.show_time import show_day_bounds, zone_named
from coordinator.events.models import Event
from coordinator.events.queries import event_by_slug
from coordinator.lineup.refusals import CheckInNotOpen, TooEarly
from coordinator.messaging.actions.doors import count_at_door
from coordinator.messaging.models import Door, DoorOutcome
from coordinator.people.models import Person
from coordinator.people.queries import person_by_id
from coordinator.services import services
from coordinator.shifts.actions.attendance import new_key
from coordinator.shifts.actions.kiosks import close_kiosk, open_kiosk
from coordinator.shifts.models import Kiosk
from coordinator.shifts.queries.attendance import kiosk_of, open_kiosks
from coordinator.web import sessions
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.qr_codes import square_of
from coordinator.web.signed import sign, unsign

from ..actions import say_arrived
from ..queries.arriving import arriving, arriving_with, called_apart, opens_for_digits, people_in
from .blueprint import bp

WRONG = Limit("kiosk", 20)  # wrong tries on one tablet
STEP_LASTS = timedelta(minutes=2)
DONE_FOR = 6  # seconds until the next person may begin
FORGET_AFTER = 45  # seconds after which someone who walked away is forgotten


@bp.get("/coordinate/<slug>/kiosk")
@needs(Permission.CHECK_IN)
def kiosks(slug: str) -> ResponseReturnValue:
    """The open kiosks of the show, with their URLs."""
    event, at = our_event(slug), now()
    addressed = [(kiosk, _address(event, kiosk)) for kiosk in open_kiosks(event.id)]
    opened = [(kiosk, address, square_of(address, on_screen=True)) for kiosk, address in addressed]
    return render_template("check_in/kiosks.html", event=event, opened=opened, is_over=_until(event) <= at)


@bp.post("/coordinate/<slug>/kiosk")
@needs(Permission.CHECK_IN)
def open_one(slug: str) -> ResponseReturnValue:
    """Open another kiosk."""
    event, at = our_event(slug), now()
    if _until(event) <= at:
        flash(_("The day of this show is over."), "wait")
    else:
        open_kiosk(event, actor=current_actor(), now=at)
    return redirect(url_for(".kiosks", slug=slug), 303)


@bp.post("/coordinate/<slug>/kiosk/<int:kiosk_id>/close")
@needs(Permission.CHECK_IN)
def close(slug: str, kiosk_id: int) -> ResponseReturnValue:
    """Its URL lets nobody in anymore."""
    kiosk = kiosk_of(our_event(slug).id, kiosk_id) or abort(404)
    close_kiosk(kiosk, actor=current_actor(), now=now())
    flash(_("The kiosk is closed."), "ok")
    return redirect(url_for(".kiosks", slug=slug), 303)


@bp.post("/coordinate/<slug>/kiosk/<int:kiosk_id>/this-device")
@needs(Permission.CHECK_IN)
def this_device(slug: str, kiosk_id: int) -> ResponseReturnValue:
    """This very device becomes the kiosk, and is signed out."""
    event = our_event(slug)
    kiosk = kiosk_of(event.id, kiosk_id) or abort(404)
    response = make_response(redirect(url_for(".start", slug=slug, key=_key(event, kiosk)), 303))
    sessions.end(response)
    return response


@bp.get("/e/<slug>/kiosk/<key>")
def start(slug: str, key: str) -> ResponseReturnValue:
    """The last four digits."""
    event, _kiosk = _open(slug, key)
    return _shown("start", event, key)


@bp.post("/e/<slug>/kiosk/<key>")
def step(slug: str, key: str) -> ResponseReturnValue:
    """From the digits to the name, from the name to the shift, from the shift to "Here"."""
    (event, kiosk), at = _open(slug, key), now()
    if "mark" in request.form:
        return _mark(event, key, _unsigned("mark", kiosk, at), at)
    if "who" in request.form:
        chosen = _unsigned("who", kiosk, at)
        person = person_by_id(chosen["person"]) if chosen else None
        return _shifts(event, kiosk, key, person, at) if person else _again(event, key)
    return _digits(event, kiosk, key, at)


def _digits(event: Event, kiosk: Kiosk, key: str, at: datetime) -> ResponseReturnValue:
    digits = "".join(request.form.get("digits", "").split())
    try:
        refuse_if_tried(WRONG, str(kiosk.id), at)
        people = people_in(arriving_with(event, digits, at))
        opens_at = None if people else opens_for_digits(event, digits, at)
        if opens_at:
            return _shown("start", event, key, wrong=str(CheckInNotOpen(opens_at, event.zone)), digits=digits), 422
        if not people:
            count_try(WRONG, str(kiosk.id), at)
        found = DoorOutcome.RIGHT if people else DoorOutcome.WRONG
        count_at_door(Door.KIOSK, found, at, event.organisation_id)
        if not people:
            wrong = _("Nobody with these 4 digits is expected within the hour. Try again, or ask a coordinator.")
            return _shown("start", event, key, wrong=wrong, digits=digits[:12]), 422
    except TooManyTries as refusal:
        count_at_door(Door.KIOSK, DoorOutcome.TOO_OFTEN, at, event.organisation_id)
        ask = _("Or ask a coordinator.")
        return _shown("start", event, key, wrong=f"{refusal} {ask}"), 429
    if len(people) == 1:
        return _shifts(event, kiosk, key, people[0], at)
    until = at + STEP_LASTS
    ways = [(name, _sign("who", kiosk, until, person=person.id)) for person, name in called_apart(people)]
    return _shown("who", event, key, ways=ways)


def _shifts(event: Event, kiosk: Kiosk, key: str, person: Person, at: datetime) -> ResponseReturnValue:
    until = at + STEP_LASTS
    mine = [
        (each, _sign("mark", kiosk, until, person=person.id, of=each.key, key=new_key(), undo=False))
        for each in arriving(event, person, at)
    ]
    return _shown("shifts", event, key, person=person, mine=mine) if mine else _again(event, key)


def _mark(event: Event, key: str, said: JsonObject | None, at: datetime) -> ResponseReturnValue:
    person = person_by_id(said["person"]) if said else None
    mine = arriving(event, person, at) if person else []
    coming = next((each for each in mine if said and each.key == said["of"]), None)
    if said is None or coming is None:
        return _again(event, key)
    actor = Actor.person(coming.person, Via.KIOSK)
    try:
        say_arrived(coming, undo=said["undo"], key=said["key"], actor=actor, now=at)
    except TooEarly as refusal:  # it was moved in the meantime
        return _shown("start", event, key, wrong=str(refusal)), 422
    if said["undo"]:
        return redirect(url_for(".start", slug=event.slug, key=key), 303)
    back = sign("kiosk-mark", {**said, "undo": True, "key": new_key()}, at + STEP_LASTS)
    return _shown("done", event, key, coming=coming, back=back, after=DONE_FOR)


def _again(event: Event, key: str) -> ResponseReturnValue:
    return _shown("start", event, key, wrong=_("That took a while. Please start again.")), 422


def _shown(page: str, event: Event, key: str, **values: object) -> str:
    here = url_for(".start", slug=event.slug, key=key)
    after = values.pop("after", FORGET_AFTER)
    return render_template(f"check_in/kiosk_{page}.html", event=event, here=here, after=after, **values)


def _open(slug: str, key: str) -> tuple[Event, Kiosk]:
    """The event and kiosk with this key; aborts with 404 if there is none, 410 if it was closed or its day is over."""
    event, kept = event_by_slug(slug) or abort(404), unsign("kiosk", key, now())
    is_ours = kept is not None and kept.get("event") == event.id
    kiosk = kiosk_of(event.id, int(kept["kiosk"])) if kept and is_ours else None
    if kiosk is None or kiosk.closed_at is not None:
        if not (is_ours or event.published):
            abort(404)  # without a key, nobody learns that there is such a show
        abort(410, _("This kiosk is closed. A coordinator can open another."))
    return event, kiosk


def _sign(step: str, kiosk: Kiosk, until: datetime, **kept: object) -> str:
    return sign(f"kiosk-{step}", {"kiosk": kiosk.id, **kept}, until)


def _unsigned(step: str, kiosk: Kiosk, at: datetime) -> JsonObject | None:
    kept = unsign(f"kiosk-{step}", request.form.get(step, ""), at)
    return kept if kept and kept.get("kiosk") == kiosk.id else None


def _key(event: Event, kiosk: Kiosk) -> str:
    return sign("kiosk", {"event": event.id, "kiosk": kiosk.id}, _until(event))


def _address(event: Event, kiosk: Kiosk) -> str:
    return services().settings.public_url + url_for(".start", slug=event.slug, key=_key(event, kiosk))


def _until(event: Event) -> datetime:
    """The end of the last show day."""
    return show_day_bounds(event.days[-1].on, zone_named(event.zone))[1]


@bp.after_request
def _tell_nobody(response: Response) -> Response:
    """Anyone with a kiosk's URL can use it, so no referrer is sent."""
    if request.path.startswith("/e/"):
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "no-store"
    return response
