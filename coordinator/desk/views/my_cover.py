"""A person's own page: take a place that is offered, ask for cover, swap, queue, stand by."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...clock import now
from ...shifts.actions import (
    agree_swap,
    answer_offer,
    ask_for_cover,
    ask_swap,
    come_after_all,
    decline_swap,
    say_will_come,
    stand_by,
    stand_down,
    withdraw_swap,
)
from ...shifts.queries import others_to_swap_with
from ...shifts.refusals import CannotLeaveShift, SwapRefused
from ...shownight.actions import By
from ..queries.covering import offer_of, own_cover, place_with, swap_of
from ..queries.own import own_sign_up, own_things
from .me import find_person

bp = Blueprint("my_cover", __name__, url_prefix="/me/<token>")
bp.url_value_preprocessor(find_person)


@bp.post("/offers/<int:offer_id>")
def answer(token: str, offer_id: int) -> ResponseReturnValue:
    """Yes or no to a place."""
    offer = offer_of(g.me, offer_id) or abort(404, _("That place is no longer offered to you."))
    answered = answer_offer(offer, yes=request.form.get("answer") == "yes", now=now())
    role = answered.shift.role.name
    if answered.refusal is not None:
        flash(str(answered.refusal), "wait")
    elif answered.outcome == "taken":
        flash(_("Thank you. You are down for %(role)s.", role=role), "ok")
    elif answered.outcome == "too_late":
        flash(_("Thank you. Somebody else has %(role)s already; you need not come.", role=role), "wait")
    else:
        flash(_("Thank you for telling us. We ask somebody else for %(role)s.", role=role))
    return _back(token)


@bp.post("/shifts/<int:sign_up_id>/cover")
def ask(token: str, sign_up_id: int) -> ResponseReturnValue:
    """Somebody else is wanted for the shift, or not after all."""
    sign_up = _sign_up(sign_up_id)
    try:
        if request.form.get("undo"):
            come_after_all(sign_up, now=now())
            flash(_("Good. %(role)s is yours, and we look for nobody.", role=sign_up.shift.role.name), "ok")
        else:
            ask_for_cover(sign_up, now=now())
            flash(_("We look for somebody. Until we text you, %(role)s is yours.", role=sign_up.shift.role.name), "ok")
    except CannotLeaveShift as refusal:
        flash(str(refusal), "wait")
    return _back(token, f"shift-{sign_up_id}")


@bp.post("/shifts/<int:sign_up_id>/coming")
def coming(token: str, sign_up_id: int) -> ResponseReturnValue:
    """They will come."""
    sign_up = _sign_up(sign_up_id)
    try:
        say_will_come(sign_up, now=now())
        flash(_("Thank you. We count on you."), "ok")
    except CannotLeaveShift as refusal:
        flash(str(refusal), "wait")
    return _back(token, f"shift-{sign_up_id}")


@bp.get("/shifts/<int:sign_up_id>/swap")
def swap(token: str, sign_up_id: int) -> ResponseReturnValue:
    """Whose shift they would rather have: first names and times, no more."""
    return _swap_page(token, _sign_up(sign_up_id))


@bp.post("/shifts/<int:sign_up_id>/swap")
def ask_to_swap(token: str, sign_up_id: int) -> ResponseReturnValue:
    """Ask the one who has it."""
    mine, other = _sign_up(sign_up_id), request.form.get("with", "")
    theirs = place_with(mine, int(other)) if other.isdecimal() and len(other) < 16 else None
    if theirs is None:
        return _swap_page(token, mine, _("Choose a shift that somebody has.")), 422
    try:
        ask_swap(mine, theirs, now=now())
    except SwapRefused as refusal:
        return _swap_page(token, mine, str(refusal)), 422
    flash(_("We have asked %(name)s. Until then everything stays as it is.", name=theirs.person.first_name), "ok")
    return _back(token, f"shift-{sign_up_id}")


@bp.post("/swaps/<int:swap_id>")
def answer_swap(token: str, swap_id: int) -> ResponseReturnValue:
    """Agree, decline, or withdraw what one asked for."""
    wanted = swap_of(g.me, swap_id) or abort(404, _("That swap is no longer open."))
    said, is_mine = request.form.get("answer", ""), wanted.mine.person_id == g.me.id
    try:
        if is_mine:
            withdraw_swap(wanted, now=now())
            flash(_("You keep your shift, and nobody is asked any more."))
        elif said == "yes":
            agree_swap(wanted, now=now())
            flash(_("Done. You have swapped with %(name)s.", name=wanted.mine.person.first_name), "ok")
        else:
            decline_swap(wanted, now=now())
            flash(_("You keep your shift, and %(name)s knows.", name=wanted.mine.person.first_name))
    except SwapRefused as refusal:
        flash(str(refusal), "wait")
    return _back(token)


@bp.post("/standby/<int:event_id>")
def standby(token: str, event_id: int) -> ResponseReturnValue:
    """Call me if hands are missing; or no longer."""
    at = now()
    own = own_things(g.me, at)
    cover = own_cover(g.me, own, at)
    event = next((each for each in (*cover.standby, *cover.could_stand_by) if each.id == event_id), None)
    if event is None:
        abort(404, _("You have nothing to do with that show."))
    if request.form.get("undo"):
        stand_down(event, g.me, by=By(g.me.name), now=at)
        flash(_("You are no longer on standby."))
    else:
        stand_by(event, g.me, by=By(g.me.name), now=at)
        flash(_("Thank you. We text you if hands are missing."), "ok")
    return _back(token)


def _swap_page(token: str, mine: Any, wrong: str = "") -> str:
    others = others_to_swap_with(mine, now())
    return render_template("my_cover/swap.html", me=g.me, mine=mine, others=others, token=token, wrong=wrong)


def _sign_up(sign_up_id: int) -> Any:
    return own_sign_up(g.me, sign_up_id, now()) or abort(404, _("You are no longer down for that shift."))


def _back(token: str, anchor: str = "") -> Response:
    return redirect(url_for("me.page", token=token, _anchor=anchor or None), 303)
