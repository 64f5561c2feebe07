"""The title of the show: the first words of the flyer that are nothing else."""

import re
from collections.abc import Sequence
from typing import Final

from ..moments.moment import is_prose
from ..rows.bill import Text
from ..text.lines import Line, folded, plain, unquoted, without_edges, without_ornaments
from ..vocabulary import places
from ..vocabulary.causes import cause_in
from ..vocabulary.giving import age_in, is_about_money
from ..vocabulary.phrases import fact_in, is_credit, is_label
from ..vocabulary.speech import GREETS
from .venues import UPSTAIRS_AT, may_be_a_place

HEAD: Final = 6  # the title is among this many first texts
_NO_MORE_THAN_A_CAUSE: Final = re.compile(
    r"(?:in (?:aid|support)\b|for (?:the|our)\b|all proceeds\b|proceeds\b|benefits\b|benefit(?:t)?ing\b|zugunsten\b|"
    r"an? (?:night|evening|day|show|concert) for\b|raising (?:money|funds)\b|fundraising for\b)"
)


def title_of(texts: Sequence[Text], venue: str | None) -> tuple[str | None, int | None]:
    """(the title, the index of its line)."""
    for place, text in enumerate(texts[:HEAD]):
        other = not text.in_head or text.is_label or is_prose(text.entry.bare) or _is_no_title(text, venue, place)
        title = None if other else _title_in(text, venue)
        if title:
            return title, place
    told = ((_title_told(text), place) for place, text in enumerate(texts[:HEAD]) if text.in_head)
    return next(((title, place) for title, place in told if title), (None, None))


_TOLD: Final = re.compile(
    r"^(?:(?:please\s)?(?:join us|come (?:out|along)|you(?:'re| are) invited) (?:for|to)\s)?(?:the|our|a|an)?\s?"
    r"(?P<title>[^,.;:!?]{3,60}?)(?:,\s[^.]{3,120}?,)?\s(?:is|are|will be|takes? place|returns?|happens|comes back|"
    r"kicks off|will take place|gets? under way)\b"
)
_INVITED: Final = re.compile(
    r"^(?:please\s)?(?:join us|come (?:out|along)|you(?:'re| are) invited) (?:for|to)\s(?:the\s|our\s|an?\s)?"
    r"(?P<title>[^,.;:!?]{3,60}?)(?:[,.;:!?]|\s(?:on|at|this|next|from|in)\s)"
)


def _title_told(text: Text) -> str | None:
    """The title in a sentence that also names the day: "Hungerfest, the yearly fundraiser, is held at … on …"."""
    line = text.entry.bare
    found = (_INVITED.match(line.plain) or _TOLD.match(line.plain)) if text.entry.days else None
    title = line.printed[found.start("title") : found.end("title")].strip() if found else ""
    return title if title[:1].isupper() or title[:1].isdigit() else None


def _is_no_title(text: Text, venue: str | None, place: int) -> bool:
    line = text.entry.bare
    told = (
        text.entry.heading,
        text.entry.has_rows and not text.entry.days,
        places.labelled_venue(line),
        UPSTAIRS_AT.match(line.plain),
        not text.is_whole and places.room_of_a_venue(line),
        fact_in(line.printed),
        is_credit(line),
        GREETS.match(line.plain),
    )
    if any(told) or places.is_address(line) or places.has_phone(line.printed) or (age_in(line) and len(line.words) < 4):
        return True
    if venue and folded(line.printed).startswith(folded(venue)):
        return True
    if place and _NO_MORE_THAN_A_CAUSE.match(line.plain):
        return True
    return is_about_money(line.plain) and not places.EVENT.search(line.plain)


def _title_in(text: Text, venue: str | None) -> str | None:
    if not text.is_whole:
        return _title_before(text.clauses[0], text, venue) if text.clauses else None
    head = re.split(r"\s@\s", without_ornaments(text.entry.bare).printed)[0]
    return unquoted(without_edges(head)) if any(map(str.isalpha, head)) else None


_LABEL: Final = re.compile(
    r"(?:when|where|what|who|date|day|time|cost|price|admission|tickets?|info|venue|location|fecha|hora|cu[aá]ndo|d[oó]nde|lugar|"
    r"datum|zeit|wann|wo|quand|où|date et heure)\W*"
)


def _title_before(clause: str, text: Text, venue: str | None) -> str | None:
    """The first clause of a line that also gives a date or doors, unless it is a place or an amount."""
    line, event = Line.of(clause), bool(places.EVENT.search(plain(clause)))
    if is_about_money(line.plain) or age_in(line) or is_label(clause) or folded(clause) == folded(venue or ""):
        return None
    if _LABEL.fullmatch(plain(clause)):
        return None
    named = event or cause_in(line) or (text.entry.bare.printed.startswith(clause) and may_be_a_place(clause))
    return unquoted(without_edges(clause)) if named else None
