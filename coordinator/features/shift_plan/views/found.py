"""What presses of these pages have in common: the shift or sign-up they are about, and where they lead back to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from coordinator.core.rules import UNDO
from coordinator.events.models import Event
from coordinator.reminders.queries.places import reasons_to_call
from coordinator.shifts.actions.taking_back import as_it_was
from coordinator.shifts.models import Shift, SignUp, SignUpState
from coordinator.shifts.queries.planned import shift_of, sign_up_of
from coordinator.web.guard import our_event
from coordinator.web.ids import an_id
from coordinator.web.labels import called

LONGEST = 120  # characters of an anchor


@dataclass(frozen=True, slots=True)
class JustDone:
    """What a coordinator has just done and can undo. ``back`` is sent with the undo, so that it leads back here.

    ``added`` has the sentence to say of it, and ends once that person has been told.
    """

    back: dict[str, str]
    added: tuple[SignUp, str] | None
    removed: SignUp | None
    changed: Shift | None


def just_done(event: Event, at: datetime, **back: str) -> JustDone:
    """What the address of this page says was done. ``back`` names the page, and the anchor on it."""
    return JustDone(back, _added(event, at), _removed(event), _changed(event, at))


def back_to(shift: Shift, **said: Any) -> Response:
    """To where the press was made: the grid, or the page of the shift. ``said`` becomes part of the address."""
    if request.form.get("back") == "grid":
        cell = request.form.get("cell", "")[:LONGEST] or None
        return redirect(url_for(".grid", slug=shift.event.slug, cell=cell, _anchor=cell, **said), 303)
    return redirect(url_for(".shift", slug=shift.event.slug, key=shift.key, **said), 303)


def the_shift(slug: str, key: str) -> Shift:
    """The event's shift with this key; aborts with 404 if there is none."""
    return shift_of(our_event(slug).id, key) or abort(404)


def the_sign_up(slug: str, sign_up_id: int) -> SignUp:
    """The event's sign-up; aborts with 404 if there is none."""
    return sign_up_of(our_event(slug), sign_up_id) or abort(404)


def _removed(event: Event) -> SignUp | None:
    number = request.args.get("removed", 0, type=an_id)
    sign_up = sign_up_of(event, number) if number else None
    return sign_up if sign_up is not None and sign_up.state == SignUpState.CANCELLED else None


def _added(event: Event, at: datetime) -> tuple[SignUp, str] | None:
    number = request.args.get("added", 0, type=an_id)
    sign_up = sign_up_of(event, number) if number else None
    if sign_up is None or sign_up.state != SignUpState.CONFIRMED or at >= sign_up.changed_at + UNDO:
        return None
    return sign_up, _put_on_words(sign_up)


def _changed(event: Event, at: datetime) -> Shift | None:
    shift = shift_of(event.id, request.args.get("changed", ""))
    return shift if shift is not None and as_it_was(shift, at) is not None else None


def _put_on_words(sign_up: SignUp) -> str:
    if sign_up.person_id in reasons_to_call([sign_up.person]):
        words = _("%(name)s is now on %(role)s. Nothing reaches them, so they're on your call list.")
    else:
        words = _("%(name)s is now on %(role)s. We'll ask them in 30 seconds.")
    return words % {"name": sign_up.person.name, "role": called(sign_up.shift.role)}
