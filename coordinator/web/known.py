"""Whose browser this is, once they have proved their phone: the token of their own page in a signed cookie."""

import secrets
from datetime import datetime

from flask import Flask, current_app, request, session
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as BaseResponse

from coordinator.people.models import Person
from coordinator.services import services
from coordinator.shifts.queries.past import person_on_page

COOKIE = "known"
HALF_A_YEAR = 183 * 24 * 3600  # seconds
WHERE = ("/e/", "/my")  # sent to the pages for signing up and for finding one's own page


def this_browser() -> str:
    """The secret of this browser, created on first use; what is proved with it is proved to no other browser."""
    kept: str = session.setdefault("browser", secrets.token_urlsafe(16))
    return kept


def known_token() -> str | None:
    """The token that this browser was given; the link it opens may have been replaced since."""
    kept = request.cookies.get(COOKIE)
    if not kept:
        return None
    try:
        token = _signer(current_app).loads(kept)
    except BadSignature:
        return None
    return token if isinstance(token, str) else None


def known_person(now: datetime) -> Person | None:
    """Whom this browser belongs to, while their link still opens their page."""
    token = known_token()
    return person_on_page(services().links, token, now) if token else None


def remember(response: BaseResponse, person: Person) -> None:
    """From now on this browser signs up without a code, and finds the person's page."""
    kept = str(_signer(current_app).dumps(services().links.token(person)))
    for path in WHERE:
        response.set_cookie(
            COOKIE,
            kept,
            max_age=HALF_A_YEAR,
            path=path,
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
            httponly=True,
            samesite="Lax",
        )


def forget(response: BaseResponse) -> None:
    """This browser belongs to someone else, or to nobody."""
    for path in WHERE:
        response.delete_cookie(COOKIE, path=path)


def _signer(app: Flask) -> URLSafeSerializer:
    return URLSafeSerializer(app.config["SECRET_KEY"], salt="known")
