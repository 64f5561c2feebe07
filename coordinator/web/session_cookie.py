"""The cookie of a browser in which somebody is signed in: a token whose row tells the rest, signed by us.

The signature lets a request be given more room before any database is asked; who it is, only the row tells.
"""

from __future__ import annotations

from flask import Flask, Request, current_app
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from coordinator.accounts.queries import ABSOLUTE

COOKIE = "signed_in"


def session_token(app: Flask, asked: Request) -> str | None:
    """The token that this browser holds; None when it holds none that we made. Its row may have ended since."""
    try:
        token = _signer(app).loads(asked.cookies.get(COOKIE, ""))
    except BadSignature:
        return None
    return token if isinstance(token, str) else None


def keep_session(response: Response, token: str) -> None:
    """From now on this browser is the one of the token."""
    response.set_cookie(
        COOKIE,
        signed_token(current_app, token),
        max_age=ABSOLUTE,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )


def drop_session(response: Response) -> None:
    """This browser is nobody's any more."""
    response.delete_cookie(COOKIE)


def signed_token(app: Flask, token: str) -> str:
    """What stands in the cookie."""
    return str(_signer(app).dumps(token))


def _signer(app: Flask) -> URLSafeSerializer:
    return URLSafeSerializer(app.config["SECRET_KEY"], salt=COOKIE)
