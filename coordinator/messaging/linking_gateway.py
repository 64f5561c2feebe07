"""A gateway that puts a person's link into their text at the last moment: stored texts open nobody's page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coordinator.core.personal_links import PersonalLinks
from coordinator.people.models import Channel

from .gateway import Gateway, Outcome, OutgoingText
from .listing import CameIn, LookedUp, SenderSetUp, Sought, Unreachable


@dataclass(frozen=True, slots=True)
class LinkingGateway:
    """The network behind it does everything else."""

    network: Gateway
    links: PersonalLinks

    @property
    def channel(self) -> Channel:
        return self.network.channel

    @property
    def sender(self) -> str:
        return self.network.sender

    def send(self, text: OutgoingText) -> Outcome:
        if text.person is None:
            return self.network.send(text)
        return self.network.send(replace(text, body=self.links.filled(text.body, text.person)))

    def look_up(self, sought: Sought) -> LookedUp:
        return self.network.look_up(sought)

    def fetch(self, sid: str) -> LookedUp:
        return self.network.fetch(sid)

    def came_in(self, since: datetime) -> Sequence[CameIn] | Unreachable:
        return self.network.came_in(since)

    def check(self) -> str | None:
        return self.network.check()

    def sender_set_up(self) -> SenderSetUp | Unreachable:
        return self.network.sender_set_up()
