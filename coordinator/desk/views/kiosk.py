"""A tablet by the door: the last four digits of a mobile, a first name, and "Here". It knows no account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import logout_user

from ...accounts.actions import Limit, TooManyTries, count_try, refuse_if_tried
from ...clock import now
from ...core.show_time import show_day_bounds, zone_named
from ...events.models import Event
from ...events.queries import event_by_slug
from ...house import house
from ...people.models import Person
from ...people.queries import person_by_id
from ...shifts.actions import close_kiosk, mark, new_key, open_kiosk
from ...shifts.models import Kiosk
from ...shifts.queries import kiosk_of, open_kiosks, sign_up_of
from ...shownight.actions import By
from ...web.guard import coordinator_required
from ...web.sealed import seal, unseal
from ..codes import square_of
from ..queries.arriving import arriving, arriving_with, called_apart, people_in
from .overview import our_event
from .signing import by_whoever

bp = Blueprint("kiosk", __name__)

WRONG = Limit("kiosk", 20)  # wrong tries on one tablet
STEP_LASTS = timedelta(minutes=2)
DONE_FOR = 6  # seconds until the next one may begin
FORGET_AFTER = 45  # seconds in which somebody who walked away is forgotten


@bp.get("/coordinate/<slug>/kiosk")
@coordinator_required
def kiosks(slug: str) -> ResponseReturnValue:
    """The kiosks of the show that are open, with their addresses."""
    event, at = our_event(slug), now()
    addressed = [(kiosk, _address(event, kiosk)) for kiosk in open_kiosks(event.id)]
    opened = [(kiosk, address, square_of(address, on_screen=True)) for kiosk, address in addressed]
    return render_template("kiosk/kiosks.html", event=event, opened=opened, is_over=_until(event) <= at)


@bp.post("/coordinate/<slug>/kiosk")
@coordinator_required
def open_one(slug: str) -> ResponseReturnValue:
    """One more."""
    event, at = our_event(slug), now()
    if _until(event) <= at:
        flash(_("The day of this show is over."), "wait")
    else:
        open_kiosk(event, by=by_whoever(), now=at)
    return redirect(url_for(".kiosks", slug=slug), 303)


@bp.post("/coordinate/<slug>/kiosk/<int:kiosk_id>/close")
@coordinator_required
def close(slug: str, kiosk_id: int) -> ResponseReturnValue:
    """Its address lets nobody in any more."""
    kiosk = kiosk_of(our_event(slug).id, kiosk_id) or abort(404)
    close_kiosk(kiosk, by=by_whoever(), now=now())
    flash(_("The kiosk is closed."), "ok")
    return redirect(url_for(".kiosks", slug=slug), 303)


@bp.post("/coordinate/<slug>/kiosk/<int:kiosk_id>/this-device")
@coordinator_required
def this_device(slug: str, kiosk_id: int) -> ResponseReturnValue:
    """This very device becomes the kiosk, and nobody is signed in on it."""
    event = our_event(slug)
    kiosk = kiosk_of(event.id, kiosk_id) or abort(404)
    logout_user()
    return redirect(url_for(".start", slug=slug, key=_key(event, kiosk)), 303)


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
        return _mark(event, key, _unsealed("mark", kiosk, at), at)
    if "who" in request.form:
        chosen = _unsealed("who", kiosk, at)
        person = person_by_id(chosen["person"]) if chosen else None
        return _shifts(event, kiosk, key, person, at) if person else _again(event, key)
    return _digits(event, kiosk, key, at)


def _digits(event: Event, kiosk: Kiosk, key: str, at: datetime) -> ResponseReturnValue:
    digits = "".join(request.form.get("digits", "").split())
    try:
        refuse_if_tried(WRONG, str(kiosk.id), at)
        people = people_in(arriving_with(event, digits, at))
        if not people:
            count_try(WRONG, str(kiosk.id), at)
            wrong = _("We find nobody with these 4 digits who is expected now. Try again, or ask a coordinator.")
            return _shown("start", event, key, wrong=wrong, digits=digits[:12]), 422
    except TooManyTries as refusal:
        ask = _("Or ask a coordinator.")
        return _shown("start", event, key, wrong=f"{refusal} {ask}"), 429
    if len(people) == 1:
        return _shifts(event, kiosk, key, people[0], at)
    until = at + STEP_LASTS
    ways = [(name, _seal("who", kiosk, until, person=person.id)) for person, name in called_apart(people)]
    return _shown("who", event, key, ways=ways)


def _shifts(event: Event, kiosk: Kiosk, key: str, person: Person, at: datetime) -> ResponseReturnValue:
    until = at + STEP_LASTS
    mine = [
        (each, _seal("mark", kiosk, until, sign_up=each.sign_up.id, what="here", key=new_key()))
        for each in arriving(event, person, at)
    ]
    return _shown("shifts", event, key, person=person, mine=mine) if mine else _again(event, key)


def _mark(event: Event, key: str, said: dict[str, Any] | None, at: datetime) -> ResponseReturnValue:
    sign_up = sign_up_of(event, said["sign_up"]) if said else None
    if said is None or sign_up is None:
        return _again(event, key)
    mark(sign_up, said["what"], key=said["key"], at=at, how="kiosk", by=By(sign_up.person.name), now=at)
    if said["what"] != "here":
        return redirect(url_for(".start", slug=event.slug, key=key), 303)
    back = seal("kiosk-mark", {**said, "what": "not_here", "key": new_key()}, at + STEP_LASTS)
    return _shown("done", event, key, sign_up=sign_up, back=back, after=DONE_FOR)


def _again(event: Event, key: str) -> ResponseReturnValue:
    return _shown("start", event, key, wrong=_("That took a while. Please begin again.")), 422


def _shown(page: str, event: Event, key: str, **values: Any) -> str:
    here = url_for(".start", slug=event.slug, key=key)
    after = values.pop("after", FORGET_AFTER)
    return render_template(f"kiosk/{page}.html", event=event, here=here, after=after, **values)


def _open(slug: str, key: str) -> tuple[Event, Kiosk]:
    """The event and kiosk of this key; 404 for a key that is none, 410 when it was closed or its day is over."""
    event, kept = event_by_slug(slug) or abort(404), unseal("kiosk", key, now())
    is_ours = kept is not None and kept.get("event") == event.id
    kiosk = kiosk_of(event.id, int(kept["kiosk"])) if kept and is_ours else None
    if kiosk is None or kiosk.closed_at is not None:
        if not (is_ours or event.published):
            abort(404)  # without a key nobody learns that there is such a show
        abort(410, _("This kiosk is closed. A coordinator can open another."))
    return event, kiosk


def _seal(step: str, kiosk: Kiosk, until: datetime, **kept: Any) -> str:
    return seal(f"kiosk-{step}", {"kiosk": kiosk.id, **kept}, until)


def _unsealed(step: str, kiosk: Kiosk, at: datetime) -> dict[str, Any] | None:
    kept = unseal(f"kiosk-{step}", request.form.get(step, ""), at)
    return kept if kept and kept.get("kiosk") == kiosk.id else None


def _key(event: Event, kiosk: Kiosk) -> str:
    return seal("kiosk", {"event": event.id, "kiosk": kiosk.id}, _until(event))


def _address(event: Event, kiosk: Kiosk) -> str:
    return house().settings.public_url + url_for(".start", slug=event.slug, key=_key(event, kiosk))


def _until(event: Event) -> datetime:
    return show_day_bounds(event.date, zone_named(event.zone))[1]


@bp.after_request
def _tell_nobody(response: Response) -> Response:
    """Whoever holds the address of a kiosk may use it."""
    if request.path.startswith("/e/"):
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "no-store"
    return response
