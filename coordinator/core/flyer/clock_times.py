"""Where times stand in a line, and what they say: one time, a range, or only an end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from coordinator.core.flyer import clock_words as words
from coordinator.core.flyer.clock import BARE, CLOCK, MIDNIGHT, NOON, Clock, any_of, bare_clock, clock_in
from coordinator.core.flyer.lines import Line
from coordinator.core.flyer.speech import is_running


@dataclass(frozen=True, slots=True)
class Time:
    """A time in a line, with the words that belong to it (``at``, ``around``, ``Uhr``, ``til late``).

    ``clock`` is None where only an end is told (``until 2``); ``until`` is the end of a range. ``bare`` means that
    nothing but figures stood there.
    """

    start: int
    end: int
    clock: Clock | None
    until: Clock | None = None
    approx: bool = False
    bare: bool = False


_LOOK_BACK: Final = 48  # letters; the longest words before a time are shorter
_ABOUT_BEFORE: Final = re.compile(
    rf"(?:^|(?<=[\s(\[:,;/|\-])|(?<=[~≈]))(?:{any_of(words.ABOUT)})\s*(?:the|las?|"
    rf"les?|le|das?|à|às|alle|um)?\s*$"
)
_AT_BEFORE: Final = re.compile(rf"(?:^|(?<=[\s(\[:,;/|\-]))(?:{any_of(words.AT)}):?\s*$")
_UNTIL_BEFORE: Final = re.compile(
    rf"(?:^|(?<=[\s(\[:,;/|\-]))(?:{any_of(words.UNTIL)})\s*(?:las?|les?|le|às|as|"
    rf"alle|à|a|um)?\s*$"
)
_ABOUT_AFTER: Final = re.compile(rf"\s?(?:{any_of(words.ABOUT_AFTER)})(?![a-zà-ÿ0-9])")
_NOT_AFTER: Final = re.compile(rf"(?:^|(?<=\W))(?:{any_of(words.NOT_A_TIME_AFTER)})\s+(?:the\s)?$")
_JOIN: Final = re.compile(rf"\s*(?:{any_of(words.RANGE)})\s*(?:(?:{any_of(words.ABOUT)})\s*)?")
_LATE_AFTER: Final = re.compile(rf"\s*(?:-|{any_of(words.UNTIL)})\s*(?:{any_of(words.LATE)})(?![a-zà-ÿ0-9])")
_FIGURES_AFTER: Final = re.compile(
    rf"(?P<join>\s*(?:{any_of(words.RANGE)})\s*)(?P<digits>\d{{1,4}})(?![\w%°+/$£€¥'\"]|[.,:]\d|"
    rf"-\d)(?P<follow>\s*(?:$|[:|,)\].\t;/~*-])|\s)?"
)
_FIGURES_BEFORE: Final = re.compile(
    rf"(?<![\w$£€¥#.,:/+'&-])(?P<digits>\d{{1,4}}|"
    rf"[01]?\d[:.][0-5]\d)(?P<join>\s*(?:{any_of(words.RANGE)})\s*)$"
)
_TWELVE: Final = re.compile(
    rf"(?<![\w'-])(?:12\s)?(?:(?P<noon>{any_of(words.NOON)})|(?P<midnight>{any_of(words.MIDNIGHT)}))(?![a-zà-ÿ0-9'])"
)
_SET_OFF_AFTER: Final = re.compile(r"\s*(?:$|[:|,;)\]\t/*~.-]|\s{2})")


def times_in(line: Line, *, keywords: re.Pattern[str], edges: bool = False) -> list[Time]:
    """The times of a line, left to right, none overlapping.

    Figures alone are a time where words say so: after ``at`` or ``@``, beside one of ``keywords`` (doors, show,
    curfew), in a range with a real time. With ``edges`` also at both ends of the line, in brackets, beside commas.
    """
    if not _worth_a_look(line.plain):
        return []
    spots = [*_clocks(line, keywords, edges=edges), *_twelves(line, keywords)]
    spots += [spot for spot in _bare(line, keywords, edges=edges) if not _overlaps(spot, spots)]
    return _joined(line, sorted(spots, key=lambda spot: spot.start))


_ANY_TIME: Final = re.compile(rf"\d|{any_of(words.NOON + words.MIDNIGHT)}|{any_of(words.HOURS)}")


def _worth_a_look(plain: str) -> bool:
    return bool(_ANY_TIME.search(plain))


def _overlaps(spot: Time, others: list[Time]) -> bool:
    return any(spot.start < other.end and other.start < spot.end for other in others)


def _clocks(line: Line, keywords: re.Pattern[str], *, edges: bool) -> Iterator[Time]:
    for found in CLOCK.finditer(line.plain):
        clock = clock_in(found)
        last = edges and not line.plain[found.end() :].strip(" *†")
        if (
            clock
            and (last or not _is_price(found, line.plain, keywords))
            and not _NOT_AFTER.search(_before(line, found.start()))
        ):
            yield Time(found.start() + _blank(found[0]), found.end(), clock, approx=bool(found["ish"]))


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())


def _before(line: Line, place: int) -> str:
    return line.plain[max(0, place - _LOOK_BACK) : place]


_SET_OFF_BEFORE: Final = re.compile(r"(?:^|[-:|@,;/(\[~]|\t|\s{2}|\.{3,})\s*$")


def _is_price(found: re.Match[str], plain: str, keywords: re.Pattern[str]) -> bool:
    """12.50 in the middle of a sentence is rather money than ten to one."""
    said = any(found[name] for name in ("unit", "half", "letter", "part", "ish", "sun2"))
    if found["mark"] != "." or said:
        return False
    before = plain[max(0, found.start() - _LOOK_BACK) : found.start()]
    led = _is_led(before) or _keyword_before(before, keywords)
    joined = _JOIN.fullmatch(plain[found.end() : found.end() + 3].rstrip("0123456789") or "x")
    apart = _SET_OFF_BEFORE.search(before) and (not before.strip() or _SET_OFF_AFTER.match(plain[found.end() :]))
    return not (led or joined or apart or keywords.match(plain[found.end() :].lstrip()))


def _twelves(line: Line, keywords: re.Pattern[str]) -> Iterator[Time]:
    """Noon and midnight, where they stand apart; never the Noon Patrol."""
    for found in _TWELVE.finditer(line.plain):
        if _stands_apart(line, found, keywords):
            yield Time(found.start(), found.end(), NOON if found["noon"] else MIDNIGHT)


def _stands_apart(line: Line, found: re.Match[str], keywords: re.Pattern[str]) -> bool:
    before, after = _before(line, found.start()), line.plain[found.end() : found.end() + _LOOK_BACK]
    if _NOT_AFTER.search(before):
        return False
    told = _keyword_before(before, keywords)
    if _SET_OFF_BEFORE.search(before) and not told:
        return bool(_SET_OFF_AFTER.match(after) or keywords.match(after.lstrip())) or not found[0].isascii()
    return (told or _is_led(before)) and not _is_a_name(line, found)


def _is_led(before: str) -> bool:
    """A word that leads up to a time stands last: at, around, until."""
    return any(words_before.search(before) for words_before in (_AT_BEFORE, _ABOUT_BEFORE, _UNTIL_BEFORE))


def _is_a_name(line: Line, found: re.Match[str]) -> bool:
    """``at Midnight Express`` goes on with a capital where the rest of the line is not in capitals."""
    after = line.printed[found.end() :].lstrip()
    return (
        found.end() < len(line.printed)
        and line.printed[found.start()].isupper()
        and after[:1].isupper()
        and not line.printed.isupper()
    )


_FILLERS: Final = (
    r"(?:\s+(?:is|are|at|open|opens|opening|from|by|start|starts|goes|up|will|be|@|um|ab|à|às|a|las|alle|ore|le)\b)*"
)


def _keyword_before(before: str, keywords: re.Pattern[str]) -> bool:
    """One of the keywords, with nothing but fillers behind it."""
    ends = [found.end() for found in keywords.finditer(before)]
    return bool(ends and _FILLERS_ONLY.fullmatch(before, ends[-1]))


_FILLERS_ONLY: Final = re.compile(rf"{_FILLERS}\s*[:@=~-]?\s*(?:@|at|~|um|ab|à|ca\.?|c\.)?\s*")
_UNITS_AFTER: Final = re.compile(
    r"\s*-?(?:min|mins|minutes?|minuten|minutos|minuti|sec|hours?|hrs?|stunden|days?|weeks?|months?|years?|yrs?|"
    r"tage|people|bands?|acts?|sets?|"
    r"songs?|dollars?|bucks?|euros?|pounds?|quid|percent|kg|g|km|miles?|players?|piece|members?|tickets?|st|street|"
    r"ave|avenue|rd|road|blvd|"
    r"lane|ln|drive|dr|way|[ensw]\.|east|west|north|south|main|stages?|of|x|plus|(?:and|or|&) (?:over|up|older|"
    r"under|above))\b"
)
_GOES_ON: Final = re.compile(
    r"\s*(?:$|[.,;:/|)\]!?*~-]|(?:then|and|with|on|for|in|followed|next|til|till|until|sharp|&|\+|plus|after|"
    r"curfew|doors|show|load|sound|music|by|"
    r"we|its|it's|it|is|are)\b)"
)


def _bare(line: Line, keywords: re.Pattern[str], *, edges: bool) -> Iterator[Time]:
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
    yield from _hour_words(line, keywords)


def _is_said_in_passing(line: Line, found: re.Match[str], clock: Clock) -> bool:
    """ "big little sky 845 then ...": figures in the close form of times, in speech that tells other times too."""
    return (
        is_running(line.printed)
        and len(found["digits"]) > 2
        and clock.minute % 5 == 0
        and bool(_before(line, found.start()).strip())
    )


_DOORS_FOR: Final = re.compile(r"\bdoors?\b[^,;]{0,16}\d[^,;]{0,6}\sfor\s+(?:an?\s)?$")


def _is_told(line: Line, found: re.Match[str], keywords: re.Pattern[str]) -> bool:
    before = _before(line, found.start())
    if _keyword_before(before, keywords) or _LATE_AFTER.match(line.plain, found.end()):
        return True
    if _DOORS_FOR.search(before):
        return True
    opens = not before.strip() or _SET_OFF_BEFORE.search(before) or before.endswith((". ", "& ", "and "))
    after = line.plain[found.end() : found.end() + _LOOK_BACK].lstrip()
    told = keywords.match(after)
    return bool(opens and told and _GOES_ON.match(after, told.end()))


def _bare_after_at(line: Line) -> set[int]:
    """Where figures stand after "at", "@" or the like. One is doubted when a capital follows (at 9 Main Street)."""
    sure: set[int] = set()
    doubted: set[int] = set()
    for found in BARE.finditer(line.plain):
        before = _before(line, found.start())
        if (
            _is_led(before)
            and bare_clock(found["digits"])
            and not (_NOT_AFTER.search(before) or _is_address(line, found))
        ):
            opening = _AT_BEFORE.fullmatch(before) and len(before.strip()) > 2
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
        before = _before(line, found.start())
        led = (
            _keyword_before(before, keywords) or before.endswith((" at ", "a las ", " alle ", "à ")) or before == "at "
        )
        if led and re.match(r"\s*(?:$|[.,;/|)!]|then\b|and\b)", line.plain[found.end() : found.end() + 8]):
            yield Time(found.start(), found.end(), Clock(words.HOURS[found[0]]))


_LIST_END: Final = re.compile(r"\s*(?:$|[,;|/)\]•·*]|\s-\s|(?:and|then|&)\s)")
_LIST_START: Final = re.compile(r"(?:^|[,;|/•·:]|\s-)\s*$")
_NAME_AFTER: Final = re.compile(r"\s*(?:[-:|@]\s*|\s)(?=[^\W\d]|[\"'(*]|\d)")


def _is_at_an_edge(line: Line, found: re.Match[str]) -> bool:
    before, after = _before(line, found.start()), line.plain[found.end() :]
    ends = _LIST_END.match(after) and before.strip()
    starts = _LIST_START.search(before) and (_NAME_AFTER.match(after) or _FIGURES_AFTER.match(after))
    return bool(ends or starts)


def _is_an_act(line: Line, late: re.Match[str]) -> bool:
    """In "11:59 - Late" somebody called Late is on."""
    said = line.printed[late.start() : late.end()]
    return (
        "-" in late[0]
        and late.end() == len(line.plain)
        and said.split()[-1][0].isupper()
        and not line.printed.isupper()
    )


def _is_a_spoken_name(line: Line, spot: Time, following: Time) -> bool:
    """In "Half Past Nine - 11:45" the hour that is spoken is somebody's name: nothing else is left for one."""
    alone = spot.start == 0 and following.end == len(line.plain)
    spoken = line.plain[spot.start : spot.end]
    return alone and not any(map(str.isdigit, spoken)) and not _TWELVE.fullmatch(spoken)


def _joined(line: Line, spots: list[Time]) -> list[Time]:
    """The spots with their ranges closed and the words around them taken in."""
    joined: list[Time] = []
    rest = list(reversed(spots))
    while rest:
        spot = rest.pop()
        following = rest[-1] if rest else None
        if following and _is_a_spoken_name(line, spot, following):
            continue
        if following and _JOIN.fullmatch(line.plain, spot.end, following.start):
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
    """7pm-8, 7-10: the end of a range may be figures alone."""
    found = _FIGURES_AFTER.match(line.plain, spot.end)
    if not found or (until := bare_clock(found["digits"])) is None:
        return spot
    tight = "-" in found["join"] and found["join"] == "-"
    set_off = found["follow"] is not None and found["follow"] != " "
    said = any(char.isalpha() for char in found["join"])
    in_style = len(found["digits"]) <= 2 or ":" not in line.plain[spot.start : spot.end]
    return replace(spot, end=found.end("digits"), until=until) if (tight or set_off or said) and in_style else spot


def _with_figures_before(line: Line, spot: Time, floor: int) -> Time:
    """7-8:30pm: so may be its beginning."""
    found = _FIGURES_BEFORE.search(line.plain, max(floor, spot.start - _LOOK_BACK), spot.start)
    if spot.until or not found or spot.clock is None:
        return spot
    hour, _, minute = found["digits"].replace(".", ":").partition(":")
    clock = Clock(int(hour), int(minute)) if minute else bare_clock(hour)
    return replace(spot, start=found.start(), clock=clock, until=spot.clock, bare=False) if clock else spot


def _with_words(line: Line, spot: Time, floor: int) -> Time:
    """The time with its prepositions, with "about" noted and "til late" swallowed."""
    late = _LATE_AFTER.match(line.plain, spot.end)
    if late and not _is_an_act(line, late):
        spot = replace(spot, end=late.end(), bare=False)
    if after := _ABOUT_AFTER.match(line.plain, spot.end):
        spot = replace(spot, end=after.end(), approx=True)
    before = line.plain[max(floor, spot.start - _LOOK_BACK) : spot.start]
    offset = spot.start - len(before)
    for _ in range(2):
        if about := _ABOUT_BEFORE.search(before):
            before, spot = before[: about.start()], replace(spot, start=offset + about.start(), approx=True)
        if until := _UNTIL_BEFORE.search(before):
            before, spot = before[: until.start()], replace(spot, start=offset + until.start())
            if not spot.until and until[0].strip() != "-":
                spot = replace(spot, clock=None, until=spot.clock)
        if at := _AT_BEFORE.search(before):
            before, spot = before[: at.start()], replace(spot, start=offset + at.start())
    return spot
