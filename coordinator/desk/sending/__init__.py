"""Texts that a coordinator sends by hand: to one person, to a shift, to everybody in the house."""

from .addressing import UNANSWERED, UNCONFIRMED, Addressee, Circle, House, addressees, circles, house_of, meant, why_not
from .drafting import LONGEST, Cost, Draft, NothingToSend, cost_of_answer, drafts, price_of, seal, suggested_words
from .posting import a_new_key, answer, kept_key, mark_read, send, take_back, was_sent

__all__ = [
    "LONGEST",
    "UNANSWERED",
    "UNCONFIRMED",
    "Addressee",
    "Circle",
    "Cost",
    "Draft",
    "House",
    "NothingToSend",
    "a_new_key",
    "addressees",
    "answer",
    "circles",
    "cost_of_answer",
    "drafts",
    "house_of",
    "kept_key",
    "mark_read",
    "meant",
    "price_of",
    "seal",
    "send",
    "suggested_words",
    "take_back",
    "was_sent",
    "why_not",
]
