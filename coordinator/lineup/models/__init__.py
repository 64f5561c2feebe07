"""Acts, the slots they play, and who is asked to close a hole in a running order."""

from .offers import OfferKind, OfferState, SlotOffer, StandIn
from .slots import OWN_WORDS, UNANSWERED, Act, ActAnswer, ActMember, Slot, SlotAnswer, SlotKind

__all__ = [
    "OWN_WORDS",
    "UNANSWERED",
    "Act",
    "ActAnswer",
    "ActMember",
    "OfferKind",
    "OfferState",
    "Slot",
    "SlotAnswer",
    "SlotKind",
    "SlotOffer",
    "StandIn",
]
