"""The steps from no account to working texts, and the state of each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from config import Settings

from .facts import SetupFacts

State = Literal["done", "todo", "trouble", "note"]

SETTINGS: Final = {  # by step
    "account": ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_API_KEY", "TWILIO_API_SECRET"),
    "sender": ("TWILIO_FROM", "TWILIO_MESSAGING_SERVICE_SID", "TWILIO_SEGMENTS_PER_SECOND"),
    "webhooks": ("PUBLIC_URL",),
}
REFUSED_ACCOUNT: Final = frozenset({401, 403, 20003, 20404, 30002})
REFUSED_SENDER: Final = frozenset({21212, 21606, 63038})
UNREGISTERED: Final = frozenset({30007, 30032, 30034})


@dataclass(frozen=True, slots=True)
class SetupStep:
    """``note``: nothing can be done or checked here."""

    key: str
    state: State


def steps_of(settings: Settings, facts: SetupFacts, checks: Sequence[bool | None] | None) -> list[SetupStep]:
    """All steps in order. ``checks`` are the results of the last check; None when nobody has checked."""
    return [
        SetupStep("account", _account(settings, facts)),
        SetupStep("sender", _sender(settings, facts)),
        SetupStep("registration", _registration(settings, facts)),
        SetupStep("webhooks", _webhooks(settings, facts)),
        SetupStep("opt_out", "note"),
        SetupStep("checks", _checks(settings, facts, checks)),
    ]


def opened_steps(steps: Sequence[SetupStep], asked: Collection[str]) -> set[str]:
    """The keys of the steps to show open: those in trouble, the next to do, and those whose button was pressed.

    When nothing is left to do, the next is the test text.
    """
    trouble = {step.key for step in steps if step.state == "trouble"}
    return trouble | {next((step.key for step in steps if step.state == "todo"), "test")} | set(asked)


def is_set(settings: Settings, key: str) -> bool:
    """Whether a setting has a value; the value itself is not shown."""
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


def _account(settings: Settings, facts: SetupFacts) -> State:
    if settings.twilio is None:
        return "todo"
    return "trouble" if facts.alarms & REFUSED_ACCOUNT else "done"


def _sender(settings: Settings, facts: SetupFacts) -> State:
    if settings.twilio is None:
        return "todo"
    return "trouble" if facts.alarms & REFUSED_SENDER else "done"


def _registration(settings: Settings, facts: SetupFacts) -> State:
    """Whether a number is registered cannot be looked up; deliveries, and messages blocked by carriers, show it."""
    if facts.alarms & UNREGISTERED:
        return "trouble"
    return "done" if settings.twilio is not None and facts.delivered else "todo"


def _webhooks(settings: Settings, facts: SetupFacts) -> State:
    if settings.twilio is None:
        return "todo"
    if not is_set(settings, "PUBLIC_URL"):
        return "trouble"
    return "done" if facts.inbound_at is not None else "todo"


def _checks(settings: Settings, facts: SetupFacts, checks: Sequence[bool | None] | None) -> State:
    if not facts.jobs_tick or (checks is not None and False in checks):
        return "trouble"
    return "done" if settings.twilio is None or checks is not None else "todo"
