"""Which words of a line belong to which of its times."""

import re
from dataclasses import dataclass, replace
from typing import Final

from coordinator.core.flyer import phrases
from coordinator.core.flyer.clock_times import Time
from coordinator.core.flyer.kinds import kind_of
from coordinator.core.flyer.lines import Line, plain, without_edges
from coordinator.core.flyer.phrases import FactName
from coordinator.core.flyer.places import is_place_name
from coordinator.core.flyer.words import BILL_PLACES


@dataclass(frozen=True, slots=True)
class Moment:
    """A time and its words: a fact of the night, or else what happens then.

    ``name_first``: the words stood before the time. ``apart``: something set the two off from each other. ``stage`` is
    what stood before a time that its name follows.
    """

    words: str
    time: Time
    fact: FactName | None = None
    name_first: bool = False
    apart: bool = True
    stage: str | None = None

    @property
    def is_row(self) -> bool:
        return self.fact is None and bool(self.words)


@dataclass(frozen=True, slots=True)
class Moments:
    """All moments of a line in the order of print, and the words that belong to none of its times."""

    found: tuple[Moment, ...] = ()
    rest: tuple[str, ...] = ()
    listed: bool = False

    @property
    def rows(self) -> tuple[Moment, ...]:
        return tuple(moment for moment in self.found if moment.is_row)

    @property
    def facts(self) -> tuple[Moment, ...]:
        return tuple(moment for moment in self.found if moment.fact)


NOTHING: Final = Moments()
MOST_NAME_WORDS: Final = 14

_CLAUSE_MARK: Final = re.compile(
    r"\s*[,;|•·・、]\s*|\s+[-–—/~]+\s+|\s*/\s*(?!\w*\s*$)|(?<=[^\s.])(?<!\bst)(?<!\bdr)(?<!\bmr)(?<!\bmrs)(?<!\bmt)[.!?]\s+|:\s+|"
    r"\s{3,}|\t",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(
    r"^\s*[,;|•·/・、)\]]|^\s*[.!]\s|^\s+[-–—]\s|^\s*(?:then|and then|followed|after that|"
    r"next|and|plus|with)\b"
)
_CLOSES: Final = re.compile(r"[,;|•·/・、]\s*$|\.\s+$|\s[-–—]\s*$|\b(?:then|and|followed by|next|plus)\s*$")
_SET_OFF: Final = re.compile(r"[-–—:|@(\[,;~/\t…]\s*$|\s{2,}$|\.{2,}\s*$")


def clauses_of(text: str) -> list[str]:
    """The text cut at commas, dashes, full stops and the like; never empty strings."""
    return [clause for part in _CLAUSE_MARK.split(text) if (clause := without_edges(part))]


def moments_in(line: Line, times: list[Time]) -> Moments:
    """The moments of a line (without its bullet); NOTHING where its words fit no time."""
    if not times:
        return NOTHING
    return _one(line, times[0]) if len(times) == 1 else _several(line, times)


def _sides(line: Line, time: Time) -> tuple[str, str]:
    before, after = line.printed[: time.start], line.printed[time.end :]
    opened, closed = before.rstrip()[-1:], after.lstrip()[:1]
    if opened in {"(", "[", "（", "【"} and closed in {")", "]", "）", "】"}:
        before, after = before.rstrip()[:-1] + " ", after.lstrip()[1:]
    return before, after


def _one(line: Line, time: Time) -> Moments:
    raw_before, raw_after = _sides(line, time)
    before, after = without_edges(raw_before), without_edges(raw_after)
    if time.clock is None:
        return _lasting(before, after, time)
    if not before:
        return _time_first(after, time)
    apart = bool(_SET_OFF.search(line.printed[: time.start])) or line.plain[time.start :].startswith(("@", "(", "["))
    if not after:
        return _name_first(before, time, apart=apart)
    return _in_the_middle(line, time, raw_before, raw_after)


def _lasting(before: str, after: str, time: Time) -> Moments:
    """Until 2: the end of the night, when nobody is named."""
    clauses = clauses_of(before) or [""]
    if phrases.fact_in(clauses[-1]) == "show" or phrases.lasts(clauses[-1]) or phrases.fact_in(clauses[-1]) == "ends":
        words = [*clauses[:-1], clauses[-1] if phrases.says_more(clauses[-1]) else "", after]
        return Moments((Moment(clauses[-1], time, "ends", name_first=True),), tuple(word for word in words if word))
    return NOTHING


def _time_first(after: str, time: Time) -> Moments:
    if fact := phrases.fact_in(after):
        return Moments((Moment(after, time, fact),))
    clauses = clauses_of(after)
    if len(clauses) > 1 and (fact := phrases.fact_in(clauses[0])):
        return Moments((Moment(clauses[0], time, fact),), tuple(clauses[1:]))
    return Moments((Moment(after, time),))


def _name_first(before: str, time: Time, *, apart: bool) -> Moments:
    if found := _fact_at_end(before):
        rest, fact = found
        return Moments((Moment(before, time, fact, name_first=True),), (rest,) if rest else ())
    return Moments(
        (Moment(_without_verb(before), time, name_first=True, apart=apart or _without_verb(before) != before),)
    )


def _fact_at_end(text: str) -> tuple[str, FactName] | None:
    """(the words before, the fact), when the last clause of a text is a fact, or its last words are in running "
    "speech."""
    if fact := phrases.fact_in(text):
        return "", fact
    cut = [found.end() for found in _CLAUSE_MARK.finditer(text) if without_edges(text[found.end() :])]
    if cut and (fact := phrases.fact_in(text[cut[-1] :])):
        return without_edges(text[: cut[-1]]), fact
    last = phrases.last_fact_in(text[cut[-1] :] if cut else text)
    if last and (_is_running(text) or last[1] in {"doors", "curfew"}) and not _is_titled(last[0]):
        return without_edges((text[: cut[-1]] if cut else "") + last[0]), last[1]
    return None


def _is_titled(text: str) -> bool:
    """Words that make a name of what follows, such as The Early (Doors)."""
    said = text.split()
    return (bool(said) and len(said) <= 3 and said[-1][:1].isupper() and not text.isupper()) or plain(text).strip() in {
        "the early",
        "early",
        "the",
    }


def _is_running(text: str) -> bool:
    return text.islower() and len(text.split()) > 2


def _in_the_middle(line: Line, time: Time, raw_before: str, raw_after: str) -> Moments:
    before, after = without_edges(raw_before), without_edges(raw_after)
    if found := _fact_at_end(before):
        rest, fact = found
        return Moments((Moment(before, time, fact, name_first=True),), tuple(word for word in (rest, after) if word))
    clauses = clauses_of(after)
    begun = phrases.fact_in(clauses[0]) if clauses else None
    if begun:
        return Moments((Moment(clauses[0], time, begun),), (before, *clauses[1:]))
    if is_prose(line):
        return NOTHING
    if plain(before).strip(" :-") in BILL_PLACES:
        return Moments((Moment(f"{before}: {after}", time),))
    if is_place_name(before) and _SET_OFF.search(raw_before.rstrip() + " "[: raw_before != raw_before.rstrip()]):
        return Moments((Moment(after, time, stage=before.strip("[]()")),))
    if _OPENS.match(raw_after) or raw_after.lstrip()[:1] in {"(", "[", "@", "~", "*", ":", "-", "–", "—"}:
        return Moments((Moment(_without_verb(before) + " " + raw_after.strip(), time, name_first=True),))
    return Moments((Moment(after, time, stage=before),)) if is_place_name(before) else NOTHING


_ENDS_SENTENCE: Final = re.compile(r"[.!?]$")


def is_prose(line: Line) -> bool:
    """A sentence rather than an entry of a bill."""
    count = len(line.words)
    sentence = count > 9 and bool(_ENDS_SENTENCE.search(line.plain)) and not line.plain.endswith((" p.m.", " a.m."))
    return count > 18 or sentence


_VERB: Final = re.compile(
    r"\s+(?:(?:is|are|will be|goes|go|going|comes|come|come|get|gets|be)\s(?:on|up|out)(?:\sstage)?|is|are|on|"
    r"plays|play|playing|starts|start|starting|kicks? (?:it |things |us )?off|kicking off|"
    r"clos(?:e|es|ing)(?: (?:it|things|us|the night|the show|out)){0,3}|finish(?:es)?(?: (?:it|things|us|up|"
    r"off)){0,2}|headlin(?:e|es|ing)|opens?(?: (?:it|things|up|the night|the show)){0,2}|opening|"
    r"(?:takes?|hits?) the stage|hit|hits|wraps? (?:it |things )?up|rounds? (?:it |things )?off|ends? (?:it|the "
    r"night)|up|set|sets)$"
)
_CONNECTOR: Final = re.compile(
    r"^(?:(?:and|then|next|plus|so|also|after|followed|first|last|finally|ok|okay|we|we've|weve|we'll|we're|its|"
    r"it's|that's|thats|there's|theres|have|has|got|up|is|are|by|that|with|will|be|on|at|to|comes|the night|"
    r"(?:hey|hi|hello|yo|hiya|howdy)(?:\s(?:all|everyone|everybody|folks|team|guys|y'all|yall|there|friends|gang|"
    r"pals))*)[\s,:]+)+(?=\S)"
)


def _without_verb(text: str) -> str:
    """ "wren holloway is on" without what is said of her; capitals are a name's own words."""
    bare = text
    if kind_of(text) != "set":
        return text
    while (found := _VERB.search(bare)) and found[0].islower() and len(bare[: found.start()].strip()) > 1:
        bare = bare[: found.start()]
        if not text.islower():
            break
    return bare


def _spoken_name(text: str) -> str:
    """The name in running speech: no "then we got" before it, no "close it out" behind."""
    text = without_edges(text)
    found = _CONNECTOR.match(plain(text))
    if found and text[: found.end()].islower() and text[: found.end()].strip() != "the night":
        text = text[found.end() :]
    text = _without_verb(without_edges(_TAIL_CONNECTOR.sub("", text)) if text.islower() else text)
    found = _WORK.search(text)
    return found[1] if found else without_edges(text)


_TAIL_CONNECTOR: Final = re.compile(r"(?:\s+(?:and|then|plus|&|followed by|next|at|so|first(?: up)?|last))+$")
_WORK: Final = re.compile(r"(?:^|\s)(load[\s-]?in|get[\s-]in|sound[\s-]?check|line[\s-]?check)$")


def _several(line: Line, times: list[Time]) -> Moments:
    label, gaps = _gaps(line, times)
    stage, gaps[0] = _stage_of_all(gaps[0])
    facts, gaps = _bound_facts(line, gaps, times)
    if not facts and (row := _one_row(line, gaps, times)):
        return row
    open_times = [place for place in range(len(times)) if place not in facts]
    name_first = _is_name_first(gaps, open_times)
    found, gaps = _bound_names(facts, gaps, times, name_first=name_first, running=_is_running(line.printed))
    found, tail = _peeled(found, name_first=name_first)
    left = [word for text in [label, *gaps, *tail] if (word := without_edges(text)) and any(map(str.isalnum, word))]
    marked = sum(bool(_OPENS.match(gap) or _CLOSES.search(gap)) for gap in _gaps(line, times)[1][1:-1])
    moments = tuple(replace(found[place], stage=stage) if stage else found[place] for place in sorted(found))
    return Moments(moments, tuple(left), listed=marked * 2 >= len(times) - 1)


_STAGE_HEAD: Final = re.compile(r"^\s*([^:|–—]{2,30}?)(?:\s*[:：|]|\s+[-–—])\s*")


def _stage_of_all(lead: str) -> tuple[str | None, str]:
    """(the stage, the rest) where a line begins with the place of all that it lists: "Main Stage: Foo 7, Bar 8"."""
    found = _STAGE_HEAD.match(lead)
    return (found[1], lead[found.end() :]) if found and is_place_name(found[1]) else (None, lead)


def _bound_names(
    facts: dict[int, Moment], gaps: list[str], times: list[Time], *, name_first: bool, running: bool
) -> tuple[dict[int, Moment], list[str]]:
    """The times that are no facts with the names on their side."""
    found, gaps = dict(facts), list(gaps)
    for place in range(len(times)):
        side = place if name_first else place + 1
        name = _spoken_name(gaps[side]) if running or name_first else without_edges(gaps[side])
        name = _LISTED_WITH.sub("", name)
        moment = Moment(name, times[place], name_first=name_first)
        if place not in facts and _is_entry(moment):
            found[place], gaps[side] = moment, ""
    return found, gaps


_LISTED_WITH: Final = re.compile(r"^(?:w/|with\b|feat\.|featuring\b|plus\b|\+|&)\s*(?=\S)")


def _one_row(line: Line, gaps: list[str], times: list[Time]) -> Moments | None:
    """One act and more than one time: 8:00 Foo - 9:00, 8:00 Foo (8:00-8:45), 8:00 2:54."""
    before, between, behind = gaps[0], gaps[1], gaps[-1]
    first, second = times[0], times[1]
    if without_edges(before) or first.clock is None:
        return None
    if not without_edges(between):
        rest = Line.of(line.printed[first.end :])
        return _time_first(without_edges(rest.printed), first) if len(times) == 2 else None
    bracketed = between.rstrip()[-1:] in {"(", "["} or line.plain[second.start - 1 : second.start] in {"(", "["}
    if len(times) > 2 or not (bracketed or not without_edges(behind)):
        return None
    end = second.until if second.clock in (None, first.clock) else second.clock
    return _time_first(without_edges(between.rstrip(" ([")), replace(first, until=first.until or end))


def _gaps(line: Line, times: list[Time]) -> tuple[str, list[str]]:
    """(the label of a list, what stands before, between and behind its times)."""
    cuts = [0, *(place for time in times for place in (time.start, time.end)), len(line.printed)]
    gaps = [line.printed[start:end] for start, end in zip(cuts[::2], cuts[1::2], strict=True)]
    for place in range(len(times)):
        if gaps[place].rstrip()[-1:] in {"(", "["} and gaps[place + 1].lstrip()[:1] in {")", "]"}:
            gaps[place], gaps[place + 1] = gaps[place].rstrip()[:-1] + " ", gaps[place + 1].lstrip()[1:]
    label, gaps[0] = phrases.without_label(gaps[0])
    return label, gaps


def _bound_facts(line: Line, gaps: list[str], times: list[Time]) -> tuple[dict[int, Moment], list[str]]:
    """Facts take their words from before the time, or else from behind it."""
    found: dict[int, Moment] = {}
    gaps = list(gaps)
    for place, time in enumerate(times):
        before = gaps[place]
        if time.clock is None:
            last = (clauses_of(before) or [""])[-1]
            if phrases.lasts(last) or phrases.fact_in(last):
                found[place] = Moment(last, time, "ends", name_first=True)
                gaps[place] = before if phrases.says_more(last) else before[: before.rfind(last)]
        elif _is_start_after_doors(place, before, found):
            found[place], gaps[place] = Moment(before, time, "show"), ""
            gaps[place + 1] = _START_WORD.sub("", gaps[place + 1])
        elif time_is_up := _time_is_up(before, line.plain[time.start : time.end]):
            found[place], gaps[place] = Moment(before, time, "ends", name_first=True), time_is_up[0]
        elif ended := _fact_at_end(before):
            gaps[place] = ended[0]
            found[place] = Moment(before, time, ended[1], name_first=True)
        elif without_edges(before) and place + 1 < len(times) and _fact_at_end(gaps[place + 1]):
            continue  # the fact behind this time is the next one's, for this one has a name before it
        elif begun := _fact_at_start(gaps[place + 1]):
            gaps[place + 1] = begun[1]
            found[place] = Moment(begun[0], time, begun[0])
    return found, gaps


_START_WORD: Final = re.compile(r"^\s*(?:start|kick-?off|show|curtain)\b", re.IGNORECASE)
_OUT: Final = re.compile(
    r"(?:^|\s)(?:(?:we|you|y'all|everyone|everybody|all|we'll|we're|have|has|got|gotta|need|must|to|be|are)\s)*(?:out|done|finished|over)\s*$"
)


def _is_start_after_doors(place: int, before: str, found: dict[int, Moment]) -> bool:
    """Doors 7 for 7:30, or for an 8 o'clock start."""
    after_doors = place > 0 and place - 1 in found and found[place - 1].fact == "doors"
    return after_doors and before.strip().lower() in {"for", "for a", "for an"}


def _time_is_up(before: str, time: str) -> tuple[str] | None:
    """(what stands before it) when everybody has to be out by then."""
    found = _OUT.search(plain(before)) if time.startswith("by") else None
    return (before[: found.start()],) if found else None


def _fact_at_start(text: str) -> tuple[FactName, str] | None:
    mark = _CLAUSE_MARK.search(text, len(text) - len(text.lstrip(" -–—:|")))
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
    return sum(bool(_OPENS.match(gap)) for gap in between) >= sum(bool(_CLOSES.search(gap)) for gap in between)


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
    """In "8 Foo, 9 Bar, all proceeds to X" the last name ends where the money begins."""
    rows = [place for place in found if found[place].is_row]
    if not rows or name_first:
        return found, []
    last = found[max(rows)]
    cut = next(
        (mark for mark in _CLAUSE_MARK.finditer(last.words) if _NOT_A_NAME.match(plain(last.words[mark.end() :]))), None
    )
    if cut is None:
        return found, []
    return {**found, max(rows): replace(last, words=without_edges(last.words[: cut.start()]))}, [
        last.words[cut.end() :]
    ]


def is_sure(moments: Moments, *, supported: bool) -> bool:
    """Rows that may stand without others like them around: set off from their time, or plainly something of a day "
    "sheet."""
    rows = moments.rows
    return supported or all(row.apart or not row.name_first or kind_of(row.words) != "set" for row in rows)
