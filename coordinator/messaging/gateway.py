"""The phone network and the mail server, as the outbox sees them: one text in, one outcome back, and no exceptions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from coordinator.core.invitation import CalendarEntry
from coordinator.core.personal_links import LinkOwner
from coordinator.people.models import Channel

from .listing import Absent, CameIn, Found, LookedUp, SenderSetUp, Sought, Unreachable
from .refusals import RefusalKind


@dataclass(frozen=True, slots=True)
class Letter:
    """What an email has beside its words. ``organisation`` is who writes it.

    ``name`` stands before the @ of its Message-ID, the same in every attempt. ``link`` is what the person's page is
    for: ``answer`` or ``page``; None: it is not named. ``calendar`` is an entry, as of ``at``.
    """

    name: str
    subject: str
    organisation: str
    language: str
    link: str | None = None
    calendar: CalendarEntry | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OutgoingText:
    """One text or email as it leaves: ``body`` is all of it, including merged reminders. ``letter``: it is an email.

    ``validity_seconds`` is how long it stays true once the network has it, 1 to 36,000; None: as long as it takes.
    ``person`` is whose link belongs into it.
    """

    message_id: int
    to: str = field(repr=False)
    body: str = field(repr=False)
    validity_seconds: int | None = None
    person: LinkOwner | None = None
    letter: Letter | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The network accepted the text. ``receipts`` are what it said about it at once, as fields of a callback."""

    sid: str
    receipts: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The network will not carry the text; ``code`` is its own (or HTTP's) number for why."""

    code: int
    reason: str
    kind: RefusalKind


@dataclass(frozen=True, slots=True)
class TryLater:
    """The text was certainly not accepted, and may be in a while; ``after_seconds`` as the network asked."""

    reason: str
    after_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Unsure:
    """The text may or may not have been accepted. It must not be sent again before it has been looked up."""

    reason: str


Outcome = Accepted | Refused | TryLater | Unsure


class Line(Protocol):
    """What carries one channel's messages. ``send`` may be called from several threads at once."""

    @property
    def channel(self) -> Channel: ...

    @property
    def sender(self) -> str:
        """The number or service that texts come from, for which opt-outs are stored; the address of emails."""

    def send(self, text: OutgoingText) -> Outcome: ...


class Gateway(Line, Protocol):
    """A phone network."""

    def look_up(self, sought: Sought) -> LookedUp:
        """Whether the network's list has this text; sends nothing."""

    def fetch(self, sid: str) -> LookedUp:
        """The state of the text with this network ID."""

    def came_in(self, since: datetime) -> Sequence[CameIn] | Unreachable:
        """The texts sent to us since then, oldest first; at most the newest thousand."""

    def check(self) -> str | None:
        """Ask the network something that changes nothing: None if the account works, else a sentence why not."""

    def sender_set_up(self) -> SenderSetUp | Unreachable:
        """What the network has configured for the sender; Unreachable also if it does not say."""


class RecordingGateway:
    """For tests: records every text in ``texts``; answers with what ``outcomes`` holds next, else accepts.

    Lookups and fetches are answered the same way from ``looked_up`` (else absent) and ``fetched`` (else delivered), and
    recorded in ``sought`` and ``asked``.
    """

    def __init__(self, *outcomes: Outcome, sender: str = "+12125550100", channel: Channel = Channel.TEXT) -> None:
        self.channel = channel
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
