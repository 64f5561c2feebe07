"""The venue: after a label, beside the date, after "upstairs at", above an address."""

import re
from collections.abc import Sequence
from typing import Final

from ..entries.entry import without_days
from ..moments.moment import clauses_of, is_prose
from ..rows.bill import Text
from ..text.lines import Line, plain
from ..times.dates import WEEKDAYS
from ..vocabulary import places
from ..vocabulary.causes import cause_in, is_only_a_cause
from ..vocabulary.giving import age_in, is_about_money
from ..vocabulary.phrases import fact_in


def venue_named(texts: Sequence[Text]) -> str | None:
    """The venue that the flyer names explicitly."""
    for text in texts:
        if labelled := places.labelled_venue(without_days(text.entry.bare, text.entry.days).trimmed()):
            return (clauses_of(labelled.split("(")[0]) or [labelled])[0]
        if text.entry.line.printed.startswith(places.PIN):
            return text.entry.bare.printed
    for place, text in enumerate(texts):
        if held := _held_at(text):
            return held
        beside = _beside_date(text, leads=place == 0) if text.entry.days and len(text.entry.line.words) <= 24 else None
        if venue := beside or (_at_start(text) if text.in_head else None) or _venue_with_a_benefit(text):
            return venue
    return None


_HELD_AT: Final = re.compile(
    r"\b(?:held|takes? place|taking place|hosted|happens|happening|returns|be|is)\s(?=(?:at|in)\s(?:the\s)?\S)"
)


def _held_at(text: Text) -> str | None:
    """ "… is held at the Hop Barn courtyard, 2775 Old Mill Road, on Saturday": a name, not a town or a time."""
    line = without_days(text.entry.bare, text.entry.days)
    for found in _HELD_AT.finditer(line.plain):
        at = places.venue_after_at(line.part(found.end(), len(line.printed)))
        if at and at[0] == 0 and at[1][:1].isupper() and may_be_a_place(at[1]):
            return at[1]
    return None


_NO_VENUE: Final = re.compile(
    r"\b(?:rain or shine|free|all day|one night only|family[- ]friendly|afternoon|morning|evening|night|noon|"
    r"tonight|gratis|annual|year|only|eintritt|entrada|"
    r"from|doors|show|tickets|pm|am|bring|potluck|byob|uhr|open|opens|closes|until|till)\b"
)


def _beside_date(text: Text, *, leads: bool) -> str | None:
    """``leads``: this is the first line, whose first words are more likely a title."""
    masked = without_days(text.entry.bare, text.entry.days)
    if at := places.venue_after_at(masked):
        return at[1]
    named = [clause for clause in text.clauses if len(clause.split()) <= 6 and may_be_a_place(clause)]
    first = text.entry.days[0].start if leads else -1
    behind = [clause for clause in named if clause[0].isupper() and masked.printed.find(clause) > first]
    return next(iter(behind), None) or next(filter(places.is_venue_name, named), None)


def may_be_a_place(clause: str) -> bool:
    """Whether it looks like nothing else that a flyer says."""
    line = Line.of(clause)
    tellings = (fact_in(clause), age_in(line), cause_in(line), is_about_money(line.plain), places.has_phone(clause))
    weekday = plain(clause).strip(" .,") in WEEKDAYS
    event = places.EVENT.search(line.plain) and not places.is_venue_name(" ".join(clause.split()[-1:]))
    return not (event or any(tellings) or places.is_address(line) or weekday or _NO_VENUE.search(line.plain))


UPSTAIRS_AT: Final = re.compile(
    r"^(?:live\s)?(?:@|(?:above|behind|beneath|below)\sthe\s|(?:upstairs|downstairs|live|here|down|back|out\sback)?\s?(?:at|@)\s)"
)


def _at_start(text: Text) -> str | None:
    """ "Upstairs at the Wheatsheaf", or a line that begins with @."""
    line = without_days(text.entry.bare, text.entry.days)
    if not text.is_whole and (name := places.room_of_a_venue(line)):
        return name
    found = places.venue_after_at(line) if UPSTAIRS_AT.match(line.plain) else None
    if found and _FLOOR.match(line.printed):
        name = found[1].removeprefix("The ")
        return line.printed[: line.printed.index(name) + len(name)].strip()
    return found[1] if found else None


_FLOOR: Final = re.compile(r"^(?:upstairs at|downstairs at|above|behind|beneath|below)\s(?:the\s)?", re.IGNORECASE)
_DASHED: Final = re.compile(r"^(?P<name>[^()]{3,60}?)\s+[-–—|]\s+(?P<inner>.+)$")
_BRACKETED: Final = re.compile(r"^(?P<name>[^()]{3,60}?)\s*\((?P<inner>[^()]*)\)$")


def _venue_with_a_benefit(text: Text) -> str | None:
    """Larkspur Tavern (animal shelter benefit): the venue and its cause."""
    found = _BRACKETED.match(text.entry.bare.printed) if text.in_head else None
    dashed = _DASHED.match(text.entry.bare.printed) if text.in_head and not found else None
    if dashed and places.is_venue_name(dashed["name"]) and cause_in(Line.of(dashed["inner"])):
        return dashed["name"].strip()
    if not found or places.EVENT.search(plain(found["name"])):
        return None
    inner = Line.of(found["inner"])
    return found["name"].strip() if cause_in(inner) or cause_in(inner, weak=True) or "benefit" in inner.plain else None


def venue_in_head(texts: Sequence[Text], title_at: int | None) -> str | None:
    """The venue of a line without a label: beside or above an address, or a line with the word for a venue."""
    for text in texts:
        if text.in_head and (name := places.before_address(text.entry.bare)) and may_be_a_place(name):
            return name
    head = [place for place, text in enumerate(texts) if text.in_head and text.is_whole and place != title_at]
    named = [place for place in head if len(texts[place].entry.bare.words) <= 7 and not texts[place].is_label]
    likely = [place for place in named if may_be_a_place(texts[place].entry.bare.printed)]
    above = [place for place in likely if place + 1 < len(texts) and places.is_address(texts[place + 1].entry.bare)]
    if above:
        return texts[above[0]].entry.bare.printed
    houses = (house for place in likely if (house := _venue_in(texts[place].entry.bare)))
    return next(houses, None) or _venue_at(texts) or _venue_above_a_cause(texts) or _between_facts(texts, likely)


def _venue_in(line: Line) -> str | None:
    """The line if it contains a word for a venue, or the part before its comma: Drill Hall, Lower Road."""
    if cause_in(line, weak=True) or _NO_VENUE.search(line.plain):
        return None
    names = (line.printed, line.printed.partition(",")[0])
    return next((name for name in names if places.is_venue_name(name)), None)


def _venue_above_a_cause(texts: Sequence[Text]) -> str | None:
    """Quarry Road Social Club, and below it "a night for the lifeboat": the venue is the heading of its own bill."""
    if len(texts) < 2 or not (texts[0].in_head and texts[0].is_whole and texts[1].in_head):
        return None
    house = _venue_in(texts[0].entry.bare)
    return house if house and is_only_a_cause(texts[1].entry.bare.plain) else None


def _between_facts(texts: Sequence[Text], likely: Sequence[int]) -> str | None:
    """A name alone between the date and the doors."""
    for place in likely:
        name, beside = texts[place].entry.bare.printed, [*texts[place - 1 : place], *texts[place + 1 : place + 2]]
        told = len(beside) == 2 and all(text.entry.days or text.entry.moments.facts for text in beside)
        if told and any(text.entry.days for text in beside) and name[0].isupper() and not _is_a_motto(name):
            return name
    return None


def _is_a_motto(name: str) -> bool:
    return bool(places.EVENT.search(plain(name))) or name.endswith((".", "!", "?", ":"))


def _venue_at(texts: Sequence[Text]) -> str | None:
    """ "Benefit for the Clinic at Foxglove Hall"."""
    found = (places.venue_after_at(text.entry.bare) for text in texts if text.in_head and not is_prose(text.entry.bare))
    return next((at[1] for at in found if at and places.is_venue_name(at[1])), None)
