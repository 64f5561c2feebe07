"""Whom this browser belongs to, once they have proved their phone: the token of their own page in a signed cookie."""

from __future__ import annotations

from flask import Flask, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as BaseResponse

COOKIE = "known"
HALF_A_YEAR = 183 * 24 * 3600  # seconds
WHERE = "/e/"  # sent to sign-up pages alone


def known_token() -> str | None:
    """The token that this browser was given; the link it opens may have been revoked since."""
    kept = request.cookies.get(COOKIE)
    if not kept:
        return None
    try:
        token = _signer(current_app).loads(kept)
    except BadSignature:
        return None
    return token if isinstance(token, str) else None


def remember(response: BaseResponse, token: str) -> None:
    """From now on this browser signs up without a code."""
    response.set_cookie(
        COOKIE,
        str(_signer(current_app).dumps(token)),
        max_age=HALF_A_YEAR,
        path=WHERE,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )


def forget(response: BaseResponse) -> None:
    """This browser is somebody else's, or nobody's."""
    response.delete_cookie(COOKIE, path=WHERE)


def _signer(app: Flask) -> URLSafeSerializer:
    return URLSafeSerializer(app.config["SECRET_KEY"], salt="known")
