"""One's passkeys: added by the browser that one holds, listed, removed."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.actions.passkeys import (
    PasskeyRefused,
    TooManyPasskeys,
    add_passkey,
    remove_passkey,
)
from coordinator.accounts.ceremonies import creation_options
from coordinator.accounts.permissions import Permission
from coordinator.accounts.queries import passkeys_of
from coordinator.clock import now
from coordinator.services import services
from coordinator.web.account_mail import tell
from coordinator.web.challenges import answered, ask_no_more, asked, new_challenge
from coordinator.web.guard import current_actor, needs, the_coordinator
from coordinator.web.proof import AsksAgain

from .blueprint import bp


@bp.post("/passkeys/options")
@needs(Permission.OWN_ACCOUNT, asks_again=AsksAgain.ALWAYS)
def new_passkey() -> ResponseReturnValue:
    """What the browser is asked to make a passkey of."""
    mine, challenge = the_coordinator().account, new_challenge()
    known = [each.credential_id for each in passkeys_of(mine)]
    options = creation_options(services().site, challenge.encode(), mine.id, mine.email, known)
    return asked(options, challenge, _purpose(), now())


@bp.post("/passkeys")
@needs(Permission.OWN_ACCOUNT, asks_again=AsksAgain.ALWAYS)
def keep_passkey() -> ResponseReturnValue:
    """Let it sign in from now on."""
    mine = the_coordinator().account
    try:
        name = request.form.get("name", "")
        passkey = add_passkey(mine, name, answered(_purpose(), now()), now(), actor=current_actor())
    except (PasskeyRefused, TooManyPasskeys) as refusal:
        flash(str(refusal), "bad")
    else:
        flash(_("%(name)s signs you in from now on.", name=passkey.name), "ok")
        tell(mine, _("A passkey was added"), _("A new passkey signs in to your account: %(name)s", name=passkey.name))
    return ask_no_more(make_response(redirect(url_for(".account", _anchor="passkeys"), 303)))


@bp.post("/passkeys/<int:passkey_id>/removal")
@needs(Permission.OWN_ACCOUNT, asks_again=AsksAgain.ALWAYS)
def drop_passkey(passkey_id: int) -> ResponseReturnValue:
    """It signs in no more."""
    mine = the_coordinator().account
    passkey = next((each for each in passkeys_of(mine) if each.id == passkey_id), None) or abort(404)
    remove_passkey(mine, passkey, now(), actor=current_actor())
    flash(_("%(name)s was removed. Delete it in your device's settings too.", name=passkey.name), "ok")
    tell(mine, _("A passkey was removed"), _("It no longer signs in to your account: %(name)s", name=passkey.name))
    return redirect(url_for(".account", _anchor="passkeys"), 303)


def _purpose() -> str:
    return f"add to {the_coordinator().account_id}"
