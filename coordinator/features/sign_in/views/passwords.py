"""Signing in by password or by link, and signing out."""

from flask import flash, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from coordinator.accounts.actions.limits import TooManyTries
from coordinator.accounts.actions.passwords import PasswordTooCommon, WrongPassword, check_password
from coordinator.accounts.actions.sign_in_links import LinkIsOver, reset_link, set_password_by_link, sign_in_by_link
from coordinator.accounts.queries import authenticator_of, member_as, open_sign_in_link
from coordinator.clock import now
from coordinator.messaging.actions.doors import count_at_door
from coordinator.messaging.mail import send_apart
from coordinator.messaging.models import Door, DoorOutcome
from coordinator.services import services
from coordinator.web import sessions
from coordinator.web.account_mail import CHANGED, SAID, tell_member
from coordinator.web.addresses import caller_address
from coordinator.web.browsers import known_accounts
from coordinator.web.guard import signed_in

from ..forms import ForgottenForm, PasswordForm, SignInForm
from .blueprint import bp
from .entering import let_in, where_to


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """By email and password."""
    if signed_in():
        return redirect(where_to())
    form = SignInForm()
    if form.validate_on_submit():
        try:
            account = check_password(
                form.email.data or "",
                form.password.data or "",
                address=caller_address(),
                now=now(),
                known_by=known_accounts(now()),
            )
        except (WrongPassword, TooManyTries) as refusal:
            wrong = isinstance(refusal, WrongPassword)
            count_at_door(Door.SIGN_IN, DoorOutcome.WRONG if wrong else DoorOutcome.TOO_OFTEN, now())
            form.password.errors = [str(refusal)]
        else:
            count_at_door(Door.SIGN_IN, DoorOutcome.RIGHT, now())
            return let_in(account)
    takes_passkeys = services().site.takes_passkeys
    status = 422 if form.errors else 200
    left = session.pop("signed_out", False)
    return render_template(
        "sign_in/sign_in.html", form=form, takes_passkeys=takes_passkeys, has_signed_out=left
    ), status


@bp.get("/sign-in/<token>")
def sign_in_by_token(token: str) -> ResponseReturnValue:
    """One button that signs in, or the form that sets a password; looking at it uses nothing up."""
    link = open_sign_in_link(token, now())
    if link is None:
        return render_template("sign_in/link_is_over.html"), 410
    if link.sets_password:
        return render_template("sign_in/password.html", form=PasswordForm(), me=member_as(link.account))
    return render_template("sign_in/by_link.html", form=FlaskForm(), me=member_as(link.account))


@bp.post("/sign-in/<token>")
def use_link(token: str) -> ResponseReturnValue:
    """Sign in, and set the password where the link lets one do so."""
    link = open_sign_in_link(token, now())
    if link is None:
        return render_template("sign_in/link_is_over.html"), 410
    form, had_one = PasswordForm(), link.account.password_hash is not None
    if link.sets_password and not form.validate_on_submit():
        return render_template("sign_in/password.html", form=form, me=member_as(link.account)), 422
    try:
        if not link.sets_password:
            return let_in(sign_in_by_link(token, now()))
        account = set_password_by_link(token, form.password.data or "", now())
    except LinkIsOver:
        return render_template("sign_in/link_is_over.html"), 410
    except PasswordTooCommon as refusal:
        form.password.errors = [str(refusal)]
        return render_template("sign_in/password.html", form=form, me=member_as(link.account)), 422
    if had_one:
        tell_member(member_as(account), CHANGED, SAID)
    response = let_in(account)
    is_in = authenticator_of(account) is None
    flash(_("Your password is set. You're signed in.") if is_in else _("Your password is set."), "ok")
    return response


@bp.route("/sign-in/forgotten", methods=["GET", "POST"])
def forgotten() -> ResponseReturnValue:
    """Ask for a link that sets a new password. The answer is the same whether there is such an account or not."""
    form, mailer = ForgottenForm(), services().mailer
    if mailer.is_set_up and form.validate_on_submit():
        email = (form.email.data or "").strip()
        try:
            token = reset_link(email, address=caller_address(), now=now())
        except TooManyTries as refusal:
            form.email.errors = [str(refusal)]
        else:
            if token is not None:
                link = f"{services().settings.public_url}{url_for('.sign_in_by_token', token=token)}"
                words = _("Someone asked for a new password for this address. Open this link within 15 minutes:")
                ignore = _("If it wasn't you, ignore this email. Your password stays as it is.")
                send_apart(mailer, email, _("A new password for Callboard"), f"{words}\n\n{link}\n\n{ignore}\n")
            return render_template("sign_in/link_is_sent.html", email=email)
    status = 422 if form.errors else 200
    return render_template("sign_in/forgotten.html", form=form, is_mailed=mailer.is_set_up), status


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    response = make_response(redirect(url_for("sign_in.sign_in"), 303))
    sessions.end(response)
    session.clear()
    session["signed_out"] = True  # the next page throws away what waits on this phone
    return response
