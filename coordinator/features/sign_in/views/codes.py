"""The second step: a code from an app, or a recovery code, after the password or a link."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.accounts.actions.limits import TooManyTries
from coordinator.accounts.actions.two_step import Proof, WrongCode, check_code
from coordinator.accounts.models import Account
from coordinator.accounts.queries import account_with_authenticator, recovery_codes_left
from coordinator.clock import now
from coordinator.messaging.actions.doors import count_at_door
from coordinator.messaging.models import Door, DoorOutcome
from coordinator.services import services
from coordinator.web.account_mail import tell
from coordinator.web.addresses import caller_address
from coordinator.web.browsers import known_accounts
from coordinator.web.second_step import await_no_code, awaited_account

from ..forms import CodeForm
from .blueprint import bp
from .entering import begin


@bp.route("/sign-in/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """Ask for the code; without a password or a link just before, ask for those first."""
    awaited = awaited_account(now())
    account = account_with_authenticator(awaited) if awaited is not None else None
    if account is None:
        flash(_("Sign in again: the code has to follow within 10 minutes."), "bad")
        return redirect(url_for(".sign_in", next=request.values.get("next")), 303)
    form = CodeForm()
    if form.validate_on_submit():
        try:
            proof = _check(account, form.typed)
        except (WrongCode, TooManyTries) as refusal:
            wrong = isinstance(refusal, WrongCode)
            count_at_door(Door.SIGN_IN, DoorOutcome.WRONG if wrong else DoorOutcome.TOO_OFTEN, now())
            form.refused_field.errors = [str(refusal)]
        else:
            return _welcome(account, proof)
    return render_template("sign_in/code.html", form=form), 422 if form.errors else 200


def _check(account: Account, typed: str) -> Proof:
    at = now()
    browser = known_accounts(at).get(account.id)
    return check_code(account, typed, services().time_codes, at, address=caller_address(), browser=browser)


def _welcome(account: Account, proof: Proof) -> ResponseReturnValue:
    response = begin(account)
    await_no_code(response)
    if proof is Proof.RECOVERY_CODE:
        left = recovery_codes_left(account)
        flash(
            ngettext(
                "That recovery code is used up. You have %(num)s left.",
                "That recovery code is used up. You have %(num)s left.",
                left,
            )
        )
        tell(account, _("A recovery code was used"), _("Someone signed in to your account with a recovery code."))
    return response
