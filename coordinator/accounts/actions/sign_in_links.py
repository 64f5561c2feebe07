"""Links that sign a coordinator in, once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from flask_babel import gettext as _

from ...db import transaction
from ..models import Coordinator, SignInLink
from ..queries import open_sign_in_link, token_hash

HALF_AN_HOUR = timedelta(minutes=30)


class LinkIsOver(ValueError):
    """The link was used, is too old, or never was one."""


def sign_in_link(
    coordinator: Coordinator, now: datetime, *, sets_password: bool = False, lasts: timedelta = HALF_AN_HOUR
) -> str:
    """The token of a new link. Only its hash is kept, so it is shown this once."""
    token = secrets.token_urlsafe(24)
    with transaction() as session:
        session.add(
            SignInLink(
                coordinator_id=coordinator.id,
                token_hash=token_hash(token),
                sets_password=sets_password,
                created_at=now,
                expires_at=now + lasts,
            )
        )
    return token


def sign_in_by_link(token: str, now: datetime) -> Coordinator:
    """Whom the link signs in; from now on it signs in nobody. Raises LinkIsOver.

    Only for an answer to a button: previews of links in chats and mails open every address they see.
    """
    with transaction():
        link = open_sign_in_link(token, now, lock=True)
        if link is None:
            raise LinkIsOver(_("This link has been used or is too old. Please ask for a new one."))
        link.used_at = now
        return link.coordinator
