"""The steps from no account to texts that arrive: which are done, which are to do, which are in trouble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from config import Settings

from .facts import Facts

State = Literal["done", "todo", "trouble", "note"]

SETTINGS: Final = {  # by the step that they belong to
    "account": ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_API_KEY", "TWILIO_API_SECRET"),
    "sender": ("TWILIO_FROM", "TWILIO_MESSAGING_SERVICE_SID", "TWILIO_SEGMENTS_PER_SECOND"),
    "webhooks": ("PUBLIC_URL",),
}
REFUSED_ACCOUNT: Final = frozenset({401, 403, 20003, 20404, 30002})
REFUSED_SENDER: Final = frozenset({21212, 21606, 63038})
UNREGISTERED: Final = frozenset({30007, 30032, 30034})


@dataclass(frozen=True, slots=True)
class Step:
    """One step by its key, and how it stands. ``note``: there is nothing to be done or seen."""

    key: str
    state: State


def steps_of(settings: Settings, facts: Facts, checks: Sequence[bool | None] | None) -> list[Step]:
    """In the order in which they are taken. ``checks`` are what was found when somebody last looked; None: nobody."""
    return [
        Step("account", _account(settings, facts)),
        Step("sender", _sender(settings, facts)),
        Step("registration", _registration(settings, facts)),
        Step("webhooks", _webhooks(settings, facts)),
        Step("opt_out", "note"),
        Step("checks", _checks(settings, facts, checks)),
    ]


def is_set(settings: Settings, key: str) -> bool:
    """Whether a setting has been given; what it is stays with whoever gave it."""
    twilio = settings.twilio
    given = {
        "PUBLIC_URL": urlsplit(settings.public_url).scheme == "https",
        "TWILIO_ACCOUNT_SID": twilio and twilio.account_sid,
        "TWILIO_AUTH_TOKEN": twilio and twilio.auth_token,
        "TWILIO_API_KEY": twilio and twilio.api_key,
        "TWILIO_API_SECRET": twilio and twilio.api_secret,
        "TWILIO_FROM": twilio and twilio.sender,
        "TWILIO_MESSAGING_SERVICE_SID": twilio and twilio.messaging_service_sid,
        "TWILIO_SEGMENTS_PER_SECOND": twilio and twilio.segments_per_second,
    }
    return bool(given[key])


def _account(settings: Settings, facts: Facts) -> State:
    if settings.twilio is None:
        return "todo"
    return "trouble" if facts.alarms & REFUSED_ACCOUNT else "done"


def _sender(settings: Settings, facts: Facts) -> State:
    if settings.twilio is None:
        return "todo"
    return "trouble" if facts.alarms & REFUSED_SENDER else "done"


def _registration(settings: Settings, facts: Facts) -> State:
    """Nobody tells us whether a number is registered; that carriers block it, or deliver from it, we see."""
    if facts.alarms & UNREGISTERED:
        return "trouble"
    return "done" if settings.twilio is not None and facts.delivered else "todo"


def _webhooks(settings: Settings, facts: Facts) -> State:
    if settings.twilio is None:
        return "todo"
    if not is_set(settings, "PUBLIC_URL"):
        return "trouble"
    return "done" if facts.inbound_at is not None else "todo"


def _checks(settings: Settings, facts: Facts, checks: Sequence[bool | None] | None) -> State:
    if not facts.jobs_tick or (checks is not None and False in checks):
        return "trouble"
    return "done" if settings.twilio is None or checks is not None else "todo"
