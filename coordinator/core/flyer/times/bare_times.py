"""Numbers and words that are a time only because of their context: "at 8", "doors seven", "8 Foo, 9 Bar"."""

import re
from collections.abc import Iterator
from typing import Final

from ..text.lines import Line
from ..vocabulary import clock_words as words
from ..vocabulary.speech import is_running
from .around_times import (
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
from .joined_times import FIGURES_AFTER
from .printed_time import BARE, PrintedTime, any_of, bare_printed_time

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
    """Numbers that are times because of words beside them. ``edges``: also numbers alone at an end of the line."""
    at_places = _bare_after_at(line)
    for found in BARE.finditer(line.plain):
        clock = bare_printed_time(found["digits"])
        if _NUMBERED.search(before_in(line, found.start())):
            continue
        if clock is None or _UNITS_AFTER.match(line.plain, found.end()) or _is_house_number(line, found):
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


_NUMBERED: Final = re.compile(
    r"(?:^|[\s(])(?:grades?|gr|years?|yr|class(?: of)?|form|p|psalms?|ps|hymns?|verses?|chapter|ch|genesis|exodus|"
    r"romans|corinthians|hebrews|isaiah|proverbs|ephesians|no|number|nr|op|opus|track|item|scene|heat|lane|room|rm|suite|apt|"
    r"unit|floor|route|level|page|set|act|part|pt|volume|vol|studio|group|team|under|u|ages?|tap|jazz|ballet|acro|stage|"
    r"grado|sala|klasse|nummer|numéro|número)\.?\s?#?$"
)


_HOUSE_ON: Final = re.compile(
    r"\s(?:[nsew]{1,2}\.?\s|north\s|south\s|east\s|west\s)?(?:[\w.'-]+\s){1,3}(?:st|street|ave|avenue|rd|road|blvd|boulevard|"
    r"lane|ln|drive|dr|way|hwy|highway|court|ct|place|pl|terrace|pkwy|parkway|sq|square|row|close|crescent)\b\.?"
    r"(?=\s*(?:$|[,;|)]|\s{2}))"
)


def _is_house_number(line: Line, found: re.Match[str]) -> bool:
    """1pm Rip Tide Four, 122 E. 7th St: a number behind a comma with a street after it."""
    return bool(line.plain[: found.start()].strip()) and bool(_HOUSE_ON.match(line.plain, found.end()))


def _is_said_in_passing(line: Line, found: re.Match[str], clock: PrintedTime) -> bool:
    """ "big little sky 845 then ...": digits in the form of a time, in a message that gives other times too."""
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
    """Positions of numbers after "at", "@" and similar. A capital after one makes it doubtful (at 9 Main Street)."""
    sure: set[int] = set()
    doubted: set[int] = set()
    for found in BARE.finditer(line.plain):
        before = before_in(line, found.start())
        if (
            is_led(before)
            and bare_printed_time(found["digits"])
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
    """ "doors at seven", "a las ocho": hours in words, only when the line can mean nothing else."""
    for found in _HOUR_WORD.finditer(line.plain):
        before = before_in(line, found.start())
        led = (
            keyword_before(before, keywords)
            or before.endswith((" at ", "a las ", "a la ", " alle ", "à "))
            or before == "at "
        )
        if led and re.match(r"\s*(?:$|[.,;:/|)!]|-\s|then\b|and\b)", line.plain[found.end() : found.end() + 8]):
            yield Time(found.start(), found.end(), PrintedTime(words.HOURS[found[0]]))


_MINUTE_WORDS: Final = {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "forty five": 45}
_ENGLISH_HOURS: Final = "one two three four five six seven eight nine ten eleven twelve".split()
_SPOKEN: Final = re.compile(rf"\b(?P<hour>{'|'.join(_ENGLISH_HOURS)})[\s-](?P<minute>{any_of(_MINUTE_WORDS)})\b")


_APART_AFTER: Final = re.compile(rf"\s*(?:[:|]|-\s)|{LATE_AFTER.pattern}")
_FIRST_HOUR: Final = re.compile(rf"(?P<hour>{'|'.join(_ENGLISH_HOURS)})(?:\s-\s|:\s)")


def _first_hour(line: Line) -> Iterator[Time]:
    """ "eight - Poor Tom": an hour in words at the start of a line, when its neighbors have times too."""
    if found := _FIRST_HOUR.match(line.plain):
        yield Time(0, found.end("hour"), PrintedTime(words.HOURS[found["hour"]]), bare=True)


def _spoken_times(line: Line, keywords: re.Pattern[str]) -> Iterator[Time]:
    """ "nine thirty - Mind the Gap", "doors at seven thirty"."""
    for found in _SPOKEN.finditer(line.plain):
        before, after = before_in(line, found.start()), line.plain[found.end() :]
        apart = (not before.strip() or SET_OFF_BEFORE.search(before)) and _APART_AFTER.match(after)
        if apart or is_led(before) or keyword_before(before, keywords):
            hour = words.HOURS[found["hour"]]
            yield Time(found.start(), found.end(), PrintedTime(hour, _MINUTE_WORDS[found["minute"]]))


_LIST_END: Final = re.compile(r"\s*(?:$|[,;|/)\]•·*]|\s-\s|(?:and|then|&)\s)")
_LIST_START: Final = re.compile(r"(?:^|[,;|/•·:]|\s-)\s*$")
_NAME_AFTER: Final = re.compile(r"\s*(?:[-:|@]\s*|\s)(?=[^\W\d]|[\"'(*]|\d)")


def _is_at_an_edge(line: Line, found: re.Match[str]) -> bool:
    before, after = before_in(line, found.start()), line.plain[found.end() :]
    ends = _LIST_END.match(after) and before.strip()
    starts = _LIST_START.search(before) and (_NAME_AFTER.match(after) or FIGURES_AFTER.match(after))
    return bool(ends or starts)
