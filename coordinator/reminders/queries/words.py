"""The words of the house: one text for every kind of reminder, in each language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

SMS = Path(__file__).resolve().parents[2] / "templates" / "sms"
LANGUAGES = ("en", "es")
HOUSE_WORDS = {
    "ask-1": "ask",
    "ask-2": "ask-again",
    "details": "details",
    "call": "call",
    "stage": "stage",
    "changeover": "changeover",
    "shift-day": "shift-day",
    "shift-hour": "shift-hour",
}


@cache
def house_words(name: str, language: str) -> str:
    """The words of the house for one kind of text; English where a language has none."""
    path = SMS / (language if language in LANGUAGES else "en") / f"{name}.txt"
    return path.read_text(encoding="utf-8").strip()


def house_words_of(rule: str, language: str) -> str:
    """The words of the house for a rule."""
    return house_words(HOUSE_WORDS.get(rule, "other"), language)
