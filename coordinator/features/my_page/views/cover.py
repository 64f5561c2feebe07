"""A person's own page: take an offered spot, ask for cover, trade, join a waitlist, go on standby."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from coordinator.accounts.models import Actor, Via
from coordinator.clock import now
from coordinator.shifts.actions.coming import say_will_come, stand_by, stand_down
from coordinator.shifts.actions.covering import answer_offer, ask_for_cover, come_after_all
from coordinator.shifts.actions.signing_up import take_back_leave
from coordinator.shifts.actions.swapping import agree_swap, ask_swap, decline_swap, withdraw_swap
from coordinator.shifts.models import SignUp, SignUpSource
from coordinator.shifts.queries.swapping import others_to_swap_with
from coordinator.shifts.refusals.leaving import CannotLeaveShift, SwapRefused
from coordinator.shifts.refusals.taking import CannotTakeShift
from coordinator.web.labels import called

from ..queries.cover import offer_of, own_cover, place_with, swap_of
from ..queries.given_up import left_lately
from ..queries.own import own_sign_up, own_things
from .blueprint import bp


@bp.post("/me/<token>/offers/<int:offer_id>", endpoint="answer_offer")
def offered(token: str, offer_id: int) -> ResponseReturnValue:
    """Yes or no to an offered spot."""
    offer = offer_of(g.me, offer_id) or abort(404, _("That spot is no longer offered to you."))
    answered = answer_offer(offer, yes=request.form.get("answer") == "yes", now=now(), echoed=False)
    role = called(answered.shift.role)
    if answered.refusal is not None:
        flash(str(answered.refusal), "wait")
    elif answered.outcome == "taken":
        flash(_("Thank you. You're signed up for %(role)s.", role=role), "ok")
    elif answered.outcome == "too_late":
        flash(
            _("Thank you. We've moved on to someone else for %(role)s, so you don't need to come.", role=role), "wait"
        )
    else:
        flash(_("Thanks for letting us know. We're asking someone else for %(role)s.", role=role))
    return _back(token)


@bp.post("/me/<token>/shifts/<int:sign_up_id>/cover", endpoint="ask_for_cover")
def covered(token: str, sign_up_id: int) -> ResponseReturnValue:
    """Ask for cover, or withdraw that."""
    sign_up = _sign_up(sign_up_id)
    role = called(sign_up.shift.role)
    try:
        if request.form.get("undo"):
            come_after_all(sign_up, now=now())
            flash(_("Great. %(role)s is still yours, and we've stopped looking.", role=role), "ok")
        else:
            ask_for_cover(sign_up, now=now())
            flash(_("We're looking for someone. Until you hear from us, %(role)s is still yours.", role=role), "ok")
    except CannotLeaveShift as refusal:
        flash(str(refusal), "wait")
    return _back(token, f"shift-{sign_up_id}")


@bp.post("/me/<token>/shifts/<int:sign_up_id>/back")
def take_back(token: str, sign_up_id: int) -> ResponseReturnValue:
    """They come after all: the spot that they just gave up is theirs again, if it still can be."""
    at = now()
    left = {each.id: each for each in left_lately(g.me, at)}
    if sign_up_id not in left:
        abort(404, _("You can't take that spot back anymore. Choose it again if it's still open."))
    sign_up = left[sign_up_id]
    try:
        take_back_leave(sign_up, now=at, source=SignUpSource.LINK)
        flash(_("Great. %(role)s is yours again.", role=called(sign_up.shift.role)), "ok")
    except (CannotLeaveShift, CannotTakeShift) as refusal:
        flash(str(refusal), "wait")
    return _back(token, f"shift-{sign_up_id}")


@bp.post("/me/<token>/shifts/<int:sign_up_id>/coming")
def coming(token: str, sign_up_id: int) -> ResponseReturnValue:
    """They will come."""
    sign_up = _sign_up(sign_up_id)
    try:
        say_will_come(sign_up, now=now())
        flash(_("Thank you. We're counting on you."), "ok")
    except CannotLeaveShift as refusal:
        flash(str(refusal), "wait")
    return _back(token, f"shift-{sign_up_id}")


@bp.get("/me/<token>/shifts/<int:sign_up_id>/swap")
def swap(token: str, sign_up_id: int) -> ResponseReturnValue:
    """Choose whose shift they would rather have: first names and times, no more."""
    return _swap_page(token, _sign_up(sign_up_id))


@bp.post("/me/<token>/shifts/<int:sign_up_id>/swap")
def ask_to_swap(token: str, sign_up_id: int) -> ResponseReturnValue:
    """Ask the one who has it."""
    mine, other = _sign_up(sign_up_id), request.form.get("with", "")
    theirs = place_with(mine, int(other)) if other.isdecimal() and len(other) < 16 else None
    if theirs is None:
        return _swap_page(token, mine, _("Choose a shift that someone has.")), 422
    try:
        ask_swap(mine, theirs, now=now())
    except SwapRefused as refusal:
        return _swap_page(token, mine, str(refusal)), 422
    flash(_("We've asked %(name)s. Until they answer, nothing changes.", name=theirs.person.first_name), "ok")
    return _back(token, f"shift-{sign_up_id}")


@bp.post("/me/<token>/swaps/<int:swap_id>")
def answer_swap(token: str, swap_id: int) -> ResponseReturnValue:
    """Agree, decline, or withdraw what one asked for."""
    wanted = swap_of(g.me, swap_id) or abort(404, _("That trade is no longer open."))
    said, is_mine = request.form.get("answer", ""), wanted.mine.person_id == g.me.id
    try:
        if is_mine:
            withdraw_swap(wanted, now=now())
            flash(_("You keep your shift, and we've stopped asking people."))
        elif said == "yes":
            agree_swap(wanted, now=now(), echoed=False)
            flash(_("Done. You traded shifts with %(name)s.", name=wanted.mine.person.first_name), "ok")
        else:
            decline_swap(wanted, now=now())
            flash(_("You keep your shift, and %(name)s knows.", name=wanted.mine.person.first_name))
    except SwapRefused as refusal:
        flash(str(refusal), "wait")
    return _back(token)


@bp.post("/me/<token>/standby/<int:event_id>")
def standby(token: str, event_id: int) -> ResponseReturnValue:
    """Go on standby, or leave it."""
    at = now()
    own = own_things(g.me, at)
    cover = own_cover(g.me, own, at)
    event = next((each for each in (*cover.standby, *cover.could_stand_by) if each.id == event_id), None)
    if event is None:
        abort(404, _("You're not part of that show."))
    if request.form.get("undo"):
        stand_down(event, g.me, actor=Actor.person(g.me, Via.LINK), now=at)
        flash(_("You're no longer on standby."))
    else:
        stand_by(event, g.me, actor=Actor.person(g.me, Via.LINK), now=at)
        flash(_("Thank you. We'll ask you if we need more help."), "ok")
    return _back(token)


def _swap_page(token: str, mine: SignUp, wrong: str = "") -> str:
    others = others_to_swap_with(mine, now())
    return render_template("my_page/swap.html", me=g.me, mine=mine, others=others, token=token, wrong=wrong)


def _sign_up(sign_up_id: int) -> SignUp:
    return own_sign_up(g.me, sign_up_id, now()) or abort(404, _("You're no longer signed up for that shift."))


def _back(token: str, anchor: str = "") -> Response:
    return redirect(url_for("my_page.page", token=token, _anchor=anchor or None), 303)
