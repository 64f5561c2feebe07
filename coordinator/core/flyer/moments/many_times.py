"""Lines with several times: doors and show, lists on one line, informal messages."""

import re
from dataclasses import replace
from typing import Final

from ..text.lines import Line, plain, without_edges
from ..times.around_times import Time
from ..vocabulary import phrases
from ..vocabulary.phrases import FactName
from ..vocabulary.places import is_place_name
from ..vocabulary.speech import LISTED_WITH, is_running, spoken_name, time_is_up
from .moment import CLAUSE_MARK, MOST_NAME_WORDS, Moment, Moments, clauses_of, fact_at_end
from .one_time import OPENS, moments_of_one, time_first

_CLOSES: Final = re.compile(r"[,;|•·/・、→➔➜]\s*$|\.\s+$|\s[-–—]\s*$|\b(?:then|and|followed by|next|plus)\s*$")


def moments_of_many(line: Line, times: list[Time]) -> Moments:
    """The moments of a line with several times, and the words left over."""
    if _is_time_in_a_name(line, times):
        return moments_of_one(line, times[1])
    label, gaps = _gaps(line, times)
    stage, gaps[0] = _stage_of_all(gaps[0])
    if row := _row_that_lasts(gaps, times):
        return row
    facts, gaps = _bound_facts(line, gaps, times)
    if not facts and (row := _same_act_twice(gaps, times) or _one_row(line, gaps, times)):
        return row
    open_times = [place for place in range(len(times)) if place not in facts]
    name_first = _is_name_first(gaps, open_times)
    found, gaps = _bound_names(line, facts, gaps, times, name_first=name_first)
    found, tail = _peeled(found, name_first=name_first)
    left = [word for text in [label, *gaps, *tail] if (word := without_edges(text)) and any(map(str.isalnum, word))]
    marked = sum(bool(OPENS.match(gap) or _CLOSES.search(gap)) for gap in _gaps(line, times)[1][1:-1])
    moments = tuple(replace(found[place], stage=stage) if stage else found[place] for place in sorted(found))
    return Moments(moments, tuple(left), listed=marked * 2 >= len(times) - 1)


def _is_time_in_a_name(line: Line, times: list[Time]) -> bool:
    """The 12:05 to Leeds (12:05): only the time in brackets at the end counts."""
    first, last = times[0], times[-1]
    before, between = line.printed[: first.start].rstrip(), line.printed[first.end : last.start]
    bracketed = between.rstrip()[-1:] in {"(", "["} and line.printed[last.end :].strip() in {")", "]"}
    within = before[-1:].isalnum() and not OPENS.match(between) and without_edges(between.rstrip(" (["))
    return len(times) == 2 and bracketed and bool(within) and not fact_at_end(before)


_STAGE_HEAD: Final = re.compile(r"^\s*([^:|–—]{2,30}?)(?:\s*[:：|]|\s+[-–—])\s*")


def _stage_of_all(lead: str) -> tuple[str | None, str]:
    """(the stage, the rest) when a line begins with the stage of everything it lists: "Main Stage: Foo 7, Bar 8"."""
    found = _STAGE_HEAD.match(lead)
    return (found[1], lead[found.end() :]) if found and is_place_name(found[1]) else (None, lead)


def _bound_names(
    line: Line, facts: dict[int, Moment], gaps: list[str], times: list[Time], *, name_first: bool
) -> tuple[dict[int, Moment], list[str]]:
    """The times that are not facts, with the names on their side."""
    found, gaps, running = dict(facts), list(gaps), is_running(line.printed)
    for place in range(len(times)):
        if place not in facts and times[place].clock is None:
            gaps[place] += line.printed[times[place].start : times[place].end]  # "Bar until 11": nobody is on
            continue
        if name_first and place not in facts and (own := _said_after(gaps, place)):
            found[place] = Moment(own["name"], times[place])
            gaps[place + 1] = gaps[place + 1][own.end() :]
            continue
        side = place if name_first else place + 1
        name = spoken_name(gaps[side]) if running or name_first else LISTED_WITH.sub("", without_edges(gaps[side]))
        moment = Moment(name, times[place], name_first=name_first)
        if place not in facts and _is_entry(moment):
            found[place], gaps[side] = moment, ""
    return found, gaps


_IS: Final = re.compile(r"\s*(?:is|it's|we have|we've got|there's)\s+(?P<name>[^,;.]+)", re.IGNORECASE)


def _said_after(gaps: list[str], place: int) -> re.Match[str] | None:
    """A list with names before the times may end the other way: "Fig at 8, 9pm is the raffle"."""
    return None if without_edges(gaps[place]) else _IS.match(gaps[place + 1])


def _one_row(line: Line, gaps: list[str], times: list[Time]) -> Moments | None:
    """One act and more than one time: 8:00 Foo - 9:00, 8:00 Foo (8:00-8:45), 8:00 2:54."""
    before, between, behind = gaps[0], gaps[1], gaps[-1]
    first, second = times[0], times[1]
    if without_edges(before) or first.clock is None:
        return None
    if not without_edges(between):
        rest = Line.of(line.printed[first.end :])
        return time_first(without_edges(rest.printed), first) if len(times) == 2 else None
    bracketed = between.rstrip()[-1:] in {"(", "["} or line.plain[second.start - 1 : second.start] in {"(", "["}
    if len(times) > 2 or not (bracketed or not without_edges(behind)):
        return None
    end = second.until if second.clock in (None, first.clock) else second.clock
    return time_first(without_edges(between.rstrip(" ([")), replace(first, until=first.until or end))


_GOES_ON: Final = re.compile(r"\s+(?:(?:which\s)?(?:continues|continuing|goes on|carries on|runs|lasts)|on)\s*$")


def _row_that_lasts(gaps: list[str], times: list[Time]) -> Moments | None:
    """7pm Open mic continues until 9:30: the end of that row, not of the night."""
    if len(times) != 2 or times[0].clock is None or times[1].clock is not None:
        return None
    name = without_edges(gaps[1])
    others = without_edges(gaps[0]) or without_edges(gaps[2]) or len(clauses_of(gaps[1])) > 1
    if others or times[0].until or not phrases.says_more(name) or phrases.fact_in(name):
        return None
    end = _GOES_ON.search(plain(name))
    return Moments((Moment(name[: end.start()] if end else name, replace(times[0], until=times[1].until)),))


_AND: Final = re.compile(r"\s*(?:[/&+,]|and|y|e|et|und)\s*")
MOST_TIMES: Final = 4


def _same_act_twice(gaps: list[str], times: list[Time]) -> Moments | None:
    """12am / 1.15am – Special Guests: one name with two times is on twice."""
    lead, tail = without_edges(gaps[0]), without_edges(gaps[-1])
    name = lead or tail
    told = bool(lead) != bool(tail) and all(time.clock and not time.bare for time in times)
    if not told or len(times) > MOST_TIMES or not all(_AND.fullmatch(gap) for gap in gaps[1:-1]):
        return None
    if len(name.split()) > MOST_NAME_WORDS or phrases.KEYWORDS.search(plain(name)):
        return None
    return Moments(tuple(Moment(name, time, name_first=bool(lead)) for time in times))


def _gaps(line: Line, times: list[Time]) -> tuple[str, list[str]]:
    """(the label of a list, the texts before, between and after its times)."""
    cuts = [0, *(place for time in times for place in (time.start, time.end)), len(line.printed)]
    gaps = [line.printed[start:end] for start, end in zip(cuts[::2], cuts[1::2], strict=True)]
    for place in range(len(times)):
        if gaps[place].rstrip()[-1:] in {"(", "["} and gaps[place + 1].lstrip()[:1] in {")", "]"}:
            gaps[place], gaps[place + 1] = gaps[place].rstrip()[:-1] + " ", gaps[place + 1].lstrip()[1:]
    if phrases.is_label(gaps[0]):
        return gaps[0], ["", *gaps[1:]]
    label, gaps[0] = phrases.without_label(gaps[0])
    return label, gaps


def _bound_facts(line: Line, gaps: list[str], times: list[Time]) -> tuple[dict[int, Moment], list[str]]:
    """Facts take their words from before the time, or else from after it."""
    found: dict[int, Moment] = {}
    gaps = list(gaps)
    for place, time in enumerate(times):
        before = gaps[place]
        if _is_start_for_which_to_come(place, before, found, gaps):
            found[place - 1] = Moment(gaps[place - 1], times[place - 1], "doors", name_first=True)
            found[place], gaps[place] = Moment(before, time, "show"), ""
        elif time.clock is None:
            last = (clauses_of(before) or [""])[-1]
            if phrases.lasts(last) or phrases.fact_in(last):
                found[place] = Moment(last, time, "ends", name_first=True)
                gaps[place] = before if phrases.says_more(last) else before[: before.rfind(last)]
        elif _is_start_after_doors(place, before, found):
            found[place], gaps[place] = Moment(before, time, "show"), ""
            gaps[place + 1] = _START_WORD.sub("", gaps[place + 1])
        elif up := time_is_up(before, line.plain[time.start : time.end]):
            found[place], gaps[place] = Moment(before, time, "ends", name_first=True), up[0]
        elif ended := fact_at_end(before):
            gaps[place] = ended[0]
            found[place] = Moment(before, time, ended[1], name_first=True)
        elif without_edges(before) and place + 1 < len(times) and _is_next_ones(gaps[place + 1]):
            continue  # the fact after this time belongs to the next one, because a name precedes this one
        elif begun := _fact_at_start(gaps[place + 1]):
            gaps[place + 1] = begun[1]
            found[place] = Moment(begun[0], time, begun[0])
    return found, gaps


_START_WORD: Final = re.compile(r"^\s*(?:start|kick-?off|show|curtain)\b", re.IGNORECASE)


def _is_next_ones(gap: str) -> bool:
    """The fact between two times belongs to the second, unless a comma separates them."""
    cut_off = _CLOSES.search(gap) and not OPENS.match(gap)
    return bool(fact_at_end(gap)) and not cut_off


def _is_start_after_doors(place: int, before: str, found: dict[int, Moment]) -> bool:
    """Doors 7 for 7:30, or for an 8 o'clock start."""
    after_doors = place > 0 and place - 1 in found and found[place - 1].fact == "doors"
    return after_doors and before.strip().lower() in {"for", "for a", "for an"}


def _is_start_for_which_to_come(place: int, before: str, found: dict[int, Moment], gaps: list[str]) -> bool:
    """7pm for 7.30pm: without more words these are doors and show; after a name they belong to an act."""
    alone = place > 0 and place - 1 not in found and before.strip().lower() == "for"
    return alone and (place == 1 and (not without_edges(gaps[0]) or bool(_CLOSES.search(gaps[0]))))


def _fact_at_start(text: str) -> tuple[FactName, str] | None:
    mark = CLAUSE_MARK.search(text, len(text) - len(text.lstrip(" -–—:|")))
    first = text[: mark.start()] if mark else text
    fact = phrases.fact_in(first)
    return (fact, text[mark.end() :] if mark else "") if fact else None


def _is_name_first(gaps: list[str], open_times: list[int]) -> bool:
    if not open_times:
        return False
    lead, tail = without_edges(gaps[open_times[0]]), without_edges(gaps[open_times[-1] + 1])
    if bool(lead) != bool(tail):
        return bool(lead)
    between = [gaps[place] for place in open_times[1:]]
    return sum(bool(OPENS.match(gap)) for gap in between) >= sum(bool(_CLOSES.search(gap)) for gap in between)


def _is_entry(moment: Moment) -> bool:
    said = moment.words
    return (
        bool(said)
        and any(map(str.isalnum, said))
        and len(said.split()) <= MOST_NAME_WORDS
        and not said.startswith(("$", "£", "€"))
    )


_NOT_A_NAME: Final = re.compile(
    r"[$£€]\d|\b(?:all proceeds|proceeds|donations?|all ages|tickets|free entry|"
    r"benefit for|in aid of)\b|\b\d\d\+"
)


def _peeled(found: dict[int, Moment], *, name_first: bool) -> tuple[dict[int, Moment], list[str]]:
    """In "8 Foo, 9 Bar, all proceeds to X" the last name ends before the words about money."""
    rows = [place for place in found if found[place].is_row]
    if not rows or name_first:
        return found, []
    last = found[max(rows)]
    cut = next(
        (mark for mark in CLAUSE_MARK.finditer(last.words) if _NOT_A_NAME.match(plain(last.words[mark.end() :]))), None
    )
    if cut is None:
        return found, []
    return {**found, max(rows): replace(last, words=without_edges(last.words[: cut.start()]))}, [
        last.words[cut.end() :]
    ]
