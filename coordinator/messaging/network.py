"""The phone network of this installation."""

from config import Settings
from coordinator.core.personal_links import PersonalLinks

from .gateway import Gateway
from .linking_gateway import LinkingGateway
from .simulated_gateway import SimulatedGateway
from .twilio_gateway import TwilioGateway


def gateway_for(settings: Settings, links: PersonalLinks) -> Gateway:
    """Twilio when its settings are there, else simulated phones; each person's link is put into their text."""
    if settings.twilio is None:
        return LinkingGateway(SimulatedGateway(), links)
    return LinkingGateway(TwilioGateway(settings.twilio, settings.public_url), links)
