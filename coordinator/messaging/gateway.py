"""The way out to the phones, as the outbox sees it: one text in, one outcome back, never an exception that counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from .listing import Absent, CameIn, Found, LookedUp, SenderSetUp, Sought, Unreachable
from .refusals import RefusalKind


@dataclass(frozen=True, slots=True)
class OutgoingText:
    """One text as it goes to the network: ``body`` is the whole of it, with the reminders that ride along.

    ``validity_seconds`` is how long it stays true once the network has it, 1 to 36,000; None: as long as it takes.
    """

    message_id: int
    to: str = field(repr=False)
    body: str = field(repr=False)
    validity_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The network took the text. ``receipts`` are what it said about it at once, in the form of a callback's fields."""

    sid: str
    receipts: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The network has answered that it will not carry the text; ``code`` is its own (or HTTP's) number for why."""

    code: int
    reason: str
    kind: RefusalKind


@dataclass(frozen=True, slots=True)
class TryLater:
    """The text was certainly not taken, and the same one may be in a while; ``after_seconds`` as the network asked."""

    reason: str
    after_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nobody can say whether the text was taken. It must not be sent again before somebody has looked."""

    reason: str


Outcome = Accepted | Refused | TryLater | Unsure


class Gateway(Protocol):
    """A phone network. ``send`` may be called from several threads at once."""

    @property
    def sender(self) -> str:
        """The number or service that texts leave from; opt-outs are kept for it."""

    def send(self, text: OutgoingText) -> Outcome: ...

    def look_up(self, sought: Sought) -> LookedUp:
        """Whether the network's list holds this text; nothing is sent."""

    def fetch(self, sid: str) -> LookedUp:
        """What became of the text that the network knows under this name."""

    def came_in(self, since: datetime) -> Sequence[CameIn] | Unreachable:
        """The texts that were sent to us since then, oldest first; the newest thousand at most."""

    def check(self) -> str | None:
        """Ask the network something that changes nothing: None when the account works, else a sentence why not."""

    def sender_set_up(self) -> SenderSetUp | Unreachable:
        """What the network has written down for the sender; Unreachable also where it does not tell."""


class RecordingGateway:
    """For tests: remembers every text in ``texts``; answers with what ``outcomes`` holds next, else accepts.

    Looking up and fetching is answered in the same way from ``looked_up`` (else absent) and ``fetched`` (else
    delivered), and what was asked is kept in ``sought`` and ``asked``.
    """

    def __init__(self, *outcomes: Outcome, sender: str = "+12125550100") -> None:
        self.texts: list[OutgoingText] = []
        self.outcomes = list(outcomes)
        self.sought: list[Sought] = []
        self.looked_up: list[LookedUp] = []
        self.asked: list[str] = []
        self.fetched: list[LookedUp] = []
        self.inbox: Sequence[CameIn] | Unreachable = ()
        self.asked_since: list[datetime] = []
        self._sender = sender

    @property
    def sender(self) -> str:
        return self._sender

    def send(self, text: OutgoingText) -> Outcome:
        self.texts.append(text)
        return self.outcomes.pop(0) if self.outcomes else Accepted(f"SM{text.message_id:032x}")

    def look_up(self, sought: Sought) -> LookedUp:
        self.sought.append(sought)
        return self.looked_up.pop(0) if self.looked_up else Absent()

    def fetch(self, sid: str) -> LookedUp:
        self.asked.append(sid)
        return self.fetched.pop(0) if self.fetched else Found(sid, "delivered")

    def came_in(self, since: datetime) -> Sequence[CameIn] | Unreachable:
        self.asked_since.append(since)
        return self.inbox

    def check(self) -> str | None:
        return None

    def sender_set_up(self) -> SenderSetUp | Unreachable:
        return Unreachable("Nobody has told.")
