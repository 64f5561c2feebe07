"""Times in a line, and the words around them: at, about, until, doors."""

import re
from dataclasses import dataclass
from typing import Final

from ..text.lines import Line
from ..vocabulary import clock_words as words
from .printed_time import PrintedTime, any_of


@dataclass(frozen=True, slots=True)
class Time:
    """A time in a line, with the words that belong to it (``at``, ``around``, ``Uhr``, ``til late``).

    ``clock`` is None when only an end is given (``until 2``); ``until`` is the end of a range. ``bare``: it was only
    digits.
    """

    start: int
    end: int
    clock: PrintedTime | None
    until: PrintedTime | None = None
    approx: bool = False
    bare: bool = False


LOOK_BACK: Final = 48  # characters; longer than any words before a time
ABOUT_BEFORE: Final = re.compile(
    rf"(?:^|(?<=[\s(\[:,;/|\-])|(?<=[~≈]))(?:{any_of(words.ABOUT)})\s*(?:the|las?|"
    rf"les?|le|das?|à|às|alle|um)?\s*$"
)
AT_BEFORE: Final = re.compile(rf"(?:^|(?<=[\s(\[:,;/|\-]))(?:{any_of(words.AT)}):?\s*$")
UNTIL_BEFORE: Final = re.compile(
    rf"(?:^|(?<=[\s(\[:,;/|\-]))(?:{any_of(words.UNTIL)}|(?<=bar )to|(?<=open )to|(?<=music )to|"
    rf"(?<=licen[cs]e )to)\s*(?:las?|les?|le|às|as|alle|à|a|um)?\s*$"
)
ABOUT_AFTER: Final = re.compile(rf"\s?(?:{any_of(words.ABOUT_AFTER)})(?![a-zà-ÿ0-9])")
NOT_AFTER: Final = re.compile(rf"(?:^|(?<=\W))(?:{any_of(words.NOT_A_TIME_AFTER)})\s+(?:the\s)?$")
LATE_AFTER: Final = re.compile(rf"\s*(?:-|{any_of(words.UNTIL)})\s*(?:{any_of(words.LATE)})(?![a-zà-ÿ0-9])")
TWELVE: Final = re.compile(
    rf"(?<![\w'-])(?:12\s)?(?:(?P<noon>{any_of(words.NOON)})|(?P<midnight>{any_of(words.MIDNIGHT)}))(?![a-zà-ÿ0-9'])"
    r"(?:\s(?:(?P<half>thirty|trente|et demie?|y media|e mezz[oa]|e meia|und dreißig)|"
    r"(?P<quarter>fifteen|quinze|et quart|y cuarto|e un quarto))\b)?"
)
JOIN: Final = re.compile(rf"\s*(?:{any_of(words.RANGE)})\s*(?:(?:{any_of(words.ABOUT)})\s*)?")
SET_OFF_AFTER: Final = re.compile(r"\s*(?:$|[:|,;)\]\t/*~.-]|\s{2})")
SET_OFF_BEFORE: Final = re.compile(r"(?:^|[-:|@,;/(\[~]|\t|\s{2}|\.{3,})\s*$")


def before_in(line: Line, place: int) -> str:
    return line.plain[max(0, place - LOOK_BACK) : place]


def is_led(before: str) -> bool:
    """Whether it ends with a word that introduces a time: at, around, until."""
    return any(words_before.search(before) for words_before in (AT_BEFORE, ABOUT_BEFORE, UNTIL_BEFORE))


_FILLERS: Final = (
    r"(?:\s+(?:is|are|at|open|opens|opening|from|by|start|starts|goes|up|will|be|@|um|ab|à|às|a|las|alle|ore|le)\b)*"
)


def keyword_before(before: str, keywords: re.Pattern[str]) -> bool:
    """Whether it ends with one of the keywords, followed by fillers only."""
    ends = [found.end() for found in keywords.finditer(before)]
    return bool(ends and _FILLERS_ONLY.fullmatch(before, ends[-1]))


_FILLERS_ONLY: Final = re.compile(rf"{_FILLERS}\s*[:@=~-]?\s*(?:@|at|~|um|ab|à|ca\.?|c\.)?\s*")
