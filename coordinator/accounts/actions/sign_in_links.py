"""Links that sign an account in, once."""

import secrets
from datetime import datetime, timedelta

from flask_babel import gettext as _

from coordinator.db import transaction

from ..models import Account, Actor, SignInLink, Via
from ..queries import Limit, account_by_email, member_as, open_sign_in_link, token_hash
from .limits import count_try
from .passwords import set_password

HALF_AN_HOUR = timedelta(minutes=30)
QUARTER_OF_AN_HOUR = timedelta(minutes=15)  # how long a link lasts that anyone may ask for
RESETS_BY_ADDRESS = Limit("reset-address", 10, timedelta(hours=1))
RESETS_BY_EMAIL = Limit("reset-email", 3, timedelta(hours=1))
PROOFS = Limit("proof-link", 5, timedelta(hours=1))  # for one account, to whoever is signed in to it


class LinkIsOver(ValueError):
    """The link was used, has expired, or never existed."""


def sign_in_link(
    account: Account, now: datetime, *, sets_password: bool = False, lasts: timedelta = HALF_AN_HOUR
) -> str:
    """The token of a new link. Only its hash is stored, so this is the one time it can be shown."""
    token = secrets.token_urlsafe(24)
    with transaction() as session:
        session.add(
            SignInLink(
                account_id=account.id,
                token_hash=token_hash(token),
                sets_password=sets_password,
                created_at=now,
                expires_at=now + lasts,
            )
        )
    return token


def sign_in_by_link(token: str, now: datetime) -> Account:
    """Whom the link signs in; from now on it signs in nobody. Raises LinkIsOver.

    Call it only for a POST: previews of links in chats and emails open every URL they see.
    """
    with transaction():
        link = open_sign_in_link(token, now, lock=True)
        if link is None:
            raise LinkIsOver(_("This link has been used or is too old. Please ask for a new one."))
        link.used_at = now
        return link.account


def reset_link(email: str, *, address: str, now: datetime) -> str | None:
    """The token of a link that sets a new password, for 15 minutes; None where no such account signs in.

    Whoever asks is told the same either way. Asked for at most 3 times an hour for one email, and 10 times from one
    address. Raises TooManyTries.
    """
    with transaction():
        count_try(RESETS_BY_ADDRESS, address, now)
        count_try(RESETS_BY_EMAIL, email, now)
        account = account_by_email(email)
        if account is None or not account.active_memberships:
            return None
        return sign_in_link(account, now, sets_password=True, lasts=QUARTER_OF_AN_HOUR)


def proof_link(account: Account, now: datetime) -> str:
    """The token of a link for who is signed in without a password, and is asked again. Raises TooManyTries."""
    with transaction():
        count_try(PROOFS, str(account.id), now)
        return sign_in_link(account, now, lasts=QUARTER_OF_AN_HOUR)


def set_password_by_link(token: str, password: str, now: datetime) -> Account:
    """Give the link's account this password; a refused one leaves the link as it was.

    Every browser of the account is signed out. Raises LinkIsOver, PasswordTooShort, PasswordTooCommon.
    """
    with transaction():
        account = sign_in_by_link(token, now)
        set_password(account, password, now, actor=Actor.of(member_as(account), Via.LINK))
    return account
