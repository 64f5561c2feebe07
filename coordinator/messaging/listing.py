"""What the network's own list says: which of its texts is one of ours, and which came in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

FROM_US: Final = "outbound-api"
TO_US: Final = "inbound"
_TRIAL: Final = "Sent from your Twilio trial account - "  # a trial account puts it before every text


@dataclass(frozen=True, slots=True)
class Listed:
    """One text as the network remembers it: from the number ``sender``, through the messaging ``service``."""

    sid: str
    direction: str
    sender: str
    service: str
    body: str = field(repr=False)
    made_at: datetime
    status: str
    code: int | None = None
    num_media: int = 0


@dataclass(frozen=True, slots=True)
class Sought:
    """A text of which nobody knows whether the network took it.

    It was posted between ``since`` and ``until``. ``known`` are names that belong to other texts.
    """

    to: str = field(repr=False)
    body: str = field(repr=False)
    since: datetime
    until: datetime
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """The network has the text under ``sid``; ``status`` and ``code`` are what it says became of it."""

    sid: str
    status: str
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """The network answered, and does not have the text; what it took a moment ago may not be in its list yet."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Nothing was learnt; ``status`` is HTTP's, where there was an answer."""

    reason: str
    status: int | None = None


LookedUp = Found | Absent | Unreachable


@dataclass(frozen=True, slots=True)
class SenderSetUp:
    """What the network has written down for who texts come from: where it calls with texts to it; "" is nowhere.

    ``is_ours`` False: the account has no such number or service.
    """

    is_ours: bool
    inbound_url: str = ""
    fallback_url: str = ""


@dataclass(frozen=True, slots=True)
class CameIn:
    """A text that somebody sent to us."""

    sid: str
    phone: str = field(repr=False)
    body: str = field(repr=False)
    num_media: int
    at: datetime


def is_ours(text: Listed, sought: Sought, sender: str) -> bool:
    """Whether it is the text that is sought: sent by us, in these words, then, and no other row's."""
    return (
        text.direction == FROM_US
        and sender in {text.sender, text.service}
        and text.sid not in sought.known
        and sought.since <= text.made_at <= sought.until
        and _normal(text.body) == _normal(sought.body)
    )


def _normal(body: str) -> str:
    """The words without what a network may change about them on the way."""
    return re.sub(r"\s+", " ", body.removeprefix(_TRIAL)).strip()
