"""Simulated phones: a network that takes every text at once and delivers it at once, inside this installation."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex

from coordinator.people.models import Channel

from .gateway import Accepted, Outcome, OutgoingText
from .listing import Absent, CameIn, Found, LookedUp, SenderSetUp, Sought, Unreachable

SENDER = "simulated"


class SimulatedGateway:
    """What stands in for the phone network without Twilio's settings; its phones are shown at ``/phones``."""

    channel = Channel.TEXT
    sender = SENDER

    def send(self, text: OutgoingText) -> Outcome:
        sid = f"SIM{token_hex(15)}"
        return Accepted(sid, ({"MessageSid": sid, "MessageStatus": "delivered"},))

    def look_up(self, sought: Sought) -> LookedUp:
        """It remembers nothing: what was in flight when its process died was never taken."""
        return Absent()

    def fetch(self, sid: str) -> LookedUp:
        return Found(sid, "delivered")

    def came_in(self, since: datetime) -> Sequence[CameIn] | Unreachable:
        return ()

    def check(self) -> str | None:
        return None

    def sender_set_up(self) -> SenderSetUp | Unreachable:
        return SenderSetUp(is_ours=True)
