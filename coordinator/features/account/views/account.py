"""One's own account: where it is signed in, its password, which organization it acts for."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.actions.limits import TooManyTries
from coordinator.accounts.actions.members import LastOwner, remove_member
from coordinator.accounts.actions.passwords import PasswordTooCommon, WrongPassword, set_password
from coordinator.accounts.actions.pins import NotAPin, set_pin
from coordinator.accounts.actions.sessions import act_as, end_session, end_sessions
from coordinator.accounts.models import Account
from coordinator.accounts.permissions import Permission
from coordinator.accounts.queries import authenticator_of, open_sessions, passkeys_of
from coordinator.clock import now
from coordinator.services import services
from coordinator.web.account_mail import CHANGED, SAID, tell_member
from coordinator.web.addresses import local
from coordinator.web.browser_names import browser_name
from coordinator.web.guard import current_actor, needs, the_coordinator
from coordinator.web.proof import check_own_password
from coordinator.web.sessions import current_session

from ..forms import ChangePasswordForm
from .blueprint import bp

NEW_FOR = timedelta(days=14)  # a browser that the account didn't know is marked so long


@bp.get("")
@needs(Permission.OWN_ACCOUNT)
def account() -> ResponseReturnValue:
    """Everything about the account of whoever is signed in."""
    return _page(ChangePasswordForm(formdata=None))


@bp.post("/password")
@needs(Permission.OWN_ACCOUNT)
def change_password() -> ResponseReturnValue:
    """A new password, for whoever knows the old one; every other browser is signed out."""
    form, mine, at = ChangePasswordForm(), _mine(), now()
    if form.validate_on_submit():
        try:
            check_own_password(current_session() or abort(401), form.old.data or "")
        except (WrongPassword, TooManyTries) as refusal:
            form.old.errors = [
                _("That isn't your current password.") if isinstance(refusal, WrongPassword) else str(refusal)
            ]
        else:
            try:
                set_password(mine, form.password.data or "", at, actor=current_actor(), but=current_session())
            except PasswordTooCommon as refusal:
                form.password.errors = [str(refusal)]
            else:
                tell_member(the_coordinator(), CHANGED, SAID)
                flash(_("Your password was changed. Every other browser is signed out."), "ok")
                return redirect(url_for(".account"), 303)
    return _page(form), 422


@bp.post("/pin")
@needs(Permission.OWN_ACCOUNT)
def change_pin() -> ResponseReturnValue:
    """Set the PIN that GO and DONE from one's own phone need; an empty one removes it."""
    pin = request.form.get("pin", "").strip()
    try:
        set_pin(the_coordinator().person, pin or None, actor=current_actor(), now=now())
    except NotAPin as refusal:
        return _page(ChangePasswordForm(formdata=None), wrong_pin=str(refusal)), 422
    flash(_("Your PIN is set.") if pin else _("Your PIN is removed."), "ok")
    return redirect(url_for(".account", _anchor="pin"), 303)


@bp.post("/sessions/<int:session_id>/end")
@needs(Permission.OWN_ACCOUNT)
def end(session_id: int) -> ResponseReturnValue:
    """Sign one browser out."""
    kept = next((each for each in open_sessions(_mine(), now()) if each.id == session_id), None) or abort(404)
    end_session(kept, now(), actor=current_actor())
    flash(_("That browser is signed out."), "ok")
    return redirect(url_for(".account", _anchor="sessions"), 303)


@bp.post("/sessions/end")
@needs(Permission.OWN_ACCOUNT)
def end_others() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    end_sessions(_mine(), now(), actor=current_actor(), but=current_session())
    flash(_("Every other browser is signed out."), "ok")
    return redirect(url_for(".account", _anchor="sessions"), 303)


@bp.post("/organisations/<int:member_id>")
@needs(Permission.OWN_ACCOUNT)
def switch(member_id: int) -> ResponseReturnValue:
    """Act for another organization from now on, in this browser, and go on to the page that was asked for there."""
    member = next((each for each in _mine().active_memberships if each.id == member_id), None) or abort(404)
    act_as(current_session() or abort(401), member, now())
    return redirect(local(request.form.get("next"), otherwise=url_for("organisation.shows")), 303)


@bp.post("/leaving")
@needs(Permission.OWN_ACCOUNT)
def leave() -> ResponseReturnValue:
    """Leave the organization that one acts for; what one did keeps one's name."""
    me, mine, kept = the_coordinator(), _mine(), current_session()
    name, actor = me.organisation.name, current_actor()
    others = [each for each in mine.active_memberships if each.id != me.id]
    try:
        if others and kept is not None:
            act_as(kept, others[0], now())
        remove_member(me, now(), actor=actor)
    except LastOwner as refusal:
        if kept is not None:
            act_as(kept, me, now())
        flash(str(refusal), "bad")
        return redirect(url_for(".account", _anchor="organisations"), 303)
    flash(_("You left %(name)s.", name=name), "ok")
    return redirect(url_for(".account" if others else "sign_in.sign_in"), 303)


def _mine() -> Account:
    return the_coordinator().account


def _page(form: ChangePasswordForm, wrong_pin: str = "") -> str:
    me, here = the_coordinator(), current_session()
    return render_template(
        "account/account.html",
        me=me,
        form=form,
        here=here,
        wrong_pin=wrong_pin,
        passkeys=passkeys_of(me.account),
        takes_passkeys=services().site.takes_passkeys,
        has_authenticator=authenticator_of(me.account) is not None,
        sessions=[(each, browser_name(each.browser)) for each in open_sessions(me.account, now())],
        now=now(),
        new_since=now() - NEW_FOR,
    )
