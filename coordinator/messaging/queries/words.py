"""The words of the house: one file for every kind of text, in each language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

SMS = Path(__file__).resolve().parents[2] / "templates" / "sms"
LANGUAGES = ("en", "es")


@cache
def house_words(name: str, language: str) -> str:
    """The words of the house for one kind of text; English where a language has none."""
    path = SMS / (language if language in LANGUAGES else "en") / f"{name}.txt"
    return path.read_text(encoding="utf-8").strip()
