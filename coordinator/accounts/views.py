"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import LoginManager, login_user, logout_user

from ..clock import now
from ..web.addresses import caller_address, local
from ..web.guard import signed_in
from .actions import LinkIsOver, TooManyTries, WrongPassword, check_password, set_password, sign_in_by_link
from .forms import PasswordForm, SignInForm
from .models import Coordinator
from .queries import coordinator_by_id, open_sign_in_link

bp = Blueprint("accounts", __name__)


def init_app(app: Flask) -> None:
    """Let sessions know their coordinator."""
    manager = LoginManager(app)
    manager.login_view = "accounts.sign_in"
    manager.user_loader(lambda identity: coordinator_by_id(int(identity)))


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """By e-mail and password."""
    if signed_in():
        return redirect(_back())
    form = SignInForm()
    if form.validate_on_submit():
        try:
            coordinator = check_password(
                form.email.data or "", form.password.data or "", address=caller_address(), now=now()
            )
        except (WrongPassword, TooManyTries) as refusal:
            form.password.errors = [str(refusal)]
        else:
            return _let_in(coordinator)
    return render_template("accounts/sign_in.html", form=form), 422 if form.errors else 200


@bp.get("/sign-in/<token>")
def sign_in_by_token(token: str) -> ResponseReturnValue:
    """The link that a start of the app prints signs in at once; one that sets a password shows the form for it."""
    link = open_sign_in_link(token, now())
    if link is None:
        return render_template("accounts/link_is_over.html"), 410
    if link.sets_password:
        return render_template("accounts/password.html", form=PasswordForm(), coordinator=link.coordinator)
    if "prefetch" in f"{request.headers.get('Sec-Purpose', '')} {request.headers.get('Purpose', '')}":
        abort(503)  # a browser that only looks ahead must not use the link up
    return _let_in(sign_in_by_link(token, now()))


@bp.post("/sign-in/<token>")
def choose_password(token: str) -> ResponseReturnValue:
    """Set the password and sign in."""
    link = open_sign_in_link(token, now())
    if link is None:
        return render_template("accounts/link_is_over.html"), 410
    form = PasswordForm()
    if link.sets_password and not form.validate_on_submit():
        return render_template("accounts/password.html", form=form, coordinator=link.coordinator), 422
    try:
        coordinator = sign_in_by_link(token, now())
    except LinkIsOver:
        return render_template("accounts/link_is_over.html"), 410
    if link.sets_password:
        set_password(coordinator, form.password.data or "")
        flash(_("Your password is set. You are signed in."))
    return _let_in(coordinator)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    logout_user()
    return redirect(url_for("accounts.sign_in"), 303)


def _let_in(coordinator: Coordinator) -> ResponseReturnValue:
    back = _back()
    session.clear()  # a session from before signing in is not carried over
    login_user(coordinator, remember=True)
    return redirect(back, 303)


def _back() -> str:
    """Where the person was going, on this site only; else all shows."""
    return local(request.values.get("next"), otherwise=url_for("desk.shows"))
