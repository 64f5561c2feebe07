"""Limits on codes by text and email, and whether any are left: they cost money, and anyone can ask for one."""

from datetime import datetime, timedelta

from coordinator.accounts.queries import Limit, tried_until
from coordinator.events.models import Event

HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
BY_PHONE = (Limit("code-phone", 3), Limit("code-phone", 5, A_DAY))
BY_EMAIL = (Limit("code-email", 3), Limit("code-email", 5, A_DAY))
BY_ADDRESS = Limit("code-address", 40)
BY_NETWORK = Limit("code-network", 100)  # an IPv6 /48, which may all belong to one customer
BY_EVENT = (Limit("code-event", 300, HOUR), Limit("code-event", 1500, A_DAY))
BY_INSTALLATION = (Limit("code-all", 900, HOUR), Limit("code-all", 4000, A_DAY))
EVERYWHERE = "all"


def codes_are_exhausted(event: Event | None, now: datetime) -> bool:
    """Whether no more codes are sent because so many were requested: for this show, or for the whole installation."""
    ours = [(limit, str(event.id)) for limit in BY_EVENT] if event else []
    everywhere = [(limit, EVERYWHERE) for limit in BY_INSTALLATION]
    return any(tried_until(limit, subject, now) is not None for limit, subject in (*ours, *everywhere))
