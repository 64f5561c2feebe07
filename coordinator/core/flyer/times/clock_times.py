"""Finds the times in a line: single times, ranges, and ends without a start."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ..text.lines import Line
from ..vocabulary import clock_words as words
from .around_times import (
    JOIN,
    LOOK_BACK,
    NOT_AFTER,
    SET_OFF_AFTER,
    SET_OFF_BEFORE,
    TWELVE,
    Time,
    before_in,
    is_led,
    keyword_before,
)
from .bare_times import bare_times
from .joined_times import joined_times
from .printed_time import CLOCK, MIDNIGHT, NOON, PrintedTime, any_of, clock_in


def times_in(line: Line, *, keywords: re.Pattern[str], edges: bool = False) -> list[Time]:
    """The times of a line, left to right, without overlaps.

    Bare numbers are times when the context says so: after ``at`` or ``@``, beside one of ``keywords`` (doors, show,
    curfew), in a range with a real time. With ``edges`` also at both ends of the line, in brackets, beside commas.
    """
    if not _may_hold_a_time(line.plain):
        return []
    spots = [*_clocks(line, keywords, edges=edges), *_twelves(line, keywords)]
    spots += [spot for spot in bare_times(line, keywords, edges=edges) if not _overlaps(spot, spots)]
    return joined_times(line, sorted(spots, key=lambda spot: spot.start))


_ANY_TIME: Final = re.compile(rf"\d|{any_of(words.NOON + words.MIDNIGHT)}|{any_of(words.HOURS)}")


def _may_hold_a_time(plain: str) -> bool:
    return bool(_ANY_TIME.search(plain))


def _overlaps(spot: Time, others: list[Time]) -> bool:
    return any(spot.start < other.end and other.start < spot.end for other in others)


def _clocks(line: Line, keywords: re.Pattern[str], *, edges: bool) -> Iterator[Time]:
    for found in CLOCK.finditer(line.plain):
        clock = clock_in(found)
        last = edges and not line.plain[found.end() :].strip(" *†")
        if (
            clock
            and not _is_verse(line, found, clock)
            and (last or not _is_price(found, line.plain, keywords))
            and not NOT_AFTER.search(before_in(line, found.start()))
        ):
            yield Time(found.start() + _blank(found[0]), found.end(), clock, approx=bool(found["ish"]))


_BOOK: Final = re.compile(
    r"\b(?:(?P<other>psalms?|ps|genesis|gen|exodus|isaiah|jeremiah|proverbs|romans|corinthians|cor|galatians|ephesians|hebrews|"
    r"philippians|thessalonians|revelation|micah|deuteronomy|salmos?|génesis|romanos|corintios)|"
    r"(?P<name>matthew|matt|mark|luke|john|james|peter|ruth|daniel|samuel|juan|lucas|marcos|mateo))\.?\s$"
)


def _is_verse(line: Line, found: re.Match[str], clock: PrintedTime) -> bool:
    """Luke 2:8, John 3:16: a chapter and verse. After what is a name too, only where no show would begin."""
    book = _BOOK.search(before_in(line, found.start() + _blank(found[0])))
    return bool(book and found["mark"] == ":" and not found["half"] and (book["other"] or clock.minute % 5))


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())


_ENDS_A_RANGE: Final = re.compile(rf"(?<![\d.:])[0-2]?\d[.:][0-5]\d\s*(?:{any_of(words.RANGE)})\s*$")


def _is_price(found: re.Match[str], plain: str, keywords: re.Pattern[str]) -> bool:
    """12.50 in the middle of a sentence is more likely an amount than a time."""
    said = any(found[name] for name in ("unit", "half", "letter", "part", "ish", "sun2"))
    if found["mark"] != "." or said:
        return False
    before = plain[max(0, found.start() - LOOK_BACK) : found.start()]
    led = is_led(before) or keyword_before(before, keywords) or _ENDS_A_RANGE.search(before)
    joined = JOIN.fullmatch(plain[found.end() : found.end() + 3].rstrip("0123456789") or "x")
    apart = SET_OFF_BEFORE.search(before) and (not before.strip() or SET_OFF_AFTER.match(plain[found.end() :]))
    return not (led or joined or apart or keywords.match(plain[found.end() :].lstrip()))


def _twelves(line: Line, keywords: re.Pattern[str]) -> Iterator[Time]:
    """Noon and midnight when separated from other words; not in "the Noon Patrol"."""
    for found in TWELVE.finditer(line.plain):
        if _stands_apart(line, found, keywords):
            twelve = NOON if found["noon"] else MIDNIGHT
            minute = 30 if found["half"] else 15 if found["quarter"] else 0
            yield Time(found.start(), found.end(), replace(twelve, minute=minute))


def _stands_apart(line: Line, found: re.Match[str], keywords: re.Pattern[str]) -> bool:
    before, after = before_in(line, found.start()), line.plain[found.end() : found.end() + LOOK_BACK]
    if NOT_AFTER.search(before):
        return False
    told = keyword_before(before, keywords)
    if SET_OFF_BEFORE.search(before) and not told:
        return bool(SET_OFF_AFTER.match(after) or keywords.match(after.lstrip())) or not found[0].isascii()
    return (told or is_led(before)) and not _is_a_name(line, found)


def _is_a_name(line: Line, found: re.Match[str]) -> bool:
    """``at Midnight Express``: a capital follows, and the rest of the line is not in capitals."""
    after = line.printed[found.end() :].lstrip()
    return (
        found.end() < len(line.printed)
        and line.printed[found.start()].isupper()
        and after[:1].isupper()
        and not line.printed.isupper()
    )
