"""Lines with one time: the words before it, after it, or on both sides."""

import re
from dataclasses import replace
from typing import Final

from ..text.lines import Line, plain, without_edges
from ..times.around_times import Time
from ..vocabulary import phrases
from ..vocabulary.places import is_place_name
from ..vocabulary.speech import spoken_name, time_is_up, without_verb
from ..vocabulary.words import BILL_PLACES
from .moment import NOTHING, Moment, Moments, clauses_of, fact_at_end, is_prose

OPENS: Final = re.compile(
    r"^\s*[,;|•·/・、)\]]|^\s*[.!]\s|^\s+[-–—]\s|^\s*(?:then|and then|followed|after that|"
    r"next|and|plus|with)\b"
)
_SET_OFF: Final = re.compile(r"[-–—:|@(\[,;~/\t…]\s*$|\s{2,}$|\.{2,}\s*$")


_CURFEW_IN_BRACKETS: Final = re.compile(r"\([^()]*\bcurfew\)")  # "music must end by 10 (city curfew)"


def _sides(line: Line, time: Time) -> tuple[str, str]:
    before, after = line.printed[: time.start], line.printed[time.end :]
    opened, closed = before.rstrip()[-1:], after.lstrip()[:1]
    if opened in {"(", "[", "（", "【"} and closed in {")", "]", "）", "】"}:
        before, after = before.rstrip()[:-1] + " ", after.lstrip()[1:]
    return before, after


def moments_of_one(line: Line, time: Time) -> Moments:
    """The moment of a line with one time; NOTHING when its words do not fit."""
    if _CURFEW_IN_BRACKETS.search(line.plain):
        return Moments(
            (Moment("curfew", time if time.clock else replace(time, clock=time.until), "curfew"),), (line.printed,)
        )
    raw_before, raw_after = _sides(line, time)
    before, after = without_edges(raw_before), without_edges(raw_after)
    if time.clock is None:
        return _lasting(before, after, time)
    if not before:
        return time_first(after, time)
    apart = bool(_SET_OFF.search(line.printed[: time.start])) or line.plain[time.start :].startswith(("@", "(", "["))
    if not after:
        return _name_first(before, time, said=line.plain[time.start : time.end], apart=apart)
    return _in_the_middle(line, time, raw_before, raw_after)


def _lasting(before: str, after: str, time: Time) -> Moments:
    """Until 2: the end of the show, when no act is named."""
    clauses = clauses_of(before) or [""]
    if phrases.fact_in(clauses[-1]) == "show" or phrases.lasts(clauses[-1]) or phrases.fact_in(clauses[-1]) == "ends":
        words = [*clauses[:-1], clauses[-1] if phrases.says_more(clauses[-1]) else "", after]
        return Moments((Moment(clauses[-1], time, "ends", name_first=True),), tuple(word for word in words if word))
    return NOTHING


def time_first(after: str, time: Time) -> Moments:
    """A time with all its words after it."""
    if fact := phrases.fact_in(after):
        return Moments((Moment(after, time, fact),))
    clauses = clauses_of(after)
    if len(clauses) > 1 and (fact := phrases.fact_in(clauses[0])):
        return Moments((Moment(clauses[0], time, fact),), tuple(clauses[1:]))
    return Moments((Moment(after, time),))


def _name_first(before: str, time: Time, *, said: str, apart: bool) -> Moments:
    if up := time_is_up(before, said):
        return Moments((Moment(before, time, "ends", name_first=True),), up if up[0] else ())
    if found := fact_at_end(before):
        rest, fact = found
        return Moments((Moment(before, time, fact, name_first=True),), (rest,) if rest else ())
    name = spoken_name(before) if before.islower() and not apart else without_verb(before)
    return Moments((Moment(name, time, name_first=True, apart=apart or name != before),))


_NUMBERED: Final = re.compile(r"(?:set|act|part|slot|item|session|half|no|nr|#)\.?\s?\d{1,2}")  # Set 1: 8:00 Fig


def _in_the_middle(line: Line, time: Time, raw_before: str, raw_after: str) -> Moments:
    before, after = without_edges(raw_before), without_edges(raw_after)
    if found := fact_at_end(before):
        rest, fact = found
        return Moments((Moment(before, time, fact, name_first=True),), tuple(word for word in (rest, after) if word))
    clauses = clauses_of(after)
    begun = phrases.fact_in(clauses[0]) if clauses else None
    if begun:
        return Moments((Moment(clauses[0], time, begun),), (before, *clauses[1:]))
    if is_prose(line):
        return NOTHING
    if _NUMBERED.fullmatch(plain(before)):
        return Moments((Moment(f"{after} ({before})", time),))
    if plain(before).strip(" :-") in BILL_PLACES:
        return Moments((Moment(f"{before}: {after}", time),))
    if is_place_name(before) and _SET_OFF.search(raw_before.rstrip() + " "[: raw_before != raw_before.rstrip()]):
        return Moments((Moment(after, time, stage=before.strip("[]()")),))
    if OPENS.match(raw_after) or raw_after.lstrip()[:1] in {"(", "[", "@", "~", "*", ":", "-", "–", "—"}:
        return Moments((Moment(without_verb(before) + " " + raw_after.strip(), time, name_first=True),))
    return Moments((Moment(after, time, stage=before.strip("[]()")),)) if is_place_name(before) else NOTHING
