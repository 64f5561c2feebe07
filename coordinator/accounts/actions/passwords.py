"""Passwords: Argon2 hashes, and no faster than a few tries in a quarter of an hour."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _
from sqlalchemy import select

from ...db import db, transaction
from ..models import SHORTEST_PASSWORD, Coordinator
from .limits import Limit, count_try, forgive

LONGEST = 1000  # letters; a longer one only keeps the processor busy
BY_EMAIL = Limit("password-email", 5)
BY_ADDRESS = Limit("password-address", 20)


class PasswordTooShort(ValueError):
    """A password must have at least 10 letters."""


class WrongPassword(ValueError):
    """The e-mail and the password do not belong together; which of them is wrong is not told."""


def set_password(coordinator: Coordinator, password: str) -> None:
    """Give the account this password. Raises PasswordTooShort."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST:
        raise PasswordTooShort(_("A password needs at least %(least)s letters.", least=SHORTEST_PASSWORD))
    hashed = _hasher().hash(password)
    with transaction():
        coordinator.password_hash = hashed


def check_password(email: str, password: str, *, address: str, now: datetime) -> Coordinator:
    """Whose account this is; ``address`` is where the try comes from.

    Every try is counted before it is looked at: 5 in 15 minutes for one e-mail, 20 from one address. An unknown
    e-mail takes as long as a wrong password. Raises TooManyTries, WrongPassword.
    """
    count_try(BY_ADDRESS, address, now)
    count_try(BY_EMAIL, email, now)
    known = select(Coordinator).where(Coordinator.email == email.strip().lower(), Coordinator.left_at.is_(None))
    coordinator = db.session.scalars(known).one_or_none()
    if not _fits(coordinator.password_hash if coordinator else None, password) or coordinator is None:
        raise WrongPassword(_("E-mail and password do not belong together."))
    forgive(BY_EMAIL, email)
    return coordinator


def _fits(password_hash: str | None, password: str) -> bool:
    try:
        _hasher().verify(password_hash or _nobodys(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys() -> str:
    """A hash to spend the same time on when there is no account."""
    return _hasher().hash("nobody has this password")
