"""Signing in with a passkey: it stands for the password and the code."""

from flask import flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from coordinator.accounts.actions.passkeys import PasskeyRefused, check_passkey
from coordinator.accounts.ceremonies import request_options
from coordinator.clock import now
from coordinator.messaging.actions.doors import count_at_door
from coordinator.messaging.models import Door, DoorOutcome
from coordinator.services import services
from coordinator.web.addresses import caller_address
from coordinator.web.challenges import SIGN_IN, answered, ask_no_more, asked, new_challenge
from coordinator.web.second_step import await_no_code

from .blueprint import bp
from .entering import begin


@bp.post("/sign-in/passkey/options")
def passkey_options() -> ResponseReturnValue:
    """What the browser is asked to sign, with whichever passkey of ours the person picks."""
    challenge = new_challenge()
    return asked(request_options(services().site, challenge.encode()), challenge, SIGN_IN, now())


@bp.post("/sign-in/passkey")
def passkey() -> ResponseReturnValue:
    """Sign in whoever's passkey it is."""
    try:
        account = check_passkey(answered(SIGN_IN, now()), now(), address=caller_address())
    except PasskeyRefused as refusal:
        count_at_door(Door.SIGN_IN, DoorOutcome.WRONG, now())
        flash(str(refusal), "bad")
        back = redirect(url_for(".sign_in", next=request.values.get("next")), 303)
        return ask_no_more(make_response(back))
    count_at_door(Door.SIGN_IN, DoorOutcome.RIGHT, now())
    response = begin(account)
    await_no_code(response)
    return ask_no_more(response)
