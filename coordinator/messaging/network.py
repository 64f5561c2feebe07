"""Which phone network this installation has."""

from __future__ import annotations

from config import Settings

from .gateway import Gateway
from .simulated_gateway import SimulatedGateway
from .twilio_gateway import TwilioGateway


def gateway_for(settings: Settings) -> Gateway:
    """Twilio when its settings are there, else simulated phones."""
    if settings.twilio is None:
        return SimulatedGateway()
    return TwilioGateway(settings.twilio, settings.public_url)
