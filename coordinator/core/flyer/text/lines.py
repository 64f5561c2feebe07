"""Lines as printed, and simplified for matching: lowercase, ASCII digits, one kind of dash and quote.

``plain`` and ``printed`` have the same length: an index in one is the same position in the other.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from ...clean_text import cleaned

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
    """A table for str.translate that computes each character on first use."""

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


_BREAKS: Final = re.compile(r"\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_UNPRINTED: Final = dict.fromkeys([0x20E3, 0xFE0E, 0xFE0F])  # emoji presentation and keycap frames
_PLAIN: Final = _Plain()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the flyer, without outer white space. ``number`` counts from 0, including blank lines."""

    number: int
    printed: str
    plain: str

    @classmethod
    def of(cls, printed: str, number: int = 0) -> "Line":
        """The line trimmed and simplified; an o, i or l among the digits of a time is read as a digit."""
        printed = printed.strip()
        plain = printed.translate(_PLAIN)
        return cls(number, printed, _LETTER_FOR_DIGIT.sub(lambda found: found[0].translate(_DIGIT_FOR_LETTER), plain))

    @property
    def words(self) -> list[str]:
        return self.printed.split()

    def trimmed(self) -> "Line":
        """The line without the white space that a removed date left."""
        return self.part(0, len(self.printed))

    def part(self, start: int, end: int) -> "Line":
        """The line between two indexes, trimmed."""
        start, end = trimmed(self.printed, start, end)
        return Line(self.number, self.printed[start:end], self.plain[start:end])


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a flyer is read. Real flyers are far smaller, and more would take minutes.

    ``figures`` limits the groups of digits, each of which may be a time. ``line`` is the longest line in characters.
    """

    lines: int
    characters: int
    figures: int
    line: int


_FIGURES: Final = re.compile(r"\d+")


def lines_of(text: str, limits: Limits) -> tuple[list[Line], list[str]]:
    """(the lines within the limits, including blank ones; the other lines as printed, without blank ones).

    A line that is too long is replaced by a blank one and is among the others.
    """
    printed = unicodedata.normalize("NFC", cleaned(_BREAKS.sub("\n", text))).translate(_UNPRINTED).splitlines()
    lines: list[Line] = []
    beyond: list[str] = []
    characters = figures = 0
    for place, line in enumerate(printed):
        read = line if len(line) <= limits.line else ""
        characters += len(read)
        figures += len(_FIGURES.findall(read))
        if place >= limits.lines or characters > limits.characters or figures > limits.figures:
            beyond += [other.strip() for other in printed[place:]]
            break
        lines.append(Line.of(read, place))
        beyond += [line.strip()] if read != line else []
    return lines, [line for line in beyond if line]


def plain(text: str) -> str:
    """The text simplified for comparison, with the same length."""
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
    """Whether it is a symbol. A combining mark at the end belongs to the character before it."""
    return _is_ornament(text[place]) and unicodedata.category(text[place]) != "Mn"


_BULLET: Final = re.compile(
    r"^(?:[*•‣▪▫●○◦·∙\-–—>»→➤✓+]+\s+|[*•‣▪▫●○◦·∙\-–—>»→➤✓]+(?=\d)|\d{1,2}[.)]\s+(?=\S)|#\d{1,2}[.:)]?\s+)+"
)


def without_bullet(line: Line) -> Line:
    """The line without a bullet, a list number, or emoji at its edges."""
    line = without_ornaments(line)
    found = _BULLET.match(line.printed)
    return without_ornaments(line.part(found.end(), len(line.printed))) if found else line


def has_bullet(line: Line) -> bool:
    """Whether a bullet, a number or an emoji precedes the words; a quotation mark does not count."""
    bare = without_bullet(line)
    return bool(bare.printed) and bare.printed != line.printed and line.printed[0] not in "“\"'"


_LEADERS: Final = re.compile(r"^(?:\.{2,}|…+)\s+|^[.…](?=\s)")
_LAST_STOP: Final = re.compile(r"(?<=\w{4})\.$|(?<=[\s)\]])\.+$|(?<=\w)\s*(?:\.{2,}|…+)$")


def without_edges(text: str) -> str:
    """The words without separators, bullets, leaders, footnote marks and white space around them."""
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
    """The name without quotation marks around all of it, and with single spaces."""
    name = " ".join(name.split())
    for opening, closing in _QUOTE_PAIRS:
        inner = name[len(opening) : -len(closing)]
        around = len(name) > 2 and name.startswith(opening) and name.endswith(closing)
        if around and opening not in inner and closing not in inner:
            return inner.strip()
    return name
