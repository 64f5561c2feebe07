"""The length of a text in segments, which is what it costs, counted like Twilio's calculator.

The alphabets are those of 3GPP TS 23.038. A text of GSM-7 characters only has 160 units in one segment, or 153 in each
of several; one other character reduces that to 70, or 67. No character is split between segments.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from .graphemes import clusters

Encoding = Literal["GSM-7", "UCS-2"]

_GSM_7: Final = frozenset(
    "\n\r !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
    "¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ"
)
_TWO_UNITS: Final = frozenset("\f[\\]^{|}~€")
_EITHER: Final = _GSM_7 | _TWO_UNITS
_ALONE: Final[dict[Encoding, int]] = {"GSM-7": 160, "UCS-2": 70}
_JOINED: Final[dict[Encoding, int]] = {"GSM-7": 153, "UCS-2": 67}


@dataclass(frozen=True, slots=True)
class Measure:
    """The size of a text.

    ``units`` are GSM-7 septets or 16-bit UCS-2 units; ``left`` of them are free in the last segment. ``costly`` lists
    the characters that force UCS-2, or else those that count twice, without duplicates, in the order of the text.
    """

    encoding: Encoding
    units: int
    segments: int
    left: int
    costly: tuple[str, ...]


def measure(body: str) -> Measure:
    """The size of a body. Empty is one segment. A cluster larger than a segment is not split but overfills it."""
    body = _with_pairs_joined(body)
    dear = set(body) - _GSM_7
    if dear <= _TWO_UNITS:
        sizes = [2 if character in dear else 1 for character in body]
        return _measured("GSM-7", sizes, (character for character in body if character in dear))
    characters = _characters(body)
    outside = (character for character in characters if character not in _EITHER)
    return _measured("UCS-2", [_utf_16_units(character) for character in characters], outside)


def segments(body: str) -> int:
    """The number of segments that the network bills for this body: at least 1."""
    if len(body) <= _ALONE["GSM-7"] and _GSM_7.issuperset(body):
        return 1  # like most texts: a festival measures tens of thousands each time it is planned
    return measure(body).segments


def fits_one_segment(body: str) -> bool:
    return segments(body) == 1


def plain(body: str) -> str:
    """The same words in cheaper characters: straight quotes, hyphens, spaces, three dots, LF line breaks.

    Letters stay, with composed accents. A body that would need more segments this way is returned unchanged.
    """
    if body.isascii() and _DEARER.isdisjoint(body):
        return body
    composed = unicodedata.normalize("NFC", body).replace("\r\n", "\n")
    cheaper = unicodedata.normalize("NFC", _DASH_BETWEEN_WORDS.sub(" - ", composed).translate(_PLAINER))
    return cheaper if segments(cheaper) <= segments(body) else body


@dataclass(frozen=True, slots=True)
class Costly:
    """A character that makes a text more expensive, and a cheaper replacement; None: it can only be left out."""

    character: str
    instead: str | None


def costly_characters(body: str) -> tuple[Costly, ...]:
    """The characters to change so that this text takes fewer segments, without duplicates, in the order of the text.

    Empty when no change of characters saves a segment: then only fewer words help.
    """
    dear = tuple(Costly(character, _instead(character)) for character in measure(body).costly)
    return dear if dear and segments(cheapened(body)) < segments(body) else ()


def cheapened(body: str) -> str:
    """The text with each costly character replaced as ``costly_characters`` says, or left out."""
    joined = _with_pairs_joined(body)
    costly = set(measure(joined).costly)
    return "".join((_instead(each) or "") if each in costly else each for each in _characters(joined))


def _instead(character: str) -> str | None:
    """Cheaper characters for a costly one: as in ``plain``, a letter without its accent, a round bracket."""
    cheaper = character.translate(_PLAINER)
    if cheaper != character and set(cheaper) <= _GSM_7:
        return cheaper or None
    if character in _FOR_TWO_UNITS:
        return _FOR_TWO_UNITS[character]
    letter = unicodedata.normalize("NFKD", character)[0]
    return letter if letter.isalpha() and letter in _GSM_7 else None


def _measured(encoding: Encoding, sizes: list[int], costly: Iterable[str]) -> Measure:
    count, last = _parts(sizes, _ALONE[encoding], _JOINED[encoding])
    room = _ALONE[encoding] if count == 1 else _JOINED[encoding]
    return Measure(encoding, sum(sizes), count, max(room - last, 0), tuple(dict.fromkeys(costly)))


def _parts(sizes: list[int], alone: int, joined: int) -> tuple[int, int]:
    """How many parts, and the units in the last one.

    The first part is filled as a single segment. When it overflows, whole characters that no longer fit beside the
    concatenation header move to the second part and are not measured again there.
    """
    fitting = _fitting(sizes, alone)
    if fitting == len(sizes):
        return 1, sum(sizes)
    kept = _fitting(sizes[:fitting], joined)
    count, used = 2, sum(sizes[kept : fitting + 1])
    for size in sizes[fitting + 1 :]:
        if used + size > joined:
            count, used = count + 1, 0
        used += size
    return count, used


def _fitting(sizes: list[int], room: int) -> int:
    """How many characters from the start fit the room."""
    used = 0
    for position, size in enumerate(sizes):
        used += size
        if used > room:
            return position
    return len(sizes)


def _characters(body: str) -> list[str]:
    """Clusters, except that a carriage return and the line feed after it are two characters."""
    return [character for cluster in clusters(body) for character in (cluster if cluster == "\r\n" else (cluster,))]


def _with_pairs_joined(body: str) -> str:
    """Surrogate pairs (as in careless JSON) joined into one character; a lone surrogate stays."""
    if body.isascii() or not _SURROGATE.search(body):
        return body
    return body.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _utf_16_units(character: str) -> int:
    return sum(2 if ord(code_point) > 0xFFFF else 1 for code_point in character)


_FOR_TWO_UNITS: Final = {"[": "(", "{": "(", "]": ")", "}": ")", "€": "EUR", "|": "/", "\\": "/", "~": "-"}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_DASH_BETWEEN_WORDS: Final = re.compile(r"(?<=\w)[\u2014\u2015](?=\w)")
_PLAINER: Final = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2039", "<")
    | dict.fromkeys("\u203a", ">")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022", "-")
    | dict.fromkeys(
        "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
    )
    | dict.fromkeys("\r\u0085\u2028\u2029", "\n")
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff", "")
    | {"\u2026": "..."}
)
_DEARER: Final = frozenset(map(chr, _PLAINER))  # characters that have a cheaper form
