"""Simulated phones: a network that takes every text at once and delivers it at once, inside this installation."""

from __future__ import annotations

from secrets import token_hex

from .gateway import Accepted, Outcome, OutgoingText

SENDER = "simulated"


class SimulatedGateway:
    """What stands in for the phone network without Twilio's settings; its phones are shown at ``/phones``."""

    sender = SENDER

    def send(self, text: OutgoingText) -> Outcome:
        sid = f"SIM{token_hex(15)}"
        return Accepted(sid, ({"MessageSid": sid, "MessageStatus": "delivered"},))

    def check(self) -> str | None:
        return None
