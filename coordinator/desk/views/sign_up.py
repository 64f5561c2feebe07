"""Signing up to help: choose shifts, say who you are, prove your phone. Nobody needs an account."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...accounts.actions import TooManyTries
from ...clock import now
from ...core.cover import Obstacle
from ...core.show_time import show_day, zone_named
from ...people.actions import one_line, personal_link
from ...shifts.actions import prove_phone, stand_by
from ...shifts.queries import Newcomer, standby_of
from ...shifts.refusals import CodeRefused
from ...shownight.actions import By
from ...web.known import forget, remember
from ...web.live import not_modified, with_etag
from ..forms import AboutYouForm, CodeForm
from ..queries.choosing import Choices, choices
from ..queries.public import Billing
from ..wishes import Wish
from .public import visible
from .sign_up_page import (
    CODE,
    code_is_sent,
    consent_words,
    fulfil,
    keep_wish,
    kept_wish,
    known_person,
    private,
    promised_code,
    send_code,
    to_choose,
    wish_asked,
)

bp = Blueprint("sign_up", __name__)

OF_AGE = {Obstacle.TOO_YOUNG, Obstacle.NIGHT, Obstacle.AGE_UNKNOWN}


@bp.get("/e/<slug>/volunteer")
def choose(slug: str) -> ResponseReturnValue:
    """Every shift, the open ones to choose from."""
    billing, at, wish = visible(slug), now(), wish_asked()
    person = known_person(billing)
    if person is not None or wish:
        return _choices(billing, at, wish, person=person)
    etag = billing.etag(at)
    if (same := not_modified(etag)) is not None:
        return same
    return with_etag(_choices(billing, at, wish), etag)


@bp.post("/e/<slug>/volunteer")
def chosen(slug: str) -> ResponseReturnValue:
    """Shifts were chosen: they are taken at once by somebody we know, others say who they are first."""
    billing, at = visible(slug), now()
    wish = Wish(tuple(request.form.getlist("shift")), tuple(request.form.getlist("queue")))
    wish = replace(wish, friend=one_line(request.form.get("friend", ""))[:100])
    person = known_person(billing)
    found = choices(billing.event_id, at, person=person, taking=wish.taking, queueing=wish.queueing)
    wrongs = [sentence for _objection, sentence in found.wrongs] or _nothing_left(found, wish)
    if wrongs:
        return _choices(billing, at, wish, person=person, wrongs=wrongs), 422
    if person is None or found.skills or found.age:
        keep_wish(wish)
        return redirect(url_for(".details", slug=slug, **wish.asked), 303)
    return fulfil(billing, person, wish, at)


@bp.route("/e/<slug>/volunteer/details", methods=["GET", "POST"])
def details(slug: str) -> ResponseReturnValue:
    """A name and a mobile number, what the shifts ask for, and what agreeing to texts means."""
    billing, at, wish = visible(slug), now(), wish_asked()
    person = known_person(billing)
    found = choices(billing.event_id, at, person=person, taking=wish.taking, queueing=wish.queueing)
    if found.wrongs or not found.picked:
        words = _("That shift is no longer open. Please choose another.")
        flash(found.wrongs[0][1] if found.wrongs else words, "wait")
        return to_choose(slug, wish)
    form = _about_you(billing, found, person)
    if form.validate_on_submit():
        wish = _read(billing, form, found, wish, person, at)
        if not form.errors and person is not None:
            return fulfil(billing, person, wish, at)
        if not form.errors and code_is_sent(billing, form, wish, at):
            return redirect(url_for(".code", slug=slug), 303)
    values: Any = {"form": form, "found": found, "wish": wish, "person": person, "words": consent_words()}
    page = private("sign_up/details.html", found.shown.event, **values)
    return (page, 422) if form.errors else page


@bp.route("/e/<slug>/volunteer/code", methods=["GET", "POST"])
def code(slug: str) -> ResponseReturnValue:
    """The code from the text; the right one takes the shifts."""
    billing, at, form, wish = visible(slug), now(), CodeForm(), kept_wish()
    sent = promised_code(billing)
    if sent is None or (sent.used_at is not None and request.method == "GET"):
        return to_choose(slug, wish)
    if form.validate_on_submit():
        try:
            proof = prove_phone(sent.id, form.digits, now=at)
        except CodeRefused as refusal:
            form.code.errors = [str(refusal)]
        else:
            if proof.person is None:
                return redirect(url_for(".who", slug=slug), 303)
            response = fulfil(billing, proof.person, wish, at)
            remember(response, personal_link(proof.person, at).token)
            return response
    found = choices(billing.event_id, at, taking=wish.taking, queueing=wish.queueing)
    page = private("sign_up/code.html", found.shown.event, form=form, sent=sent, wish=wish, found=found)
    return (page, 422) if form.errors else page


@bp.post("/e/<slug>/volunteer/code/again")
def again(slug: str) -> ResponseReturnValue:
    """Another code to the same number."""
    billing, at, wish = visible(slug), now(), kept_wish()
    sent = promised_code(billing)
    if sent is None or sent.used_at is not None:
        return to_choose(slug, wish)
    try:
        send_code(billing, wish, phone=sent.phone, name=sent.name, at=at, again=True)
        flash(_("A new code is on its way. Only the newest one works."), "ok")
    except TooManyTries as refusal:
        flash(str(refusal), "wait")
    return redirect(url_for(".code", slug=slug), 303)


@bp.post("/e/<slug>/volunteer/standby")
def standby(slug: str) -> ResponseReturnValue:
    """Somebody we know takes no shift, but would come if hands are missing; their own page takes that back."""
    billing, at = visible(slug), now()
    person, shown = known_person(billing), choices(billing.event_id, at).shown
    if person is None or not shown.shifts:
        return redirect(url_for(".choose", slug=slug), 303)
    stand_by(shown.event, person, by=By(person.name), now=at)
    flash(_("Thank you. We text you if hands are missing."), "ok")
    return redirect(url_for("me.page", token=personal_link(person, at).token), 303)


@bp.post("/e/<slug>/volunteer/somebody-else")
def somebody_else(slug: str) -> ResponseReturnValue:
    """This browser is to forget who it belongs to."""
    response = redirect(url_for(".choose", slug=visible(slug).slug), 303)
    session.pop(CODE, None)
    forget(response)
    return response


def _choices(
    billing: Billing, at: datetime, wish: Wish, *, person: Any = None, wrongs: list[str] | None = None
) -> Response:
    found = choices(billing.event_id, at, person=person, taking=wish.taking, queueing=wish.queueing)
    values = {"found": found, "shown": found.shown, "person": person, "wish": wish, "wrongs": wrongs or []}
    stands_by = person is not None and standby_of(billing.event_id, person) is not None
    response = private("sign_up/choose.html", found.shown.event, stands_by=stands_by, **values)
    if person is None and not wish:
        response.headers.pop("Cache-Control")
    return response


def _nothing_left(found: Choices, wish: Wish) -> list[str]:
    if not wish:
        return [_("Pick a shift to go on.")]
    return [] if found.picked else [_("That shift is no longer open. Please choose another.")]


def _about_you(billing: Billing, found: Choices, person: Any) -> AboutYouForm:
    """The form with what is to be asked, and what was typed in this browser a moment ago."""
    sent, kept = promised_code(billing), kept_wish()
    typed = {"name": sent.name, "phone": sent.phone} if sent and sent.used_at is None and not person else {}
    born_on = kept.born_on.isoformat() if kept.born_on else None
    form = AboutYouForm(data=typed | {"skills": kept.skills, "born_on": born_on, "friend": kept.friend})
    form.skills.choices = found.skills
    if person is not None:
        del form.name, form.phone
    if not found.skills:
        del form.skills
    if found.age is None:
        del form.born_on
    if found.skills or found.age or not found.taking:
        del form.friend
    return form


def _read(billing: Billing, form: Any, found: Choices, wish: Wish, person: Any, at: datetime) -> Wish:
    """What they said of themselves, each thing that still stands in the way told at its field."""
    born_on = form.read_birthday(show_day(at, zone_named(billing.zone))) if form.born_on else None
    skills = tuple(skill for skill in form.skills.data or () if skill in found.skills) if form.skills else ()
    friend = one_line(form.friend.data or "") if form.friend else ""
    wish = replace(wish, skills=skills, born_on=born_on, friend=friend)
    picked: Any = {"taking": wish.taking, "queueing": wish.queueing, "said": Newcomer(skills, born_on)}
    after = choices(billing.event_id, at, person=person, **picked)
    for objection, sentence in (*after.unsaid, *after.wrongs):
        of_age = objection.obstacle in OF_AGE
        place = form.born_on if of_age and form.born_on else form.skills if form.skills and not of_age else None
        if place is not None and not place.errors:
            place.errors = [sentence]
        elif place is None:
            form.form_errors.append(sentence)
    if friend and (alone := next((each for each in found.taking if each.places_free < 2), None)):
        words = _("%(role)s has one place left, not two. Leave this empty to come alone.", role=alone.shift.role.name)
        form.friend.errors = [words]
    return wish
