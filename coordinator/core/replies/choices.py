# ruff: noqa: E501
"""A choice by its number ("8", "#8", "number 8", "la 8") or by the name of what the number stands for."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .calendar_words import MONTHS, WEEKDAYS
from .lengths import WORDS
from .marks import Token, tokenized
from .model import Language

LEAST, MOST = 3, 99


@dataclass(frozen=True, slots=True)
class NumberSaid:
    """``bare``: the text was only the number. ``language`` is the language of the words around the number or name."""

    number: int
    language: Language | None
    bare: bool = False


def numbered(tokens: Sequence[Token]) -> NumberSaid | None:
    """The choice given by number, from 3 to 99; None for anything else."""
    words = [token.text for token in tokens]
    if words[:1] == ["#"]:
        words = words[1:]
    bare = len(words) == 1
    led = [(lead, of) for lead, of in _LEADS if words[: len(lead)] == list(lead) and len(words) > len(lead)]
    language: Language | None = led[0][1] if led else None
    words = words[len(led[0][0]) :] if led else words
    number = _number(words)
    if number is None or not (bare or language or tokens[0].text == "#") or not LEAST <= number <= MOST:
        return None
    return NumberSaid(number, language, bare)


def named(tokens: Sequence[Token], choices: Mapping[int | str, str]) -> NumberSaid | None:
    """The choice given by its full name, or by a word that no other choice has."""
    said = [_same(token.text) for token in tokens]
    names = {number: _words(name) for key, name in choices.items() if (number := _key(key)) is not None}
    whole = [number for number, words in names.items() if words and words == said]
    if len(whole) == 1:
        return NumberSaid(whole[0], None)
    language, core = _without_frame(said)
    if not core or len(core) > 12:
        return None
    whole = [number for number, words in names.items() if words and words == core]
    matching = whole or [number for number, words in names.items() if set(core) <= set(words)]
    if len(matching) != 1 or not any(_tells(word, matching[0], names) for word in core):
        return None
    return NumberSaid(matching[0], language)


def _tells(word: str, number: int, names: Mapping[int, Sequence[str]]) -> bool:
    return word not in _SAY_NOTHING and not any(word in words for other, words in names.items() if other != number)


def _without_frame(said: list[str]) -> tuple[Language | None, list[str]]:
    for before, after, language in _FRAMES:
        first, last = len(before), len(said) - len(after)
        if said[:first] == list(before) and said[last:] == list(after) and first < last and (before or after):
            return language, said[first:last]
    return None, said


def _number(words: Sequence[str]) -> int | None:
    spoken = " ".join(words[:3])
    if len(words) == 1 and words[0].isdecimal() and len(words[0]) <= 2:
        return int(words[0])
    return WORDS.get(spoken) if len(words) <= 3 else None


def _key(key: int | str) -> int | None:
    """The number of a choice that may be offered; None for anything else."""
    text = str(key).strip()
    return int(text) if text.isdecimal() and len(text) <= 2 and LEAST <= int(text) <= MOST else None


def _words(name: str) -> list[str]:
    return [_same(token.text) for token in tokenized(unicodedata.normalize("NFC", str(name))[:200]).tokens]


def _same(word: str) -> str:
    """Days and months as numbers, so that Sat, Saturday and sábado are equal."""
    if word in WEEKDAYS:
        return f"day {WEEKDAYS[word]}"
    return f"month {MONTHS[word]}" if word in MONTHS else word


_LEADS: Final[tuple[tuple[tuple[str, ...], Language], ...]] = (
    (("the", "number"), "en"), (("la", "opcion"), "es"), (("el", "numero"), "es"), (("la", "numero"), "es"),
    (("number",), "en"), (("option",), "en"), (("choice",), "en"), (("the",), "en"), (("answer",), "en"), (("num",), "en"),
    (("pick",), "en"), (("for",), "en"), (("la",), "es"), (("el",), "es"), (("opcion",), "es"), (("numero",), "es"),
    (("nro",), "es"), (("para", "la"), "es"), (("i", "pick"), "en"), (("i", "choose"), "en"), (("ill", "take"), "en"),
    (("para", "el"), "es"), (("lo", "de"), "es"), (("i", "meant"), "en"), (("i", "mean"), "en"),
)  # fmt: skip
_FRAMES: Final[tuple[tuple[tuple[str, ...], tuple[str, ...], Language], ...]] = (
    (("the",), ("one",), "en"), (("for", "the"), ("one",), "en"), (("the", "one", "at"), (), "en"), (("the", "one", "on"), (), "en"),
    (("the", "one", "at", "the"), (), "en"), (("the", "one", "in", "the"), (), "en"), (("for", "the"), (), "en"), (("the",), (), "en"), (("for",), (), "en"),
    (("at", "the"), (), "en"), (("at",), (), "en"), (("in", "the"), (), "en"), (("i", "mean", "the"), (), "en"), (("i", "mean", "the"), ("one",), "en"),
    (("i", "meant", "the"), (), "en"), (("i", "meant", "the"), ("one",), "en"), (("i", "meant"), (), "en"), (("i", "mean"), (), "en"), ((), ("one",), "en"),
    (("el", "de", "la"), (), "es"), (("la", "de", "la"), (), "es"), (("el", "del"), (), "es"), (("la", "del"), (), "es"),
    (("lo", "del"), (), "es"), (("lo", "de", "la"), (), "es"), (("lo", "de"), (), "es"), (("el", "de"), (), "es"), (("la", "de"), (), "es"),
    (("en", "el"), (), "es"), (("en", "la"), (), "es"), (("para", "el"), (), "es"), (("para", "la"), (), "es"), (("del",), (), "es"),
    (("de", "la"), (), "es"), (("el",), (), "es"), (("la",), (), "es"), (("en",), (), "es"), (("para",), (), "es"),
)  # fmt: skip
_SAY_NOTHING: Final = frozenset(
    "the a an at on in of for to and or with from by my our el la los las un una de del en y o a al con por para pm am no si yes c x".split()
)
