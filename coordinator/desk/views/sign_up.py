"""Signing up to help: choose a shift, say who you are, prove your phone. Nobody needs an account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from ...accounts.actions import TooManyTries
from ...clock import now
from ...events.queries import event_by_slug
from ...people.actions import NotAPhone, parse_phone, personal_link
from ...people.queries import person_by_link
from ...shifts.actions import ask_code, prove_phone, take_shift
from ...shifts.queries import open_code, shift_of
from ...shifts.refusals import AlreadyOnShift, CannotTakeShift, CodeRefused
from ...web.addresses import caller_address
from ...web.known import forget, known_token, remember
from ...web.languages import language
from ...web.live import not_modified, with_etag
from ..forms import CodeForm, DetailsForm
from ..queries.public import Billing, LineUp, line_up
from ..regions import region_of
from .public import host, visible

bp = Blueprint("sign_up", __name__)

CODE = "code"  # where the session keeps which code this browser was promised


@bp.get("/e/<slug>/volunteer")
def choose(slug: str) -> ResponseReturnValue:
    """Every shift, the open ones to choose from."""
    billing, at = visible(slug), now()
    person = _known(billing)
    if person is not None:
        return _choices(billing, at, person=person, chosen=request.args.get("shift", ""))
    etag = f"{billing.etag(at)}-{request.args.get('shift', '')}"
    if (same := not_modified(etag)) is not None:
        return same
    return with_etag(_choices(billing, at, chosen=request.args.get("shift", "")), etag)


@bp.post("/e/<slug>/volunteer")
def chosen(slug: str) -> ResponseReturnValue:
    """One shift was chosen: it is taken at once by somebody we know, others say who they are first."""
    billing, at, key = visible(slug), now(), request.form.get("shift", "")
    person = _known(billing)
    if not key:
        return _choices(billing, at, person=person, wrong=_("Pick a shift to go on.")), 422
    if person is None:
        return redirect(url_for(".details", slug=slug, shift=key), 303)
    shift = shift_of(billing.event_id, key)
    return _taken(billing, person, shift.id if shift else None, at)


@bp.route("/e/<slug>/volunteer/details", methods=["GET", "POST"])
def details(slug: str) -> ResponseReturnValue:
    """A name and a mobile number, and what agreeing to texts means."""
    billing, at = visible(slug), now()
    shown = line_up(billing.event_id, at)
    offer = shown.offer(request.args.get("shift", ""))
    if offer is None or not offer.shift.places_left:
        flash(_("That shift is no longer open. Please choose another."), "wait")
        return redirect(url_for(".choose", slug=slug), 303)
    form = DetailsForm(data=_typed_before(billing, at))
    if form.validate_on_submit() and _code_is_sent(billing, form, offer.shift.id, at):
        return redirect(url_for(".code", slug=slug), 303)
    return _private("sign_up/details.html", shown, form=form, offer=offer, words=consent_words())


@bp.route("/e/<slug>/volunteer/code", methods=["GET", "POST"])
def code(slug: str) -> ResponseReturnValue:
    """The code from the text; the right one takes the shift."""
    billing, at, form = visible(slug), now(), CodeForm()
    sent = open_code(session.get(CODE), billing.event_id)
    if sent is None:
        return redirect(url_for(".choose", slug=slug), 303)
    if form.validate_on_submit():
        try:
            person = prove_phone(sent.id, form.digits, now=at)
        except CodeRefused as refusal:
            form.code.errors = [str(refusal)]
        else:
            session.pop(CODE, None)
            response = _taken(billing, person, sent.shift_id, at)
            remember(response, personal_link(person, at).token)
            return response
    shown = line_up(billing.event_id, at)
    return _private("sign_up/code.html", shown, form=form, sent=sent, offer=shown.offer_of(sent.shift_id))


@bp.post("/e/<slug>/volunteer/code/again")
def again(slug: str) -> ResponseReturnValue:
    """Another code to the same number."""
    billing, at = visible(slug), now()
    sent = open_code(session.get(CODE), billing.event_id)
    if sent is None:
        return redirect(url_for(".choose", slug=slug), 303)
    try:
        _send_code(billing, phone=sent.phone, name=sent.name, shift_id=sent.shift_id, at=at)
        flash(_("A new code is on its way. Only the newest one works."), "ok")
    except TooManyTries as refusal:
        flash(str(refusal), "wait")
    return redirect(url_for(".code", slug=slug), 303)


@bp.post("/e/<slug>/volunteer/somebody-else")
def somebody_else(slug: str) -> ResponseReturnValue:
    """This browser is to forget who it belongs to."""
    response = redirect(url_for(".choose", slug=visible(slug).slug), 303)
    forget(response)
    return response


def consent_words() -> str:
    """What somebody agrees to, in their language; kept with their agreement."""
    return _(
        "You get a code now, a reminder the day before and an hour before your shift, and a text if its time changes. "
        "Message and data rates may apply. Reply STOP to end, HELP for help. "
        "We delete your number 30 days after the show."
    )


def _known(billing: Billing) -> Any:
    """The person whom this browser belongs to, if they are one of this house's."""
    token = known_token()
    person = person_by_link(token) if token else None
    return person if person and person.organisation_id == billing.organisation_id else None


def _choices(billing: Billing, at: datetime, *, person: Any = None, chosen: str = "", wrong: str = "") -> Response:
    shown = line_up(billing.event_id, at)
    response = _private("sign_up/choose.html", shown, person=person, chosen=chosen, wrong=wrong)
    if person is None and not wrong:
        response.headers.pop("Cache-Control")
    return response


def _private(template: str, shown: LineUp, **values: Any) -> Response:
    name = shown.event.organisation.name
    response = make_response(
        render_template(template, shown=shown, event=shown.event, organisation_name=name, **values)
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _typed_before(billing: Billing, at: datetime) -> dict[str, str]:
    """What was typed in this browser a moment ago, for who comes back to change it."""
    sent = open_code(session.get(CODE), billing.event_id) if request.args.get("change") else None
    return {"name": sent.name, "phone": sent.phone} if sent and sent.expires_at > at else {}


def _code_is_sent(billing: Billing, form: DetailsForm, shift_id: int, at: datetime) -> bool:
    try:
        phone = parse_phone(form.phone.data or "", region_of(billing.zone))
        _send_code(billing, phone=phone, name=" ".join((form.name.data or "").split()), shift_id=shift_id, at=at)
    except (NotAPhone, TooManyTries) as refusal:
        form.phone.errors = [str(refusal)]
        return False
    return True


def _send_code(billing: Billing, *, phone: str, name: str, shift_id: int | None, at: datetime) -> None:
    event = event_by_slug(billing.slug)
    if event is None:
        abort(404)
    sent = ask_code(
        event,
        phone=phone,
        name=name,
        language=language(),
        words=consent_words(),
        shift_id=shift_id,
        host=host(),
        address=caller_address(),
        now=at,
    )
    session[CODE] = sent.id


def _taken(billing: Billing, person: Any, shift_id: int | None, at: datetime) -> BaseResponse:
    """To the person's own page, down for the shift; or back to choose another, with what was in the way."""
    try:
        sign_up = take_shift(shift_id or 0, person, now=at, how="link")
        flash(_("You are down for %(role)s. Thank you.", role=sign_up.shift.role.name), "ok")
    except AlreadyOnShift as refusal:
        flash(str(refusal), "ok")
    except CannotTakeShift as refusal:
        flash(str(refusal), "wait")
        return redirect(url_for(".choose", slug=billing.slug), 303)
    return redirect(url_for("me.page", token=personal_link(person, at).token), 303)
