"""Joins two times into a range, and extends a time by the words that belong to it."""

import re
from dataclasses import replace
from typing import Final

from ..text.lines import Line
from ..vocabulary import clock_words as words
from .around_times import ABOUT_AFTER, ABOUT_BEFORE, AT_BEFORE, JOIN, LATE_AFTER, LOOK_BACK, TWELVE, UNTIL_BEFORE, Time
from .printed_time import PrintedTime, any_of, bare_printed_time

FIGURES_AFTER: Final = re.compile(
    rf"(?P<join>\s*(?:{any_of(words.RANGE)})\s*)(?P<digits>\d{{1,4}})(?![\w%°+/$£€¥'\"]|[.,:]\d|"
    rf"-\d)(?P<follow>\s*(?:$|[:|,)\].\t;/~*-])|\s)?"
)
_FIGURES_BEFORE: Final = re.compile(
    rf"(?<![\w$£€¥#.,:/+'&-])(?P<digits>\d{{1,4}}|"
    rf"[01]?\d[:.][0-5]\d)(?P<join>\s*(?:{any_of(words.RANGE)})\s*)$"
)


def _is_an_act(line: Line, late: re.Match[str]) -> bool:
    """In "11:59 - Late" an act called Late plays."""
    said = line.printed[late.start() : late.end()]
    return (
        "-" in late[0]
        and late.end() == len(line.plain)
        and next((word for word in said.split() if word[0].isalpha()), "-")[0].isupper()
        and not line.printed.isupper()
    )


def _is_a_spoken_name(line: Line, spot: Time, following: Time) -> bool:
    """In "Half Past Nine - 11:45" the spoken hour is an act: there is no other name."""
    alone = spot.start == 0 and following.end == len(line.plain)
    spoken = line.plain[spot.start : spot.end]
    return alone and not any(map(str.isdigit, spoken)) and not TWELVE.fullmatch(spoken)


def _begins_a_name(line: Line, spot: Time, following: Time) -> bool:
    """9.30 - 21 Grams: a number after a spaced dash, with words after it, is not the end of a range."""
    dash = line.plain[spot.end : following.start]
    spaced = dash.strip() == "-" and dash != "-"
    return following.bare and not spot.bare and spaced and bool(re.match(r"\s[^\W\d]", line.plain[following.end :]))


def joined_times(line: Line, spots: list[Time]) -> list[Time]:
    """The times with ranges joined and their words included."""
    joined: list[Time] = []
    rest = list(reversed(spots))
    while rest:
        spot = rest.pop()
        following = rest[-1] if rest else None
        if following and _is_a_spoken_name(line, spot, following):
            continue
        if following and _begins_a_name(line, spot, following):
            rest.pop()
            following = None
        if following and JOIN.fullmatch(line.plain, spot.end, following.start):
            rest.pop()
            spot = replace(
                spot, end=following.end, until=following.clock, approx=spot.approx, bare=spot.bare and following.bare
            )
        else:
            spot = _with_figures_after(line, spot)
            floor = joined[-1].end if joined else 0
            spot = _with_figures_before(line, spot, floor)
        joined.append(_with_words(line, spot, joined[-1].end if joined else 0))
    return joined


def _with_figures_after(line: Line, spot: Time) -> Time:
    """7pm-8, 7-10: the end of a range may be a bare number."""
    found = FIGURES_AFTER.match(line.plain, spot.end)
    if not found or (until := bare_printed_time(found["digits"])) is None:
        return spot
    tight = "-" in found["join"] and found["join"] == "-"
    set_off = found["follow"] is not None and found["follow"] != " "
    said = any(char.isalpha() for char in found["join"])
    in_style = len(found["digits"]) <= 2 or ":" not in line.plain[spot.start : spot.end]
    return replace(spot, end=found.end("digits"), until=until) if (tight or set_off or said) and in_style else spot


def _with_figures_before(line: Line, spot: Time, floor: int) -> Time:
    """7-8:30pm: the start of a range may be a bare number."""
    found = _FIGURES_BEFORE.search(line.plain, max(floor, spot.start - LOOK_BACK), spot.start)
    if spot.until or not found or spot.clock is None:
        return spot
    hour, _, minute = found["digits"].replace(".", ":").partition(":")
    clock = PrintedTime(int(hour), int(minute)) if minute else bare_printed_time(hour)
    return replace(spot, start=found.start(), clock=clock, until=spot.clock, bare=False) if clock else spot


_SHARP: Final = re.compile(
    r"\s+(sharp|prompt(?:ly)?|on the dot|pünktlich|précises?|en punto|in punto|em ponto)(?![\w'])"
)


def _with_words(line: Line, spot: Time, floor: int) -> Time:
    """The time including its prepositions and "til late"; "about" makes it approximate."""
    late = LATE_AFTER.match(line.plain, spot.end)
    if late and not _is_an_act(line, late):
        spot = replace(spot, end=late.end(), bare=False)
    if (sharp := _SHARP.match(line.plain, spot.end)) and line.printed[sharp.start(1)].islower():
        spot = replace(spot, end=sharp.end())
    if after := ABOUT_AFTER.match(line.plain, spot.end):
        spot = replace(spot, end=after.end(), approx=True)
    before = line.plain[max(floor, spot.start - LOOK_BACK) : spot.start]
    offset = spot.start - len(before)
    for _ in range(2):
        if about := ABOUT_BEFORE.search(before):
            before, spot = before[: about.start()], replace(spot, start=offset + about.start(), approx=True)
        if until := UNTIL_BEFORE.search(before):
            before, spot = before[: until.start()], replace(spot, start=offset + until.start())
            if not spot.until and until[0].strip() != "-":
                spot = replace(spot, clock=None, until=spot.clock)
        if at := AT_BEFORE.search(before):
            before, spot = before[: at.start()], replace(spot, start=offset + at.start())
    return spot
