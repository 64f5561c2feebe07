"""Which accounts this browser has signed in to: in a signed cookie that outlives the session.

Someone else's wrong passwords do not keep such a browser out. Whoever steals the cookie gains a few tries, no more.
"""

import secrets
from datetime import datetime, timedelta

from flask import current_app, request
from werkzeug.wrappers import Response

from coordinator.accounts.models import Account
from coordinator.accounts.queries import has_signed_in

from .signed import sign, unsign

COOKIE = "browser"
LASTS = timedelta(days=365)
WHERE = "/"  # invitations are accepted elsewhere than one signs in
MOST = 5  # accounts


def known_accounts(now: datetime) -> dict[int, str]:
    """The ids of the accounts, each with the name that this browser has for it."""
    kept = unsign(COOKIE, request.cookies.get(COOKIE, ""), now) or {}
    return {int(account): str(name) for account, name in kept.get("accounts", {}).items()}


def is_new_to(account: Account, now: datetime) -> bool:
    """Whether the account has signed in before, but never in this browser."""
    return account.id not in known_accounts(now) and has_signed_in(account)


def remember_account(response: Response, account_id: int, now: datetime) -> None:
    """From now on this browser is known to the account."""
    before = known_accounts(now)
    name = before.pop(account_id, None) or secrets.token_urlsafe(12)
    accounts = dict([*before.items(), (account_id, name)][-MOST:])
    response.set_cookie(
        COOKIE,
        sign(COOKIE, {"accounts": accounts}, now + LASTS),
        max_age=int(LASTS.total_seconds()),
        path=WHERE,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )
