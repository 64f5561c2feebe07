"""A person's own page: what they play, what they help with, and every answer they can give. GET changes nothing."""

import json
from datetime import timedelta

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from coordinator.accounts.actions.personal_links import record_export, replace_link
from coordinator.accounts.models import Actor, Via
from coordinator.accounts.queries import organisation_of
from coordinator.clock import now
from coordinator.features.sign_up.forms import AnotherTimeForm
from coordinator.features.sign_up.listing import Filter, listing
from coordinator.features.sign_up.queries import choices
from coordinator.lineup.actions.answers import answer_slot, say_here, say_late
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.lineup.refusals import TooEarly
from coordinator.people.actions.persons import edit_person
from coordinator.people.models import Channel
from coordinator.reminders.queries.call_times import called_at
from coordinator.reminders.queries.lateness import begins_at
from coordinator.services import services
from coordinator.shifts.actions.attendance import check_in
from coordinator.shifts.actions.friends import come_alone
from coordinator.shifts.actions.signing_up import change_shift, leave_shift
from coordinator.shifts.models import SignUp, SignUpSource, SignUpState
from coordinator.shifts.queries.held import held_about
from coordinator.shifts.refusals.leaving import CannotLeaveShift
from coordinator.shifts.refusals.taking import CannotTakeShift
from coordinator.web.calendars import calendar_answer, calendar_of, host
from coordinator.web.filters import clock
from coordinator.web.known import remember
from coordinator.web.labels import called
from coordinator.web.languages import LANGUAGES

from ..queries.cover import own_cover
from ..queries.diary import diary_of
from ..queries.given_up import left_lately, stepped_aside
from ..queries.own import own_sign_up, own_slot, own_things
from .blueprint import bp
from .calendar import own_appointments
from .reaching import agreement_to, has_stopped, moved_from

ANSWERS = (ActAnswer.CONFIRMED, ActAnswer.DECLINED, ActAnswer.INVITED)
MOST_LATE = 180  # minutes
STEPS = (5, 10, 15)


@bp.get("/me/<token>")
def page(token: str) -> ResponseReturnValue:
    """Everything of theirs that is still to come."""
    return _page(token, AnotherTimeForm(formdata=None))


@bp.get("/me/<token>.ics")
def calendar(token: str) -> ResponseReturnValue:
    """The same as a calendar feed."""
    at = now()
    url = services().settings.public_url + url_for(".page", token=token)
    entries = own_appointments(diary_of(g.me, at), url, g.me.language, at)
    return calendar_answer(calendar_of("Callboard", entries, host=host(), now=at), "callboard.ics")


@bp.post("/me/<token>/slots/<int:slot_id>/answer")
def answer(token: str, slot_id: int) -> ResponseReturnValue:
    """Yes, no, or open again."""
    slot, said = _slot(slot_id), request.form.get("answer", "")
    if said not in ANSWERS:
        abort(400)
    answer_slot(slot, said, actor=Actor.person(g.me, Via.LINK), now=now(), people=[g.me])
    return _back(token, f"slot-{slot_id}")


@bp.post("/me/<token>/slots/<int:slot_id>/another-time")
def another_time(token: str, slot_id: int) -> ResponseReturnValue:
    """What would suit them better, for a coordinator to read; the slot stays unanswered until then."""
    slot, form = _slot(slot_id), AnotherTimeForm()
    if not form.validate_on_submit():
        return _page(token, form, asked_about=slot_id), 422
    words = " ".join((form.asks_for.data or "").split())
    answer_slot(slot, ActAnswer.INVITED, actor=Actor.person(g.me, Via.LINK), now=now(), asks_for=words, people=[g.me])
    flash(_("Thank you. A coordinator will read this and reply."), "ok")
    return _back(token, f"slot-{slot_id}")


@bp.post("/me/<token>/slots/<int:slot_id>/late")
def late(token: str, slot_id: int) -> ResponseReturnValue:
    """How many minutes late they will be; 0 withdraws it. The stage manager decides what follows."""
    slot, minutes = _slot(slot_id), request.form.get("other", "").strip() or request.form.get("minutes", "")
    if not minutes.isdecimal() or len(minutes) > 3 or int(minutes) > MOST_LATE:
        flash(_("Enter how many minutes late you'll be, from 1 to %(most)s.", most=MOST_LATE), "bad")
        return _back(token, f"slot-{slot_id}")
    at = begins_at(slot, g.me, int(minutes), now())
    say_late(slot, timedelta(minutes=int(minutes)), now=now(), starts_at=at, person=g.me)
    if int(minutes):
        time = clock(at, slot.event.zone)
        flash(
            _("Got it: about %(time)s, %(count)s min late. The stage manager will confirm.", time=time, count=minutes),
            "ok",
        )
    return _back(token, f"slot-{slot_id}")


@bp.post("/me/<token>/slots/<int:slot_id>/here")
def here(token: str, slot_id: int) -> ResponseReturnValue:
    """In the building, or not after all."""
    slot, at, undo = _slot(slot_id), now(), bool(request.form.get("undo"))
    try:
        say_here(slot, call_at=called_at(slot, at), actor=Actor.person(g.me, Via.LINK), now=at, undo=undo)
    except TooEarly as refusal:
        flash(str(refusal), "wait")
    return _back(token, f"slot-{slot_id}")


@bp.post("/me/<token>/shifts/<int:sign_up_id>/here")
def on_shift(token: str, sign_up_id: int) -> ResponseReturnValue:
    """Check in for the shift, or undo it."""
    try:
        check_in(_sign_up(sign_up_id), now=now(), undo=bool(request.form.get("undo")))
    except TooEarly as refusal:
        flash(str(refusal), "wait")
    return _back(token, f"shift-{sign_up_id}")


@bp.post("/me/<token>/shifts/<int:sign_up_id>/leave")
def leave(token: str, sign_up_id: int) -> ResponseReturnValue:
    """Drop the shift, which the page says with a way back, or leave its waitlist."""
    sign_up = _sign_up(sign_up_id)
    role, queued = called(sign_up.shift.role), sign_up.state == SignUpState.WAITLISTED
    try:
        leave_shift(sign_up, now=now(), source=SignUpSource.LINK)
        if queued:
            flash(_("You're no longer on the waitlist for %(role)s.", role=role), "ok")
    except CannotLeaveShift as refusal:
        flash(str(refusal), "wait")
    return _back(token)


@bp.route("/me/<token>/shifts/<int:sign_up_id>/change", methods=["GET", "POST"])
def change(token: str, sign_up_id: int) -> ResponseReturnValue:
    """Switch to another shift: they keep the one until they have the other."""
    sign_up, at, wrong, status = _sign_up(sign_up_id), now(), "", 200
    key = request.form.get("shift", "") if request.method == "POST" else ""
    found = choices(sign_up.event_id, at, person=g.me, taking=[key], besides=[sign_up.id])
    if request.method == "POST":
        try:
            wrong = _("Choose a shift to continue.") if not found.picked else ""
            if found.picked:
                taken = change_shift(sign_up, found.picked[0].shift.id, now=at, source=SignUpSource.LINK)
                flash(_("You're signed up for %(role)s. Thank you.", role=called(taken.shift.role)), "ok")
                return _back(token, f"shift-{taken.id}")
        except (CannotTakeShift, CannotLeaveShift) as refusal:
            wrong = str(refusal)
        status = 422
    values: dict[str, object] = {
        "token": token,
        "sign_up": sign_up,
        "event": sign_up.shift.event,
        "list": listing(found, Filter(), is_known=True),
        "wrong": wrong,
    }
    name = sign_up.shift.event.organisation.name
    return render_template("my_page/change.html", person=g.me, organisation_name=name, **values), status


@bp.post("/me/<token>/shifts/<int:sign_up_id>/alone")
def alone(token: str, sign_up_id: int) -> ResponseReturnValue:
    """They come without the friend who has not said yes."""
    come_alone(_sign_up(sign_up_id), now=now())
    return _back(token, f"shift-{sign_up_id}")


@bp.post("/me/<token>/data")
def data(token: str) -> ResponseReturnValue:
    """Everything that is held about them, as a file."""
    record_export(g.me, actor=Actor.person(g.me, Via.LINK), now=now())
    held = json.dumps(held_about(g.me), indent=2, ensure_ascii=False)
    response = Response(held, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="callboard.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/me/<token>/link")
def link(token: str) -> ResponseReturnValue:
    """Another link instead of this one, which opens nothing any more."""
    replace_link(g.me, actor=Actor.person(g.me, Via.LINK), now=now())
    flash(_("This is your new link. The old one no longer works."), "ok")
    response = redirect(url_for(".page", token=services().links.token(g.me)), 303)
    remember(response, g.me)
    return response


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
        "my_page/page.html",
        me=g.me,
        own=own,
        cover=cover,
        left=left_lately(g.me, at),
        aside=stepped_aside(g.me, at),
        token=token,
        form=form,
        asked_about=asked_about,
        agreements={channel: agreement_to(channel) for channel in Channel},
        moved=moved_from(at),
        stopped=has_stopped(g.me),
        can_mail=services().can_mail,
        steps=STEPS,
        organisation_name=organisation_of(g.me).name,
        public_url=services().settings.public_url,
    )


def _slot(slot_id: int) -> Slot:
    return own_slot(g.me, slot_id, now()) or abort(404, _("That slot is no longer yours. Reload your page."))


def _sign_up(sign_up_id: int) -> SignUp:
    return own_sign_up(g.me, sign_up_id, now()) or abort(404, _("You're no longer signed up for that shift."))


def _back(token: str, anchor: str = "") -> Response:
    return redirect(url_for(".page", token=token, _anchor=anchor or None), 303)
