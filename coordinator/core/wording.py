"""Filling in the words of a text: placeholders in braces, what may be left out in square brackets.

``{name}, you are on at {time}[, {stage}].`` A bracketed part goes when what it names is empty, and the last ones go
first when the text would otherwise need a second segment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .sms_text import fits_one_segment, plain

PLACEHOLDERS = (
    "first_name",
    "org",
    "title",
    "act",
    "role",
    "time",
    "was",
    "day",
    "stage",
    "venue",
    "address",
    "place",
    "link",
)
# What stands around the first text to a phone: who writes, and how to get no more of it.
SENDER = {"en": ("{org}: ", " Reply STOP to opt out."), "es": ("{org}: ", " Responde STOP para no recibir textos.")}
_PLACEHOLDER = re.compile(r"\{([a-z_]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


class UnknownPlaceholder(ValueError):
    """The words of a text hold a placeholder that nothing fills in."""

    def __init__(self, name: str, known: Sequence[str] = PLACEHOLDERS) -> None:
        listed = ", ".join(f"{{{placeholder}}}" for placeholder in known)
        super().__init__(f"{{{name}}} is not known. These can be used: {listed}.")


def check_words(words: str, known: Sequence[str] = PLACEHOLDERS) -> None:
    """Raises UnknownPlaceholder when the words name something that nothing fills in."""
    for name in _PLACEHOLDER.findall(words):
        if name not in known:
            raise UnknownPlaceholder(name, known)


def fill(words: str, values: Mapping[str, str], *, before: str = "", after: str = "") -> str:
    """The text: placeholders filled in, optional parts kept while all fits one segment, between two fixed parts."""
    parts = len(_OPTIONAL.findall(words))
    for kept in range(parts, -1, -1):
        text = plain(before + _filled(words, values, kept) + after)
        if kept == 0 or fits_one_segment(text):
            return text
    raise AssertionError("a text without its optional parts is always taken")


def _filled(words: str, values: Mapping[str, str], kept: int) -> str:
    seen = 0

    def optional(part: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        names = _PLACEHOLDER.findall(part[1])
        return part[1] if seen <= kept and all(values.get(name) for name in names) else ""

    chosen = _OPTIONAL.sub(optional, words)
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), chosen).strip()
