"""What this browser was asked to sign with a passkey: in a signed cookie, for five minutes and one purpose."""

import secrets
from datetime import datetime, timedelta

from flask import Response, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from coordinator.accounts.actions.passkeys import PasskeyAnswer
from coordinator.services import services

from .signed import sign, unsign

COOKIE = "passkey_challenge"
SIGN_IN = "sign in"  # or to show again whose browser this is
LASTS = timedelta(minutes=5)


def new_challenge() -> str:
    """What nobody signed before."""
    return secrets.token_urlsafe(32)


def asked(options: str, challenge: str, purpose: str, now: datetime) -> Response:
    """The options as JSON, and the challenge in them as a cookie. Purposes do not stand in for each other."""
    response = current_app.response_class(options, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    response.set_cookie(
        COOKIE,
        sign(f"{COOKIE} {purpose}", {"challenge": challenge}, now + LASTS),
        max_age=int(LASTS.total_seconds()),
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Strict",
    )
    return response


def answered(purpose: str, now: datetime, field: str = "credential") -> PasskeyAnswer:
    """What this field of the form says for a passkey, and what this browser was asked to sign for the purpose."""
    kept = unsign(f"{COOKIE} {purpose}", request.cookies.get(COOKIE, ""), now)
    challenge = str(kept["challenge"]) if kept else None
    return PasskeyAnswer(request.form.get(field, ""), challenge, services().site)


def ask_no_more(response: AnyResponse) -> AnyResponse:
    """The challenge was answered, rightly or not."""
    response.delete_cookie(COOKIE)
    return response
