"""A person's own page: what they play, what they help with, and every answer they can give. Looking changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...clock import now
from ...house import house
from ...lineup.actions import answer_slot, say_here, say_late
from ...people.actions import edit_person
from ...people.queries import person_by_link
from ...shifts.actions import change_shift, check_in, come_alone, leave_shift
from ...shifts.refusals import CannotLeaveShift, CannotTakeShift
from ...web.languages import LANGUAGES, speak
from ..calendars import calendar_of, own_appointments
from ..forms import AnotherTimeForm
from ..queries.choosing import choices
from ..queries.covering import own_cover
from ..queries.diary import diary_of
from ..queries.own import own_sign_up, own_slot, own_things, was_a_link
from .public import calendar_answer, host

bp = Blueprint("me", __name__)

ANSWERS = ("confirmed", "declined", "invited")
MOST_LATE = 180  # minutes
STEPS = (5, 10, 15)


@bp.url_value_preprocessor
def find_person(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Whose page it is, before any view is asked: a link that opens nobody's goes no further."""
    token = str((values or {}).get("token", ""))
    g.me = person_by_link(token)
    if g.me is None and was_a_link(token):
        abort(
            410, _("This link was replaced or ended. Look for the newest text from us, or ask whoever runs the show.")
        )
    if g.me is None:
        abort(404, _("This link is not complete. Open it from the text once more, or ask whoever runs the show."))
    speak(g.me.language)


@bp.get("/me/<token>")
def page(token: str) -> ResponseReturnValue:
    """Everything of theirs that is still to come."""
    return _page(token, AnotherTimeForm(formdata=None))


@bp.get("/me/<token>.ics")
def calendar(token: str) -> ResponseReturnValue:
    """The same as calendar entries."""
    at = now()
    url = house().settings.public_url + url_for(".page", token=token)
    entries = own_appointments(diary_of(g.me, at), url, at)
    return calendar_answer(calendar_of("Callboard", entries, host=host(), now=at), "callboard.ics")


@bp.post("/me/<token>/slots/<int:slot_id>/answer")
def answer(token: str, slot_id: int) -> ResponseReturnValue:
    """Yes, no, or open again."""
    slot, said = _slot(slot_id), request.form.get("answer", "")
    if said not in ANSWERS:
        abort(400)
    answer_slot(slot, said, how="link", by=g.me.name, now=now())
    return _back(token, f"slot-{slot_id}")


@bp.post("/me/<token>/slots/<int:slot_id>/another-time")
def another_time(token: str, slot_id: int) -> ResponseReturnValue:
    """What would suit them better, for a coordinator to read; the slot waits for an answer until then."""
    slot, form = _slot(slot_id), AnotherTimeForm()
    if not form.validate_on_submit():
        return _page(token, form, asked_about=slot_id), 422
    words = " ".join((form.asks_for.data or "").split())
    answer_slot(slot, "invited", how="link", by=g.me.name, now=now(), asks_for=words)
    flash(_("Thank you. A coordinator reads this and writes back."), "ok")
    return _back(token, f"slot-{slot_id}")


@bp.post("/me/<token>/slots/<int:slot_id>/late")
def late(token: str, slot_id: int) -> ResponseReturnValue:
    """How many minutes late they will be; 0 takes it back. The stage manager decides what it means."""
    slot, minutes = _slot(slot_id), request.form.get("other", "").strip() or request.form.get("minutes", "")
    if not minutes.isdecimal() or int(minutes) > MOST_LATE:
        flash(_("Write how many minutes late you will be, from 1 to %(most)s.", most=MOST_LATE), "bad")
        return _back(token, f"slot-{slot_id}")
    say_late(slot, timedelta(minutes=int(minutes)), now=now())
    if int(minutes):
        flash(_("Thank you. The stage manager sees that you will be %(minutes)s minutes late.", minutes=minutes), "ok")
    return _back(token, f"slot-{slot_id}")


@bp.post("/me/<token>/slots/<int:slot_id>/here")
def here(token: str, slot_id: int) -> ResponseReturnValue:
    """In the building, or not after all."""
    say_here(_slot(slot_id), now=None if request.form.get("undo") else now())
    return _back(token, f"slot-{slot_id}")


@bp.post("/me/<token>/shifts/<int:sign_up_id>/here")
def on_shift(token: str, sign_up_id: int) -> ResponseReturnValue:
    """There for the shift, or not after all."""
    check_in(_sign_up(sign_up_id), now=now(), undo=bool(request.form.get("undo")))
    return _back(token, f"shift-{sign_up_id}")


@bp.post("/me/<token>/shifts/<int:sign_up_id>/leave")
def leave(token: str, sign_up_id: int) -> ResponseReturnValue:
    """Cannot come: the place is open again, or the place in the queue is gone."""
    sign_up = _sign_up(sign_up_id)
    role, queued = sign_up.shift.role.name, sign_up.state == "waitlisted"
    try:
        leave_shift(sign_up, now=now(), how="link")
        if queued:
            flash(_("You are no longer on the waitlist for %(role)s.", role=role), "ok")
        else:
            flash(_("You are no longer down for %(role)s. Thank you for telling us.", role=role), "ok")
    except CannotLeaveShift as refusal:
        flash(str(refusal), "wait")
    return _back(token)


@bp.route("/me/<token>/shifts/<int:sign_up_id>/change", methods=["GET", "POST"])
def change(token: str, sign_up_id: int) -> ResponseReturnValue:
    """Another shift instead of this one: the one is kept until the other is theirs."""
    sign_up, at, wrong, status = _sign_up(sign_up_id), now(), "", 200
    key = request.form.get("shift", "") if request.method == "POST" else ""
    found = choices(sign_up.event_id, at, person=g.me, taking=[key], besides=[sign_up.id])
    if request.method == "POST":
        try:
            wrong = _("Pick a shift to go on.") if not found.picked else ""
            if found.picked:
                taken = change_shift(sign_up, found.picked[0].shift.id, now=at, how="link")
                flash(_("You are down for %(role)s. Thank you.", role=taken.shift.role.name), "ok")
                return _back(token, f"shift-{taken.id}")
        except (CannotTakeShift, CannotLeaveShift) as refusal:
            wrong = str(refusal)
        status = 422
    values: Any = {"token": token, "sign_up": sign_up, "event": sign_up.shift.event, "found": found, "wrong": wrong}
    name = sign_up.shift.event.organisation.name
    return render_template("me/change.html", person=g.me, organisation_name=name, **values), status


@bp.post("/me/<token>/shifts/<int:sign_up_id>/alone")
def alone(token: str, sign_up_id: int) -> ResponseReturnValue:
    """They come without the friend who has not said yes."""
    come_alone(_sign_up(sign_up_id), now=now())
    return _back(token, f"shift-{sign_up_id}")


@bp.post("/me/<token>/language")
def language(token: str) -> ResponseReturnValue:
    """The language of their page and of every text to them."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    edit_person(g.me, language=chosen)
    return redirect(url_for(".page", token=token, lang=chosen), 303)


def _page(token: str, form: AnotherTimeForm, asked_about: int | None = None) -> str:
    at = now()
    own = own_things(g.me, at)
    cover = own_cover(g.me, own, at)
    return render_template(
        "me/page.html",
        me=g.me,
        own=own,
        cover=cover,
        token=token,
        form=form,
        asked_about=asked_about,
        steps=STEPS,
        organisation_name=own.events[0].organisation.name if own.events else cover.organisation_name,
        public_url=house().settings.public_url,
    )


def _slot(slot_id: int) -> Any:
    return own_slot(g.me, slot_id, now()) or abort(404, _("That slot is no longer yours. Load your page again."))


def _sign_up(sign_up_id: int) -> Any:
    return own_sign_up(g.me, sign_up_id, now()) or abort(404, _("You are no longer down for that shift."))


def _back(token: str, anchor: str = "") -> Response:
    return redirect(url_for(".page", token=token, _anchor=anchor or None), 303)
