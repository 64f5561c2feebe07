"""Lines as printed, and the same lines made plain for matching: lower case, ASCII digits, one kind of dash and quote.

``plain`` is as long as ``printed``, letter for letter, so that a place found in one is the same place in the other.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Final

# Directional marks, soft hyphens, zero-width spaces, emoji variation print nothing; ZWJ and ZWNJ belong to scripts.
_UNPRINTED: Final = dict.fromkeys(
    [
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0xAD,
        0x200B,
        0x200E,
        0x200F,
        0x2060,
        0x20E3,
        0xFE0E,
        0xFE0F,
        0xFEFF,
    ]
)
_DASHES: Final = "‐‑‒–—―−﹘﹣－"
_ALIKE: Final = {
    "‘": "'",
    "’": "'",
    "‚": "'",
    "`": "'",
    "´": "'",
    "〜": "~",
    "【": "[",
    "】": "]",
    "〔": "[",
    "〕": "]",
}
_QUOTES: Final = "“”„«»「」『』‟"
_LETTER_FOR_DIGIT: Final = re.compile(
    r"(?<![a-z0-9$£€:.])(?=[0-9oil]{0,2}[:.]?[0-9o]{0,2})"
    r"(?:(?=[oil:.]{0,3}[0-9])[0-9oil]{1,2}[:.][0-9o]{2}(?=[ap]\.?m\b|(?![a-z0-9]|[.:]\d))|"
    r"(?=o?[0-9])[0-9o]{1,2}(?:[0-9o]{2})?(?=\s?[ap]\.?m\b))"
)
_DIGIT_FOR_LETTER: Final = str.maketrans("oil", "011")


class _Plain(dict[int, str]):
    """A table for str.translate that makes each character plain when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain_character(chr(code))
        return plain


def _plain_character(char: str) -> str:
    if char in _DASHES:
        return "-"
    if char in _QUOTES:
        return '"'
    if char in _ALIKE:
        return _ALIKE[char]
    if char != "\t" and (char.isspace() or unicodedata.category(char) == "Cc"):
        return " "
    folded = unicodedata.normalize("NFKC", char)
    lowered = (folded if len(folded) == 1 else char).lower()
    return lowered if len(lowered) == 1 else char


_BREAKS: Final = "\t\n\r\v\f\x1c\x1d\x1e\x85"


class _Printed(dict[int, str]):
    """A table that leaves out what prints nothing, and puts a space for other control characters."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        self[code] = shown = "\ufffd" if category == "Cs" else " " if category == "Cc" and char not in _BREAKS else char
        return shown


_PLAIN: Final = _Plain()
_PRINTED: Final = _Printed(dict.fromkeys(_UNPRINTED, ""))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the flyer, without outer white space. ``number`` counts from 0, blank lines too."""

    number: int
    printed: str
    plain: str

    @classmethod
    def of(cls, printed: str, number: int = 0) -> "Line":
        printed = printed.strip()
        plain = printed.translate(_PLAIN)
        return cls(number, printed, _LETTER_FOR_DIGIT.sub(lambda found: found[0].translate(_DIGIT_FOR_LETTER), plain))

    @property
    def words(self) -> list[str]:
        return self.printed.split()

    def trimmed(self) -> "Line":
        """The line without the white space that a date left which was taken out."""
        return self.part(0, len(self.printed))

    def part(self, start: int, end: int) -> "Line":
        """The line between two places, trimmed."""
        start, end = trimmed(self.printed, start, end)
        return Line(self.number, self.printed[start:end], self.plain[start:end])


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def lines_of(text: str, *, most: int, letters: int) -> tuple[list[Line], list[str]]:
    """(the first lines, blank ones too; the other lines as printed, without the blank ones).

    ``most`` lines are read, and no more than ``letters`` letters: what a flyer holds stands in far fewer.
    """
    printed = unicodedata.normalize("NFC", text).translate(_PRINTED).splitlines()
    lengths = accumulate(len(line) for line in printed)
    count = min(most, sum(1 for _ in takewhile(lambda length: length <= letters, lengths)))
    lines = [Line.of(line, number) for number, line in enumerate(printed[:count])]
    return lines, [line.strip() for line in printed[count:] if not line.isspace() and line]


def plain(text: str) -> str:
    """The text made plain for comparison; as long as it was."""
    return text.translate(_PLAIN)


def folded(text: str) -> str:
    """The text without differences of case, width, spacing, quotes and dashes."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_PLAIN)).casefold().split())


_EDGE: Final = " \t〜～／・、，*•‣▪▫●○◦·∙-–—―>|~=_:;,/\\†‡➤→⇒"
_STAR: Final = "*†‡¹²³⁂※"


def _is_ornament(char: str) -> bool:
    return unicodedata.category(char) in {"So", "Sk", "Cf", "Mn", "Co", "Cn"} and char not in "°℃№"


def without_ornaments(line: Line) -> Line:
    """The line without emoji and symbols at its edges."""
    start, end = 0, len(line.printed)
    while start < end and (line.printed[start].isspace() or _is_ornament(line.printed[start])):
        start += 1
    while end > start and (line.printed[end - 1].isspace() or _is_edge_symbol(line.printed, end - 1)):
        end -= 1
    return line.part(start, end)


def _is_edge_symbol(text: str, place: int) -> bool:
    """A combining mark at the end belongs to the letter before it."""
    return _is_ornament(text[place]) and unicodedata.category(text[place]) != "Mn"


_BULLET: Final = re.compile(
    r"^(?:[*•‣▪▫●○◦·∙\-–—>»→➤✓+]+\s+|[*•‣▪▫●○◦·∙\-–—>»→➤✓]+(?=\d)|\d{1,2}[.)]\s+(?=\S)|#\d{1,2}[.:)]?\s+)+"
)


def without_bullet(line: Line) -> Line:
    """The line without a bullet, a number in a list, emoji at its edges."""
    line = without_ornaments(line)
    found = _BULLET.match(line.printed)
    return without_ornaments(line.part(found.end(), len(line.printed))) if found else line


def has_bullet(line: Line) -> bool:
    bare = without_bullet(line)
    return bool(bare.printed) and bare.printed != line.printed and line.printed[0] not in "“\"'"


_LEADERS: Final = re.compile(r"^(?:\.{2,}|…+)\s+|^[.…](?=\s)")
_LAST_STOP: Final = re.compile(r"(?<=\w{4})\.$|(?<=[\s)\]])\.+$|(?<=\w)\s*(?:\.{2,}|…+)$")


def without_edges(text: str) -> str:
    """The words without separators, bullets, leaders, footnote stars and white space around them."""
    bare = _LEADERS.sub("", text.strip(_EDGE)).strip(_EDGE)
    bare = _LAST_STOP.sub("", bare.rstrip(_EDGE + _STAR)).strip(_EDGE)
    return bare if any(map(str.isalnum, bare)) or "+/" not in text else text.strip()  # +/- is a name too


_QUOTE_PAIRS: Final = (
    ("“", "”"),
    ('"', '"'),
    ("«", "»"),
    ("„", "“"),
    ("„", "”"),
    ("「", "」"),
    ("『", "』"),
    ("‘", "’"),
    ("”", "”"),
    ("'", "'"),
)


def unquoted(name: str) -> str:
    """The name without quotation marks around all of it, its white space evened."""
    name = " ".join(name.split())
    for opening, closing in _QUOTE_PAIRS:
        inner = name[len(opening) : -len(closing)]
        around = len(name) > 2 and name.startswith(opening) and name.endswith(closing)
        if around and opening not in inner and closing not in inner:
            return inner.strip()
    return name
