"""What the show is called: the first words at the head of a flyer that are nothing else."""

import re
from collections.abc import Sequence
from typing import Final

from coordinator.core.flyer import places
from coordinator.core.flyer.bill import Text
from coordinator.core.flyer.causes import cause_in
from coordinator.core.flyer.giving import age_in, is_about_money
from coordinator.core.flyer.lines import Line, folded, plain, unquoted, without_edges, without_ornaments
from coordinator.core.flyer.moments import is_prose
from coordinator.core.flyer.phrases import fact_in, is_label
from coordinator.core.flyer.speech import GREETS
from coordinator.core.flyer.venues import PERCHED, may_be_a_place

HEAD: Final = 6  # texts; a title stands among the first
_NO_MORE_THAN_A_CAUSE: Final = re.compile(
    r"(?:in (?:aid|support)\b|for (?:the|our)\b|all proceeds\b|proceeds\b|benefits\b|benefit(?:t)?ing\b|zugunsten\b|"
    r"an? (?:night|evening|day|show|concert) for\b|raising (?:money|funds)\b|fundraising for\b)"
)


def title_of(texts: Sequence[Text], venue: str | None) -> tuple[str | None, int | None]:
    """(the title, the place of its line)."""
    for place, text in enumerate(texts[:HEAD]):
        other = not text.in_head or text.is_label or is_prose(text.entry.bare) or _is_no_title(text, venue, place)
        title = None if other else _title_in(text, venue)
        if title:
            return title, place
    return None, None


def _is_no_title(text: Text, venue: str | None, place: int) -> bool:
    line = text.entry.bare
    told = (
        text.entry.heading,
        text.entry.has_rows and not text.entry.days,
        places.labelled_venue(line),
        PERCHED.match(line.plain),
        not text.is_whole and places.room_of_a_house(line),
        fact_in(line.printed),
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


def _title_before(clause: str, text: Text, venue: str | None) -> str | None:
    """The first clause of a line that tells a date or doors too, when it is no place and nothing to pay."""
    line, event = Line.of(clause), bool(places.EVENT.search(plain(clause)))
    if is_about_money(line.plain) or age_in(line) or is_label(clause) or folded(clause) == folded(venue or ""):
        return None
    named = event or cause_in(line) or (text.entry.bare.printed.startswith(clause) and may_be_a_place(clause))
    return unquoted(without_edges(clause)) if named else None
