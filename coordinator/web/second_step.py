"""Who has shown a password or a link in this browser, and not yet a code: in a signed cookie, for ten minutes.

It signs nobody in. Whoever steals it still lacks the code.
"""

from datetime import datetime, timedelta

from flask import current_app, request
from werkzeug.wrappers import Response

from .signed import sign, unsign

COOKIE = "second_step"
LASTS = timedelta(minutes=10)
WHERE = "/sign-in"  # sent there alone


def await_code(response: Response, account_id: int, now: datetime) -> None:
    """From now on this browser may show a code of the account."""
    response.set_cookie(
        COOKIE,
        sign(COOKIE, {"account": account_id}, now + LASTS),
        max_age=int(LASTS.total_seconds()),
        path=WHERE,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )


def awaited_account(now: datetime) -> int | None:
    """Whose code this browser may show; None when nobody's, or no more."""
    kept = unsign(COOKIE, request.cookies.get(COOKIE, ""), now)
    return int(kept["account"]) if kept else None


def await_no_code(response: Response) -> None:
    """It was shown."""
    response.delete_cookie(COOKIE, path=WHERE)
