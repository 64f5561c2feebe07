"""Corrects typed words: repeated letters, laughter, abbreviations and typing errors."""

import re
from collections.abc import Collection
from functools import cache
from typing import Final

from .calendar_words import VOCABULARY as OF_TIMES
from .lengths import VOCABULARY as OF_LENGTHS
from .phrases import phrasebook
from .phrases.english_opt_out import ADJECTIVES, ASIDES
from .words import NOT_SLIPS, SHORTENED, SLIPPING

LONGEST: Final = 30
_DRAWN_OUT: Final = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLED: Final = re.compile(r"([^\W\d_])\1+")
_LAUGHTER: Final = (
    (re.compile(r"(?:ja){2,}j?|aja(?:ja)+|j[ja]{4,}|(?:js){2,}j?|ja"), "jaja"),
    (re.compile(r"(?:je){2,}j?|(?:ji){2,}j?|(?:jo){2,}"), "jeje"),
    (re.compile(r"(?:ha){2,}h?|[bw]?aha(?:ha)*h?|bwahaha|h[ha]{4,}|ha"), "haha"),
    (re.compile(r"(?:he){2,}h?|(?:hi){3,}"), "hehe"),
    (re.compile(r"lo+l(?:ol)*|l+o+l+z*"), "lol"),
    (re.compile(r"lma+o+|lmfao+|rofl+|rotfl"), "lmao"),
    (re.compile(r"x{2,}"), "xx"),
    (re.compile(r"(?:xo)+x?|(?:ox)+o?"), "xoxo"),
    (re.compile(r"x+d+"), "xd"),
)


def meant(word: str) -> str:
    """The table word that was meant by a typed word, or the typed word itself."""
    return _meant(word, _vocabulary())


@cache
def _vocabulary() -> frozenset[str]:
    asides = {word for aside in ASIDES for word in aside}
    return phrasebook().words() | ADJECTIVES | asides | OF_TIMES | OF_LENGTHS


def _meant(word: str, known: Collection[str]) -> str:
    if word in SHORTENED:
        return SHORTENED[word]
    if word in known:
        return word
    laughing = _laughing(word)
    if laughing is not None:
        return laughing
    return _undrawn(word, known) or _slip(word)


def _laughing(word: str) -> str | None:
    for shape, canonical in _LAUGHTER:
        if shape.fullmatch(word):
            return canonical
    return None


def _undrawn(word: str, known: Collection[str]) -> str | None:
    """Without repeated letters: yesss, nooo, graciasss. Never a single letter: CC is not C."""
    for collapsed in (_DRAWN_OUT.sub(r"\1\1", word), _DRAWN_OUT.sub(r"\1", word), _DOUBLED.sub(r"\1", word)):
        shorter = SHORTENED.get(collapsed, collapsed)
        if shorter != word and len(shorter) > 1 and shorter in known and word not in NOT_SLIPS:
            return shorter
    return None


def _slip(word: str) -> str:
    """The word that is one typing error away, if there is exactly one."""
    if len(word) > LONGEST or word in NOT_SLIPS:
        return word
    return _slips().get(word) or _slips().get(_DOUBLED.sub(r"\1", word)) or word


@cache
def _slips() -> dict[str, str]:
    """Every typing error that leads to exactly one word: a letter missing, doubled, swapped, or a neighboring key."""
    slips: dict[str, str | None] = {}
    for word in SLIPPING:
        for slip in _slips_of(word):
            slips[slip] = word if slips.get(slip, word) == word else None
    return {slip: word for slip, word in slips.items() if word is not None and slip not in NOT_SLIPS}


def _slips_of(word: str) -> set[str]:
    left_out = {word[:at] + word[at + 1 :] for at in range(1, len(word))}
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    doubled = {word[:at] + word[at] + word[at:] for at in range(len(word))}
    neighbors = {
        word[:at] + near + word[at + 1 :]
        for at in range(len(word))
        for near in (_NEIGHBORS.get(word[at], "") if len(word) > 4 else "")
    }
    return (left_out | swapped | doubled | neighbors) - {word} - set(SLIPPING)


_NEIGHBORS: Final = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl",
    "p": "ol",
    "a": "qsz", "s": "adwx", "d": "sfec", "f": "dgrv", "g": "fhtb", "h": "gjyn", "j": "hkum", "k": "jlim", "l": "kop",
    "z": "xas", "x": "zcsd", "c": "xvdf", "v": "cbfg", "b": "vngh", "n": "bmhj", "m": "njk",
}  # fmt: skip
