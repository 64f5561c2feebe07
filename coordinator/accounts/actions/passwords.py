"""Passwords: Argon2 hashes, and limits on wrong tries that lock nobody else out."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from types import MappingProxyType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

from coordinator.db import transaction

from ..models import SHORTEST_PASSWORD, Account, AccountSession, Actor
from ..queries import Limit, account_by_email
from .common_passwords import is_common
from .limits import TooManyTries, count_try, forgive, refuse_if_tried
from .records import record_for
from .sessions import end_sessions

LONGEST = 1000  # characters; a longer one only costs CPU time
BY_ADDRESS = Limit("password-address", 20)
BY_BOTH = Limit("password-both", 5)  # one email, from one address
BY_EMAIL = Limit("password-email", 50)  # from everywhere: owning many addresses must not help to guess faster
BY_BROWSER = Limit("password-browser", 10)  # one that has signed in to the account before
FORGIVEN = (BY_BOTH, BY_BROWSER)  # after signing in


class PasswordTooShort(ValueError):
    """A password must have at least 10 characters."""


class PasswordTooCommon(ValueError):
    """The password is one of those that everyone tries first, or the account's own email."""


class WrongPassword(ValueError):
    """The email and password don't match; it is not revealed which one is wrong."""


def set_password(
    account: Account, password: str, now: datetime, *, actor: Actor, but: AccountSession | None = None
) -> None:
    """Give the account this password, and sign it out everywhere, or everywhere ``but`` here, where it is proof.

    Raises PasswordTooShort, PasswordTooCommon.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST:
        raise PasswordTooShort(_("Passwords need at least %(least)s characters.", least=SHORTEST_PASSWORD))
    if is_common(password) or password.strip().lower() == account.email:
        raise PasswordTooCommon(_("That password is easy to guess. Choose another one, like a short sentence."))
    hashed = hasher().hash(password)
    with transaction():
        account.password_hash = hashed
        end_sessions(account, now, actor=actor, but=but)
        if but is not None:
            but.proved_at = now
        record_for(account, actor, "password.set", now=now)


def check_password(
    email: str, password: str, *, address: str, now: datetime, known_by: Mapping[int, str] = MappingProxyType({})
) -> Account:
    """Whose account this is; ``address`` is where the try comes from.

    Wrong tries count for 15 minutes: 20 from one address, 5 from one address for one email, and 50 for one email from
    everywhere. None of these keeps out a browser that has signed in to this account before: ``known_by`` maps account
    ids to the name such a browser has for each, and that name alone has 10 wrong tries. An unknown email takes as long
    as a wrong password. Raises TooManyTries, WrongPassword.
    """
    account = account_by_email(email)
    if account is not None and not account.active_memberships:
        account = None
    limits = _limits(email, address, known_by.get(account.id) if account else None)
    for limit, subject in limits:
        refuse_if_tried(limit, subject, now)
    if not _fits(account.password_hash if account else None, password) or account is None:
        with suppress(TooManyTries):  # somebody else was faster; this one was wrong all the same
            for limit, subject in limits:
                count_try(limit, subject, now)
        if account is not None:
            record_for(account, Actor(address), "session.refused", now=now)
        raise WrongPassword(_("That email and password don't match."))
    for limit, subject in limits:
        if limit in FORGIVEN:
            forgive(limit, subject)
    return account


def _limits(email: str, address: str, name: str | None) -> list[tuple[Limit, str]]:
    """What to count, and for which subject. ``name`` is that of a browser that the account knows."""
    if name is not None:
        return [(BY_BROWSER, name)]
    return [(BY_ADDRESS, address), (BY_BOTH, f"{address} {email.strip().lower()}"), (BY_EMAIL, email)]


def _fits(password_hash: str | None, password: str) -> bool:
    try:
        hasher().verify(password_hash or _nobodys(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys() -> str:
    """A hash to spend the same time on when there is no account."""
    return hasher().hash("nobody has this password")
