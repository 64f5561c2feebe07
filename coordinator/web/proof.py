"""Asking again whose browser this is, before what nobody may do who only found it open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum, auto
from typing import cast

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField

from coordinator.accounts.actions.limits import TooManyTries
from coordinator.accounts.actions.passkeys import PasskeyRefused, check_passkey
from coordinator.accounts.actions.passwords import WrongPassword, check_password
from coordinator.accounts.actions.sessions import prove
from coordinator.accounts.actions.sign_in_links import proof_link
from coordinator.accounts.actions.two_step import Proof, WrongCode, check_code
from coordinator.accounts.models import Account, AccountSession
from coordinator.accounts.queries import authenticator_of, is_proved, passkeys_of
from coordinator.clock import now
from coordinator.messaging.actions.doors import count_at_door
from coordinator.messaging.mail import send_apart
from coordinator.messaging.models import Door, DoorOutcome
from coordinator.services import services

from .account_mail import tell
from .addresses import caller_address
from .challenges import SIGN_IN, answered
from .errors import wants_json
from .sessions import current_session
from .typed import CleanRequest, typed_again
from .words import lazy as _l

PAGE = "sign_in.again"  # where whoever asks for a page is sent first
MOST_TEXTED = 100  # people, by one press of a browser that proved nothing lately
PREFIX = "proof"  # of the names of our own fields, beside those of the form that waits
SEND_LINK, ANSWERED, PASSKEY = f"{PREFIX}-link", f"{PREFIX}-answered", f"{PREFIX}-passkey"


class AsksAgain(StrEnum):
    """When a route asks again."""

    ALWAYS = auto()
    MANY_TEXTS = auto()  # when one press would text more than 100 people


class ProofForm(FlaskForm):
    """The password once more, or a code from the app. A passkey is proof too; it is no field that somebody fills in."""

    password = PasswordField(_l("Password"))
    code = StringField(_l("Code from your app"))

    @property
    def asked_for(self) -> Field:
        """Where a refusal stands."""
        return self.code if self.code.data and not self.password.data else self.password


def ask_again() -> ResponseReturnValue | None:
    """None when the proof is fresh, or is in this request; else what asks for it.

    A page is asked for once more after the proof. A form waits in the page that asks, with all that was typed, and is
    posted to its own address together with the proof. Files do not wait.
    """
    kept = current_session() or abort(401)
    form = ProofForm(prefix=PREFIX)
    try:
        if is_proved(kept, now()) or _proves(kept, form):
            cast("CleanRequest", request).take_out(PREFIX)
            return None
    except (WrongPassword, WrongCode, PasskeyRefused, TooManyTries) as refusal:
        form.asked_for.errors = [_not_yours(refusal)]
    if wants_json():
        abort(401)
    if request.method != "POST" and request.endpoint != PAGE:
        return redirect(url_for(PAGE, next=request.full_path.rstrip("?")), 303)
    return _page(kept.account, form)


def ask_again_to_text(people: int) -> None:
    """Answer with the page that asks again, where one press texts more than 100 people and the proof is old."""
    if people > MOST_TEXTED and (asked := ask_again()) is not None:
        abort(make_response(asked))


def check_own_password(kept: AccountSession, password: str) -> None:
    """Whether it is the password of who is signed in here. Nobody else's wrong tries count against this browser.

    Raises WrongPassword, TooManyTries.
    """
    mine, at = kept.account, now()
    with _counted():
        known = {mine.id: _name(kept)}
        check_password(mine.email, password, address=caller_address(), now=at, known_by=known)


def _check_own_code(kept: AccountSession, typed: str) -> None:
    """The same of a code from the app, or a recovery code. Raises WrongCode, TooManyTries."""
    mine, codes = kept.account, services().time_codes
    with _counted():
        proof = check_code(mine, typed, codes, now(), address=caller_address(), browser=_name(kept))
    if proof is Proof.RECOVERY_CODE:
        tell(mine, _("A recovery code was used"), _("Someone used a recovery code of your account."))


def _check_own_passkey(kept: AccountSession) -> None:
    """The same of a passkey. Raises PasskeyRefused."""
    with _counted():
        whose = check_passkey(answered(SIGN_IN, now(), PASSKEY), now(), address=caller_address())
        if whose.id != kept.account_id:
            raise PasskeyRefused(_("That passkey is another account's."))


@contextmanager
def _counted() -> Iterator[None]:
    """Show the owner of the installation what was refused."""
    try:
        yield
    except (WrongPassword, WrongCode, PasskeyRefused, TooManyTries) as refusal:
        too_often = isinstance(refusal, TooManyTries)
        count_at_door(Door.SIGN_IN, DoorOutcome.TOO_OFTEN if too_often else DoorOutcome.WRONG, now())
        raise


def _name(kept: AccountSession) -> str:
    """What wrong tries of this browser are counted under."""
    return f"session {kept.id}"


def _not_yours(refusal: ValueError) -> str:
    return _("That isn't your password.") if isinstance(refusal, WrongPassword) else str(refusal)


def _proves(kept: AccountSession, form: ProofForm) -> bool:
    """Whether the request brings a proof; the browser then counts as proved.

    Raises WrongPassword, WrongCode, PasskeyRefused, TooManyTries.
    """
    by_passkey = bool(request.form.get(PASSKEY))
    if request.method != "POST" or not (form.password.data or form.code.data or by_passkey):
        return False
    if by_passkey:
        _check_own_passkey(kept)
    elif form.password.data:
        check_own_password(kept, form.password.data)
    else:
        _check_own_code(kept, form.code.data or "")
    prove(kept, now())
    return True


def _page(account: Account, form: ProofForm) -> ResponseReturnValue:
    has_password = account.password_hash is not None
    if ANSWERED in request.form and not form.errors and SEND_LINK not in request.form:
        form.password.errors = [_("Type your password.") if has_password else _("The link wasn't opened here yet.")]
    sent = SEND_LINK in request.form and not has_password and _mailed(account, form)
    typed = [each for each in typed_again(left_out="") if not each[0].startswith(PREFIX)]
    page = render_template(
        "sign_in/again.html",
        account=account,
        form=form,
        typed=typed,
        has_password=has_password,
        has_app=authenticator_of(account) is not None,
        is_mailed=services().mailer.is_set_up,
        sent=sent,
        has_passkey=services().site.takes_passkeys and bool(passkeys_of(account)),
        names={"link": SEND_LINK, "answered": ANSWERED, "passkey": PASSKEY},
    )
    return page, 422 if form.errors else 401 if request.endpoint != PAGE else 200


def _mailed(account: Account, form: ProofForm) -> bool:
    """Send a link whose press is proof; what the page asked for is opened by it where that is a page."""
    if not services().mailer.is_set_up:
        return False
    try:
        token = proof_link(account, now())
    except TooManyTries as refusal:
        form.password.errors = [str(refusal)]
        return False
    back = request.args.get("next") if request.endpoint == PAGE else url_for(PAGE)
    link = f"{services().settings.public_url}{url_for('sign_in.sign_in_by_token', token=token, next=back)}"
    words = _("Open this link within 15 minutes, in the browser that asked for it:")
    ignore = _("If it wasn't you, don't open it: someone is at a browser where you're signed in.")
    send_apart(services().mailer, account.email, _("Go on in Callboard"), f"{words}\n\n{link}\n\n{ignore}\n")
    return True
