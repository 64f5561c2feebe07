"""Callboard's own wording: one file per kind of text and language, and what emails say around it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from coordinator.core.json_values import JsonObject
from coordinator.core.mail_words import emailed
from coordinator.spoken import without_dear_accents

SMS = Path(__file__).resolve().parents[2] / "templates" / "sms"
MAIL = SMS.parent / "mail"
LANGUAGES = ("en", "es")


@cache
def default_text(name: str, language: str) -> str:
    """The text of this file, placeholders unfilled; English for any other language. Without accents that cost."""
    return without_dear_accents(_read(SMS, name, language))


@cache
def mail_words(name: str, language: str) -> str:
    """What emails say around what they are about, placeholders unfilled."""
    return _read(MAIL, name, language)


def mail_of(words: str, values: Mapping[str, str], *, org: str, title: str = "") -> JsonObject:
    """What a text with these words says as an email; default words have all their accents there."""
    return emailed(_with_accents().get(words, words), values, org=org, title=title)


@cache
def _with_accents() -> Mapping[str, str]:
    names = [path.stem for path in (SMS / "es").glob("*.txt")]
    return {default_text(name, "es"): _read(SMS, name, "es") for name in names}


def _read(folder: Path, name: str, language: str) -> str:
    path = folder / (language if language in LANGUAGES else "en") / f"{name}.txt"
    return path.read_text(encoding="utf-8").strip()
