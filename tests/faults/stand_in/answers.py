"""An answer of the network, and how it is transmitted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Manner = Literal["whole", "truncated", "late", "slow", "never", "reset"]

MESSAGES: Final = {
    20001: "A field is unknown or wrong.",
    20003: "Authenticate",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    21211: "Invalid 'To' Phone Number",
    21602: "A text message body or media urls must be specified.",
    21603: "A 'From' phone number is required.",
    21610: "Attempt to send to unsubscribed recipient",
    21617: "The concatenated message body exceeds the 1600 character limit",
}


@dataclass(frozen=True)
class Answer:
    """``fault`` is the simulated fault; None: the answer is correct."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    manner: Manner = "whole"
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: str | None = None


def json_answer(status: int, content: Mapping[str, Any]) -> Answer:
    return Answer(status, json.dumps(content).encode())


def refusal(status: int, code: int, *, fault: str | None = None, retry_after: int | None = None) -> Answer:
    """A refusal with the network's error code, and sometimes a Retry-After in seconds."""
    content = {
        "code": code,
        "message": MESSAGES.get(code, "The message cannot be carried."),
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Answer(status, json.dumps(content).encode(), headers=headers, fault=fault)


def broken_off(fault: str, manner: Manner = "reset") -> Answer:
    """No answer at all."""
    return Answer(0, manner=manner, fault=fault)
