# ruff: noqa: E501
"""From a body to tokens: words, numbers, clock times and emoji, and the punctuation between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

LONGEST_SIGNATURE: Final = 120
NOTHING, LINE, SOFT, HARD = range(4)  # before a word: nothing, a new line, a comma or similar, the end of a sentence

SAY_OK: Final = frozenset("👍👌✅✔☑💯🆗🫡")
SAY_NO: Final = frozenset("👎❌🚫🙅")
SAY_DOUBT: Final = frozenset("🤔🤷🤞😬😕🫤🤨🙄😒😏🙃🖕🔟✖❎🛑⛔😐😑🫠")
SAY_SAD: Final = frozenset("😢😭😞😔😟🙁☹😥😓😩😫🤒🤧🤢🤮😷🤕😰😿💔🥺😣😖😪🥵😦😧😨😡🤬😤😠🥲")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, time or emoji. ``before``: the punctuation between it and the token before.

    ``symbols``: everything it can match in a pattern. ``minutes``: for a length of time; None when its number is not
    reliable. ``named_times``: the days and clock times it names.
    """

    text: str
    symbols: tuple[str, ...]
    before: int = NOTHING
    minutes: int | None = None
    named_times: frozenset[tuple[object, ...]] = frozenset()

    def also(self, *symbols: str) -> Token:
        return replace(self, symbols=(*self.symbols, *symbols))


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A body as tokens. ``signature``: the language of a phone's or mail program's signature line; None without one."""

    tokens: tuple[Token, ...]
    asks: bool
    signature: str | None = None


def tokenized(body: str) -> MarkedText:
    """The tokens of a body. Linear in its length, never raises."""
    shown = _shown(body)
    shown, signature = _unsigned(shown)
    tokens: list[Token] = []
    before, asks = NOTHING, False
    for found in _SCAN.finditer(shown):
        name, text = found.lastgroup or "", found.group()
        if name == "mark":
            asks = asks or not _ASKING.isdisjoint(text)
            before = max(before, _weight(text))
        elif name != "quiet":
            for token in _tokens(name, text):
                tokens.append(replace(token, before=before if tokens else NOTHING))
                before = NOTHING
    return MarkedText(tuple(tokens), asks, signature)


def _weight(mark: str) -> int:
    if not _ENDING.isdisjoint(mark) or mark.count("\n") > 1:
        return HARD
    return LINE if mark == "\n" else SOFT


def _shown(body: str) -> str:
    """Lowercase without accents, digits of any script as 0 to 9, smileys as emoji."""
    body = _SMILEY.sub(lambda found: f" {_SMILEYS[found.group().lower()]} ", _APOSTROPHE.sub("'", body))
    characters = unicodedata.normalize("NFKD", body).lower()
    plain = "".join(map(_plain, characters))
    plain = _CENSORED.sub("fuck", plain)
    return _INITIALS.sub(lambda found: found.group().replace(".", ""), plain.replace("'", ""))


def _plain(character: str) -> str:
    if character < "\x7f":
        return " " if character < " " and character != "\n" else character
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"} or "\U0001f3fb" <= character <= "\U0001f3ff":
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in {"Zl", "Zp"}:
        return "\n"
    return " " if category in {"Cc", "Zs"} else character


def _unsigned(shown: str) -> tuple[str, str | None]:
    """The text without the signature line of a phone or mail program, and the language of that line."""
    language = None
    for _ in range(_MOST_SIGNATURES):
        shown = shown.rstrip()
        found = _SIGNATURE.search(shown, max(0, len(shown) - LONGEST_SIGNATURE))
        if found is None:
            break
        shown, language = shown[: found.start()], "es" if found.group("es") else "en"
    return shown, language


def _tokens(name: str, text: str) -> Iterator[Token]:
    if name == "time":
        yield Token(text, ("<time>",))
    elif name in {"decimal", "number"}:
        figures = text.lstrip("0") or "0"
        yield Token(figures, ("<decimal>",) if name == "decimal" else (figures[:5], "<number>"))
    elif name in {"sign", "negative"}:
        sign = "neg" if name == "negative" else _SIGNS[text.strip()]
        yield Token(sign, (sign,))
    elif name == "word":
        yield Token(text, (text,))
    else:
        yield Token(text, (_emoji(text),))


def _emoji(character: str) -> str:
    symbol = _SAYING.get(character)
    return symbol or ("<emoji>" if unicodedata.category(character) == "So" else "<unreadable>")


_SAYING: Final = {
    **dict.fromkeys(SAY_OK, "<ok>"),
    **dict.fromkeys(SAY_NO, "<no>"),
    **dict.fromkeys(SAY_DOUBT, "<doubt>"),
    **dict.fromkeys(SAY_SAD, "<sad>"),
}


_APOSTROPHE: Final = re.compile(r"(?<=\w)[’‘`´ʼ＇′](?=\w)")
_SMILEYS: Final = {
    **dict.fromkeys(":) :-) ;) ;-) :d :-d =) :] <3 ^^ ^_^ :* :-* :p".split(), "🙂"),
    **dict.fromkeys(":( :-( :'( =( :[".split(), "🙁"),
    **dict.fromkeys(":/ :-/ :| :-| :\\ :-\\ :s".split(), "😕"),
}
_SMILEY: Final = re.compile(
    r"(?<![^\s.,!?\w])(?:" + "|".join(map(re.escape, sorted(_SMILEYS, key=len, reverse=True))) + r")(?![^\s.,!?])",
    re.IGNORECASE,
)
_CENSORED: Final = re.compile(r"\bf[*#@$]{1,6}(?:ck|k)?(?=(?:ing|in|ed|er)?\b)")
_INITIALS: Final = re.compile(r"(?<![^\W_])[a-z](?:\.[a-z])+(?![^\W_])\.?")
_SIGNS: Final = {
    "-": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "/": "-",
    "#": "#",
    "&": "and",
    "@": "at",
    "~": "about",
    "+": "plus",
    "%": "percent",
}
_ASKING: Final = frozenset("?¿؟❓❔")
_ENDING: Final = frozenset(".!?¿¡؟❓❔")
_SCAN: Final = re.compile(
    r"""
    (?P<time>\d{1,2}[:.]\d\d(?![\d:.]*\d)(?:\ ?(?:[ap]\.?\ ?m\b\.?|hrs?\b))? | \d{1,2}\ ?(?:[ap]m\b|[ap]\.\ ?m\.?|[ap]\b(?<=\d[ap])))
    | (?P<decimal>\d+[.,]\d+)
    | (?P<number>\d+)
    | (?P<word>[^\W\d_]+)
    | (?P<negative>(?<!\S)[-−–](?=\d))
    | (?P<sign>(?<=\d)\s?[-–—−/]\s?(?=\d) | (?<!\S)[-–−](?=\d) | \#(?=\s?\d) | ~(?=\s?\d) | (?<=\d)[+%] | [&@])
    | (?P<mark>\n+ | [.!?¿¡,;:()\[\]{}"“”„«»‹›؟❓❔*_/\\|…–—-]+)
    | (?P<quiet>[\s+'’‘^~#]+ | [^\S])
    | (?P<emoji>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_MOST_SIGNATURES: Final = 3
_DEVICES: Final = (
    r"iphone|ipad|ipod|apple|galaxy|samsung|android|pixel|phone|smartphone|mobile|cell|device|outlook|yahoo|mail|gmail|"
    r"proton\w*|verizon|t-mobile|at&t|huawei|xiaomi|redmi|motorola|moto|oneplus|blackberry|watch|windows|telefono|"
    r"celular|movil|dispositivo|correo|ios"
)
_SIGNATURE: Final = re.compile(
    rf"(?:^|(?<=[\s.!,]))(?:-+\s*)?(?:sent\ +(?:from|via|with|using)|get\ +outlook\ +for|"
    rf"(?P<es>enviado\ +(?:desde|con|mediante|por)|obtener\ +outlook\ +para|descargar\ +outlook))"
    rf"(?=[^\n.!?]{{0,80}}\b(?:{_DEVICES})\b)[^\n!?.]{{1,90}}[.!]*\s*\Z",
    re.VERBOSE,
)
