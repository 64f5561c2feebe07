"""Fills in the words of a text: placeholders in braces, optional parts in square brackets.

``{name}, you are on at {time}[, {stage}].`` An optional part is dropped when what it names is empty. When the text
would need one more segment for them, the last optional parts are dropped first, but never the time to be there,
``{call}``. What stands in angle brackets, such as
``<Reply C to confirm.>``, is said in texts only, not in emails.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .sms_text import plain, segments

PLACEHOLDERS = (
    "first_name",
    "org",
    "title",
    "act",
    "band",
    "role",
    "call",
    "time",
    "set",
    "was",
    "day",
    "stage",
    "venue",
    "address",
    "place",
    "link",
)
# Around the first text to a phone: who writes, and how to opt out.
SENDER = {"en": ("{org}: ", " Reply STOP to opt out."), "es": ("{org}: ", " STOP para no recibir mas mensajes.")}
KEPT = "{call}"
_PLACEHOLDER = re.compile(r"\{([a-z_]*)\}")
_LED_PLACEHOLDER = re.compile(r"(?:\b(on|On|el|El|del|Del) )?\{([a-z_]*)\}")
_TONIGHT = {  # the word before a date, when the date is written as tonight
    "tonight": {"on": "tonight", "On": "Tonight"},
    "esta noche": {"el": "esta noche", "El": "Esta noche", "del": "de esta noche", "Del": "De esta noche"},
}
_ONE_OCLOCK = re.compile(r"\b([Ll])as (?=(?:<[^<>]*>)?0?1(?:[:.][0-5]\d|\s?[ap]\.?\s?m\b))")
_TWO_PERIODS = re.compile(r"(\b[ap]\.\s?m\.(?:</[a-z]+>)*)\.(?!\.)", re.IGNORECASE)
IN_TEXTS = re.compile(r"<([^<>]*)>")
_OPT_OUT = re.compile(r"\bSTOP\b")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


class Worded(NamedTuple):
    """A text, and the same text as the first one to a phone, which names the sender and how to stop."""

    body: str
    first_body: str


class UnknownPlaceholder(ValueError):
    """The words contain a placeholder that nothing fills in."""

    def __init__(self, name: str, known: Sequence[str] = PLACEHOLDERS) -> None:
        listed = ", ".join(f"{{{placeholder}}}" for placeholder in known)
        super().__init__(f"{{{name}}} is not known. These can be used: {listed}.")


def check_words(words: str, known: Sequence[str] = PLACEHOLDERS) -> None:
    """Raises UnknownPlaceholder when the words contain one that is not known."""
    for name in _PLACEHOLDER.findall(words):
        if name not in known:
            raise UnknownPlaceholder(name, known)


def fill(words: str, values: Mapping[str, str], *, before: str = "", after: str = "") -> str:
    """The filled-in text between two fixed parts; optional parts are kept while they cost no further segment.

    More parts never make a text shorter, so a binary search finds how many fit. This bounds the time whatever the
    words are: linear in what is filled in, times the logarithm of the number of optional parts.
    """
    pieces = list(_pieces(IN_TEXTS.sub(r"\1", words), values))

    def text(kept: int) -> str:
        said = before + "".join(piece for piece, rank in pieces if rank <= kept).strip() + after
        return with_times(plain(said))

    most = max((rank for _, rank in pieces), default=0)
    least = segments(text(0))
    fitting = bisect_left(range(1, most + 1), True, key=lambda kept: segments(text(kept)) > least)
    return text(fitting)


def fill_whole(words: str, values: Mapping[str, str]) -> str:
    """The filled-in words with every optional part, in whatever characters: an email has room."""
    return with_times("".join(piece for piece, _ in _pieces(words, values)))


def worded(words: str, values: Mapping[str, str], language: str, *, org: str, after: str = "") -> Worded:
    """The filled-in text in both versions, each in as few segments as without its optional parts.

    ``org`` names the sender. ``after`` ends the text: the opt-out words stand before it.
    """
    body = fill(words, values, after=after)
    before, stop = _around(body.removesuffix(after), language, org)
    return Worded(body, fill(words, values, before=before, after=stop + after))


def as_first(body: str, language: str, org: str) -> str:
    """A finished text as the first one to a phone."""
    before, stop = _around(body, language, org)
    return plain(before + body + stop)


def ended(words: str) -> str:
    """The words as a sentence: with a period, unless they end with one, such as that of ``p. m.``"""
    words = words.rstrip()
    return words if words.endswith(".") else words + "."  # of Markup, Markup


def _around(body: str, language: str, org: str) -> tuple[str, str]:
    """What the first text to a phone begins and ends with, besides what the body itself says.

    A sentence without an end gets one, except after a link, which a full stop could break.
    """
    before, stop = SENDER.get(language, SENDER["en"])
    before = "" if org in body else before.replace("{org}", org)
    if _OPT_OUT.search(body.replace(org, "")):
        return before, ""
    is_open = body[-1:].isalnum() and "/" not in body.rsplit(maxsplit=1)[-1]
    return before, f".{stop}" if is_open else stop


def _pieces(words: str, values: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """The filled-in words, cut at their brackets, in order: 0 for required parts, 1, 2, … for optional ones.

    An optional part that names something empty is left out. One that says when to be there is required otherwise.
    """
    rank = 0
    for at, piece in enumerate(_OPTIONAL.split(words)):
        if at % 2 == 0:
            yield _named(piece, values), 0
        elif all(values.get(name) for name in _PLACEHOLDER.findall(piece)):
            rank += KEPT not in piece
            yield _named(piece, values), 0 if KEPT in piece else rank


def _named(piece: str, values: Mapping[str, str]) -> str:
    def said(found: re.Match[str]) -> str:
        lead, value = found[1], values.get(found[2], "")
        if lead in (at_night := _TONIGHT.get(value, {})):
            return at_night[lead]
        return f"{lead} {value}" if lead else value

    return _LED_PLACEHOLDER.sub(said, piece)


def with_times(words: str) -> str:
    """A sentence that agrees with the times in it.

    Spanish uses the singular article at one o'clock: ``a la 1:15``, but ``a las 8:30``. The period of ``p. m.`` ends a
    sentence as well.
    """
    words = _ONE_OCLOCK.sub(r"\1a ", words) if "as " in words else words
    return _TWO_PERIODS.sub(r"\1", words) if "m." in words else words
