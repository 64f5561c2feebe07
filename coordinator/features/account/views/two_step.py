"""Two-step sign-in: turned on with an app and its first code, and off again; recovery codes."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.actions.two_step import (
    AlreadyOn,
    WrongCode,
    new_recovery_codes,
    new_salt,
    turn_off,
    turn_on,
)
from coordinator.accounts.models import Account
from coordinator.accounts.permissions import Permission
from coordinator.accounts.queries import authenticator_of, recovery_codes_left
from coordinator.clock import now
from coordinator.services import services
from coordinator.web.account_mail import tell
from coordinator.web.guard import current_actor, needs, the_coordinator
from coordinator.web.proof import AsksAgain
from coordinator.web.qr_codes import square_of
from coordinator.web.signed import sign, unsign

from ..forms import TurnOnForm
from .blueprint import bp

SETUP = "two-step setup"
LASTS = timedelta(hours=1)  # from the QR code to the first code


@bp.get("/two-step")
@needs(Permission.OWN_ACCOUNT, asks_again=AsksAgain.ALWAYS)
def two_step() -> ResponseReturnValue:
    """Whether it is on; if not, the secret to give to an app."""
    mine = _mine()
    kept = authenticator_of(mine)
    if kept is not None:
        return render_template(
            "account/two_step.html", since=kept.created_at, left=recovery_codes_left(mine), now=now()
        )
    return _setup(mine, new_salt(), TurnOnForm(formdata=None))


@bp.post("/two-step")
@needs(Permission.OWN_ACCOUNT, asks_again=AsksAgain.ALWAYS)
def turn_on_two_step() -> ResponseReturnValue:
    """Turn it on with the first code of the app; the recovery codes are shown this once."""
    form, mine, at = TurnOnForm(), _mine(), now()
    setup = unsign(SETUP, form.setup.data or "", at)
    if setup is None or setup["account"] != mine.id:
        flash(_("That took too long. Please scan the new QR code."), "bad")
        return redirect(url_for(".two_step"), 303)
    if form.validate_on_submit():
        try:
            typed = form.code.data or ""
            codes = turn_on(mine, setup["salt"], typed, services().time_codes, at, actor=current_actor())
        except WrongCode as refusal:
            form.code.errors = [str(refusal)]
        except AlreadyOn:
            return redirect(url_for(".two_step"), 303)
        else:
            tell(mine, _("Two-step sign-in is on"), _("Signing in to your account now asks for a code."))
            return render_template("account/recovery_codes.html", me=the_coordinator(), codes=codes, is_new=True)
    return _setup(mine, setup["salt"], form), 422


@bp.post("/two-step/recovery-codes")
@needs(Permission.OWN_ACCOUNT, asks_again=AsksAgain.ALWAYS)
def renew_recovery_codes() -> ResponseReturnValue:
    """Ten new ones, shown this once; the old ones work no more."""
    mine = _mine()
    if authenticator_of(mine) is None:
        return redirect(url_for(".two_step"), 303)
    codes = new_recovery_codes(mine, now(), actor=current_actor())
    return render_template("account/recovery_codes.html", me=the_coordinator(), codes=codes, is_new=False)


@bp.post("/two-step/off")
@needs(Permission.OWN_ACCOUNT, asks_again=AsksAgain.ALWAYS)
def turn_off_two_step() -> ResponseReturnValue:
    """Ask for no code any more."""
    if turn_off(_mine(), now(), actor=current_actor()):
        flash(_("Two-step sign-in is off."), "ok")
        tell(_mine(), _("Two-step sign-in is off"), _("Signing in to your account no longer asks for a code."))
    return redirect(url_for(".account", _anchor="two-step"), 303)


def _setup(mine: Account, salt: str, form: TurnOnForm) -> str:
    form.setup.data = sign(SETUP, {"account": mine.id, "salt": salt}, now() + LASTS)
    codes = services().time_codes
    secret = codes.secret(salt)
    return render_template(
        "account/turn_on.html",
        form=form,
        square=square_of(codes.address(salt, mine.email), on_screen=True),
        secret=[secret[start : start + 4] for start in range(0, len(secret), 4)],
    )


def _mine() -> Account:
    return the_coordinator().account
