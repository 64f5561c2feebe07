"""Figures and words that are a time only because of what stands around them: "at 8", "doors seven", "8 Foo, 9 Bar"."""

import re
from collections.abc import Iterator
from typing import Final

from coordinator.core.flyer import clock_words as words
from coordinator.core.flyer.around_times import (
    AT_BEFORE,
    LATE_AFTER,
    LOOK_BACK,
    NOT_AFTER,
    SET_OFF_BEFORE,
    Time,
    before_in,
    is_led,
    keyword_before,
)
from coordinator.core.flyer.clock import BARE, Clock, any_of, bare_clock
from coordinator.core.flyer.joined_times import FIGURES_AFTER
from coordinator.core.flyer.lines import Line
from coordinator.core.flyer.speech import is_running

_UNITS_AFTER: Final = re.compile(
    r"\s*-?(?:min|mins|minutes?|minuten|minutos|minuti|sec|hours?|hrs?|stunden|days?|weeks?|months?|years?|yrs?|"
    r"tage|people|bands?(?!\s(?:call|dinner|meal|load|arriv|change))|acts?|"
    r"sets?(?!\s(?:change|up|list))|"
    r"songs?|dollars?|bucks?|euros?|pounds?|quid|percent|kg|g|km|miles?|players?|piece|members?|tickets?|st|street|"
    r"ave|avenue|rd|road|blvd|"
    r"lane|ln|drive|dr|way|[ensw]\.|east|west|north|south|main|"
    r"stages?(?!\s(?:change|clear|reset|set))|of|x|plus|(?:and|or|&) (?:over|up|older|"
    r"under|above))\b"
)
_GOES_ON: Final = re.compile(
    r"\s*(?:$|[.,;:/|)\]!?*~-]|(?:then|and|with|on|for|in|followed|next|til|till|until|sharp|&|\+|plus|after|"
    r"curfew|doors|show|load|sound|music|by|"
    r"we|its|it's|it|is|are)\b)"
)


def bare_times(line: Line, keywords: re.Pattern[str], *, edges: bool) -> Iterator[Time]:
    at_places = _bare_after_at(line)
    for found in BARE.finditer(line.plain):
        clock = bare_clock(found["digits"])
        if clock is None or _UNITS_AFTER.match(line.plain, found.end()):
            continue
        told = (
            found.start() in at_places
            or _is_told(line, found, keywords)
            or (len(at_places) > 1 and _is_said_in_passing(line, found, clock))
        )
        if told or (edges and _is_at_an_edge(line, found)):
            yield Time(found.start(), found.end(), clock, bare=not told)
    spoken = [*_spoken_times(line, keywords), *(_first_hour(line) if edges else ())]
    yield from spoken
    inside = {place for time in spoken for place in range(time.start, time.end)}
    yield from (time for time in _hour_words(line, keywords) if time.start not in inside)


def _is_said_in_passing(line: Line, found: re.Match[str], clock: Clock) -> bool:
    """ "big little sky 845 then ...": figures in the close form of times, in speech that tells other times too."""
    return (
        is_running(line.printed)
        and len(found["digits"]) > 2
        and clock.minute % 5 == 0
        and bool(before_in(line, found.start()).strip())
    )


_DOORS_FOR: Final = re.compile(r"\bdoors?\b[^,;]{0,16}\d[^,;]{0,6}\sfor\s+(?:an?\s)?$")


def _is_told(line: Line, found: re.Match[str], keywords: re.Pattern[str]) -> bool:
    before = before_in(line, found.start())
    if keyword_before(before, keywords) or LATE_AFTER.match(line.plain, found.end()):
        return True
    if _DOORS_FOR.search(before):
        return True
    opens = not before.strip() or SET_OFF_BEFORE.search(before) or before.endswith((". ", "& ", "and "))
    after = line.plain[found.end() : found.end() + LOOK_BACK].lstrip()
    told = keywords.match(after)
    return bool(opens and told and _GOES_ON.match(after, told.end()))


def _bare_after_at(line: Line) -> set[int]:
    """Where figures stand after "at", "@" or the like. One is doubted when a capital follows (at 9 Main Street)."""
    sure: set[int] = set()
    doubted: set[int] = set()
    for found in BARE.finditer(line.plain):
        before = before_in(line, found.start())
        if (
            is_led(before)
            and bare_clock(found["digits"])
            and not (NOT_AFTER.search(before) or _is_address(line, found))
        ):
            opening = AT_BEFORE.fullmatch(before) and len(before.strip()) > 2
            goes_on = _GOES_ON.match(line.plain, found.end()) or line.printed[found.end() :].lstrip()[:1].islower()
            (sure if opening or goes_on else doubted).add(found.start())
    return sure | doubted if len(sure | doubted) > 1 else sure


_STREET: Final = re.compile(
    r"[^,;|]{0,24}\b(?:st|street|ave|avenue|rd|road|blvd|boulevard|lane|ln|drive|hwy|"
    r"highway)\b"
)


def _is_address(line: Line, found: re.Match[str]) -> bool:
    return bool(_STREET.match(line.plain, found.end()))


_HOUR_WORD: Final = re.compile(rf"\b(?:{any_of(words.HOURS)})\b")


def _hour_words(line: Line, keywords: re.Pattern[str]) -> Iterator[Time]:
    """ "doors at seven", "a las ocho": hours in words, only where the line can mean nothing else."""
    for found in _HOUR_WORD.finditer(line.plain):
        before = before_in(line, found.start())
        led = (
            keyword_before(before, keywords)
            or before.endswith((" at ", "a las ", "a la ", " alle ", "à "))
            or before == "at "
        )
        if led and re.match(r"\s*(?:$|[.,;:/|)!]|-\s|then\b|and\b)", line.plain[found.end() : found.end() + 8]):
            yield Time(found.start(), found.end(), Clock(words.HOURS[found[0]]))


_MINUTE_WORDS: Final = {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "forty five": 45}
_ENGLISH_HOURS: Final = "one two three four five six seven eight nine ten eleven twelve".split()
_SPOKEN: Final = re.compile(rf"\b(?P<hour>{'|'.join(_ENGLISH_HOURS)})[\s-](?P<minute>{any_of(_MINUTE_WORDS)})\b")


_APART_AFTER: Final = re.compile(rf"\s*(?:[:|]|-\s)|{LATE_AFTER.pattern}")
_FIRST_HOUR: Final = re.compile(rf"(?P<hour>{'|'.join(_ENGLISH_HOURS)})(?:\s-\s|:\s)")


def _first_hour(line: Line) -> Iterator[Time]:
    """ "eight - Poor Tom": an hour in a word at the beginning, where its neighbours tell times too."""
    if found := _FIRST_HOUR.match(line.plain):
        yield Time(0, found.end("hour"), Clock(words.HOURS[found["hour"]]), bare=True)


def _spoken_times(line: Line, keywords: re.Pattern[str]) -> Iterator[Time]:
    """ "nine thirty - Mind the Gap", "doors at seven thirty"."""
    for found in _SPOKEN.finditer(line.plain):
        before, after = before_in(line, found.start()), line.plain[found.end() :]
        apart = (not before.strip() or SET_OFF_BEFORE.search(before)) and _APART_AFTER.match(after)
        if apart or is_led(before) or keyword_before(before, keywords):
            hour = words.HOURS[found["hour"]]
            yield Time(found.start(), found.end(), Clock(hour, _MINUTE_WORDS[found["minute"]]))


_LIST_END: Final = re.compile(r"\s*(?:$|[,;|/)\]•·*]|\s-\s|(?:and|then|&)\s)")
_LIST_START: Final = re.compile(r"(?:^|[,;|/•·:]|\s-)\s*$")
_NAME_AFTER: Final = re.compile(r"\s*(?:[-:|@]\s*|\s)(?=[^\W\d]|[\"'(*]|\d)")


def _is_at_an_edge(line: Line, found: re.Match[str]) -> bool:
    before, after = before_in(line, found.start()), line.plain[found.end() :]
    ends = _LIST_END.match(after) and before.strip()
    starts = _LIST_START.search(before) and (_NAME_AFTER.match(after) or FIGURES_AFTER.match(after))
    return bool(ends or starts)
