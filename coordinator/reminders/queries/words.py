"""The words of the house: one text for every kind of reminder, in each language."""

from __future__ import annotations

from ...messaging.queries import house_words

HOUSE_WORDS = {
    "ask-1": "ask",
    "ask-2": "ask-again",
    "details": "details",
    "call": "call",
    "stage": "stage",
    "changeover": "changeover",
    "shift-ask": "shift-ask",
    "shift-day": "shift-day",
    "shift-hour": "shift-hour",
}


def house_words_of(rule: str, language: str) -> str:
    """The words of the house for a rule."""
    return house_words(HOUSE_WORDS.get(rule, "other"), language)
