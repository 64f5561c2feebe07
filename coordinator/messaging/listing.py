"""The network's own list: which of its texts is one of ours, and which came in."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from coordinator.core.personal_links import without_token

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
    """A text that the network may or may not have.

    It was posted between ``since`` and ``until``. ``known`` are IDs of other texts.
    """

    to: str = field(repr=False)
    body: str = field(repr=False)
    since: datetime
    until: datetime
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """The network has the text under ``sid``; ``status`` and ``code`` are its outcome there."""

    sid: str
    status: str
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """The network answered, and does not have the text; a very recent one may not be in its list yet."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Nothing was learned; ``status`` is HTTP's, if there was a response."""

    reason: str
    status: int | None = None


LookedUp = Found | Absent | Unreachable


@dataclass(frozen=True, slots=True)
class SenderSetUp:
    """What the network has configured for our sender: the URL it calls with texts to it; "" is none.

    ``is_ours`` False: the account has no such number or service.
    """

    is_ours: bool
    inbound_url: str = ""
    fallback_url: str = ""


@dataclass(frozen=True, slots=True)
class CameIn:
    """A text that someone sent to us."""

    sid: str
    phone: str = field(repr=False)
    body: str = field(repr=False)
    num_media: int
    at: datetime


def is_ours(text: Listed, sought: Sought, sender: str) -> bool:
    """Whether it is the text we look for: sent by us, in these words, at that time, and not another row's."""
    return (
        text.direction == FROM_US
        and sender in {text.sender, text.service}
        and text.sid not in sought.known
        and sought.since <= text.made_at <= sought.until
        and _normal(text.body) == _normal(sought.body)
    )


def _normal(body: str) -> str:
    """The words without what a network may change about them on the way, and without the key in a personal link."""
    return re.sub(r"\s+", " ", without_token(body.removeprefix(_TRIAL))).strip()
