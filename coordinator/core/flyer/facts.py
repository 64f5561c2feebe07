"""What the lines that are no rows tell: title, venue, cause, date, donation, age; and what is left of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from coordinator.core.flyer import places
from coordinator.core.flyer.bill import Text
from coordinator.core.flyer.causes import cause_in, is_only_a_cause
from coordinator.core.flyer.dates import WEEKDAYS, weekdays_in
from coordinator.core.flyer.giving import age_in, donation_in, is_about_money
from coordinator.core.flyer.headings import first_date, lone_year
from coordinator.core.flyer.lines import Line, folded, plain, without_edges, without_ornaments
from coordinator.core.flyer.model import Donation
from coordinator.core.flyer.moments import clauses_of, is_prose
from coordinator.core.flyer.phrases import fact_in
from coordinator.core.flyer.sheet import without_days


@dataclass(slots=True)
class Told:
    title: str | None = None
    venue: str | None = None
    beneficiary: str | None = None
    on: date | None = None
    donation: Donation | None = None
    age: str | None = None
    by_day: bool = False
    about: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


_BY_DAY: Final = re.compile(
    r"\b(?:morning|afternoon|matin[eé]e|all[- ]day|brunch|lunch(?:time)?|breakfast|nachmittag\w*|frühschoppen|"
    r"après-midi|mañana|manhã|mattina|pomeriggio)\b"
)
_NIGHTLY: Final = re.compile(r"\b(?:tonight|evening|night|late)\b")


def told_by(texts: Sequence[Text], *, zone: str, default_on: date, days: Sequence[date]) -> Told:
    """All facts of the texts. ``days`` are those of a flyer of several days."""
    told = Told()
    for text in texts:
        told.donation = told.donation or donation_in(text.entry.bare, zone=zone)
        told.age = told.age or age_in(text.entry.bare)
    told.beneficiary = _beneficiary(texts)
    told.on = days[0] if days else _date(texts, default_on)
    told.venue = _venue(texts)
    told.title, title_at = _title(texts, told)
    if told.venue is None:
        _venue_after_title(told, texts, title_at)
    head = " ".join(text.entry.bare.plain for text in texts if text.in_head and len(text.entry.line.words) < 20)
    told.by_day = bool(_BY_DAY.search(head)) and not _NIGHTLY.search(head)
    _keep_the_rest(told, texts, title_at)
    return told


def _beneficiary(texts: Sequence[Text]) -> str | None:
    lines = [text.entry.bare for text in texts if not text.is_label]
    strong = next((cause for line in lines if (cause := cause_in(line))), None)
    return strong or next(
        (cause for line in lines if len(line.words) <= 14 and (cause := cause_in(line, weak=True))), None
    )


def _date(texts: Sequence[Text], default_on: date) -> date | None:
    entries = [text.entry for text in texts]
    if any(day.month for entry in entries for day in entry.days):
        return first_date(entries, default_on)
    year = lone_year(entries, default_on)
    named = (day.on_or_after(default_on, year) for text in texts for day in (*text.entry.days, *_weekdays(text)))
    return next((on for on in named if on), None)


_NEXT_WEEKDAY: Final = re.compile(
    r"^(?:this |next |on )?[\w-]+(?:\s(?:morning|afternoon|evening|night|abend|soir|"
    r"noche|noite|sera)|\sis\b|[,:]|$)|.*\bthis\s"
)


def _weekdays(text: Text) -> list:  # type: ignore[type-arg]
    line = text.entry.bare
    if not text.in_head or (len(line.words) > 12 and not line.printed.islower()):
        return []
    found = list(weekdays_in(line))[:1]
    return (
        found if found and (line.printed.islower() or (_NEXT_WEEKDAY.match(line.plain) and found[0].start < 12)) else []
    )


def _rest_clauses(text: Text) -> list[str]:
    """The clauses of a line that no date and no time took."""
    if text.rest is not None:
        return [clause for part in text.rest for clause in clauses_of(part)]
    return clauses_of(without_days(text.entry.bare, text.entry.days).printed)


def _venue(texts: Sequence[Text]) -> str | None:
    for text in texts:
        if venue := places.labelled_venue(text.entry.bare):
            return clauses_of(venue)[0] if clauses_of(venue) else venue
    dated = [text for text in texts if text.entry.days and len(text.entry.line.words) <= 24]
    for text in dated:
        if venue := _venue_beside_date(text):
            return venue
    for text in texts:
        if text.in_head and (venue := _venue_at_start(text)):
            return venue
    return None


_NO_VENUE: Final = re.compile(
    r"\b(?:rain or shine|free|all day|one night only|family[- ]friendly|afternoon|morning|evening|night|noon|"
    r"tonight|gratis|annual|year|only|eintritt|entrada|"
    r"from|doors|show|tickets|pm|am|bring|potluck|byob|uhr)\b"
)


def _venue_beside_date(text: Text) -> str | None:
    masked = without_days(text.entry.bare, text.entry.days)
    at = places.venue_after_at(masked)
    if at:
        return at[1]
    for clause in _rest_clauses(text):
        if (
            clause[0].isupper()
            and len(clause.split()) <= 6
            and _may_be_a_place(clause)
            and masked.printed.find(clause) > text.entry.days[0].start
        ):
            return clause
    return next(
        (clause for clause in _rest_clauses(text) if places.is_venue_name(clause) and _may_be_a_place(clause)), None
    )


def _may_be_a_place(clause: str) -> bool:
    line = Line.of(clause)
    taken = (
        fact_in(clause)
        or age_in(line)
        or cause_in(line)
        or is_about_money(line.plain)
        or places.has_phone(clause)
        or places.is_address(line)
    )
    weekday = plain(clause).strip(" .,") in WEEKDAYS
    return not taken and not weekday and not _NO_VENUE.search(line.plain)


_PERCHED: Final = re.compile(
    r"^(?:live\s)?(?:@|(?:above|behind|beneath|below)\sthe\s|(?:upstairs|downstairs|live|here|down|back|out\sback)?\s?(?:at|@)\s)"
)


def _venue_at_start(text: Text) -> str | None:
    """ "Upstairs at the Wheatsheaf", or a line that begins with @."""
    line = text.entry.bare
    found = places.venue_after_at(without_days(line, text.entry.days)) if _PERCHED.match(line.plain) else None
    return found[1] if found else None


_BRACKETED: Final = re.compile(r"^(?P<name>[^()]{3,60}?)\s*\((?P<inner>[^()]*)\)$")
_EVENT_WORD: Final = re.compile(
    r"\b(?:fest|festival|night|party|jam|ball|gala|concert|show|sale|fair|day|days|gathering|kickoff|fling|"
    r"fundraiser|session|sessions|revue|bash|hootenanny|hoedown|"
    r"picnic|parade|weekend|evening|benefit|soirée|noche|serata|abend|sarau)\b"
)


def _title(texts: Sequence[Text], told: Told) -> tuple[str | None, int | None]:
    """(the title, the place of its line): the first words at the head that are nothing else."""
    for place, text in enumerate(texts[:6]):
        if not text.in_head or text.is_label or is_prose(text.entry.bare):
            continue
        if venue := _house_with_a_benefit(text):
            told.venue = told.venue or venue
            continue
        if _is_no_title(texts, place):
            continue
        if title := _title_in(text, told):
            return title, place
    return None, None


def _house_with_a_benefit(text: Text) -> str | None:
    """Larkspur Tavern (animal shelter benefit): the house, and what it is for."""
    found = _BRACKETED.match(text.entry.bare.printed)
    if not found or _EVENT_WORD.search(plain(found["name"])):
        return None
    inner = Line.of(found["inner"])
    return found["name"].strip() if cause_in(inner) or cause_in(inner, weak=True) or "benefit" in inner.plain else None


def _is_no_title(texts: Sequence[Text], place: int) -> bool:
    line = texts[place].entry.bare
    if (
        texts[place].entry.heading
        or places.is_address(line)
        or places.has_phone(line.printed)
        or places.labelled_venue(line)
    ):
        return True
    if _PERCHED.match(line.plain) or fact_in(line.printed) or (age_in(line) and len(line.words) < 4):
        return True
    return bool(is_about_money(line.plain) and not _EVENT_WORD.search(line.plain))


def _title_in(text: Text, told: Told) -> str | None:
    clauses = _rest_clauses(text)
    if text.rest is not None or text.entry.days:
        return _title_before(clauses[0], text, told) if clauses else None
    printed = without_ornaments(text.entry.bare).printed
    head = re.split(r"\s@\s", printed)[0]
    return _unquoted(head) if any(map(str.isalpha, head)) else None


def _title_before(clause: str, text: Text, told: Told) -> str | None:
    """The first clause of a line that tells a date or doors too, when it is no place and nothing to pay."""
    line, event = Line.of(clause), bool(_EVENT_WORD.search(plain(clause)))
    if is_about_money(line.plain) or age_in(line) or folded(clause) == folded(told.venue or ""):
        return None
    named = event or cause_in(line) or (text.entry.bare.printed.startswith(clause) and _may_be_a_place(clause))
    return _unquoted(clause) if named else None


def _unquoted(title: str) -> str:
    title = without_edges(title)
    for opening, closing in (("“", "”"), ('"', '"'), ("«", "»"), ("„", "“")):
        if (
            title.startswith(opening)
            and title.endswith(closing)
            and title.count(closing) + title.count(opening) <= 2 + 2 * (opening == closing)
        ):
            return title[1:-1].strip()
    return title


def _venue_after_title(told: Told, texts: Sequence[Text], title_at: int | None) -> None:
    """The line above an address, or a line that bears a house's name; last of all the title itself."""
    head = [
        (place, text) for place, text in enumerate(texts) if text.in_head and text.rest is None and not text.entry.days
    ]
    for text in texts:
        if text.in_head and (name := places.before_address(text.entry.bare)) and _may_be_a_place(name):
            told.venue = name
            return
    for place, text in head:
        beneath = texts[place + 1].entry.bare if place + 1 < len(texts) else None
        if (
            place != title_at
            and beneath
            and places.is_address(beneath)
            and _may_be_a_place(text.entry.bare.printed)
            and len(text.entry.bare.words) <= 7
        ):
            told.venue = text.entry.bare.printed
            return
    for place, text in head:
        line = text.entry.bare
        if (
            place != title_at
            and not text.is_label
            and places.is_venue_name(line.printed)
            and _may_be_a_place(line.printed)
            and not cause_in(line, weak=True)
        ):
            told.venue = line.printed
            return
    for text in texts:
        if (
            text.in_head
            and (found := places.venue_after_at(text.entry.bare))
            and places.is_venue_name(found[1])
            and not is_prose(text.entry.bare)
        ):
            told.venue = found[1]
            return


def _keep_the_rest(told: Told, texts: Sequence[Text], title_at: int | None) -> None:
    for place, text in enumerate(texts):
        line = text.entry.bare
        clauses = _rest_clauses(text)
        if (
            place == title_at
            and text.rest is None
            and not text.entry.days
            and folded(told.title or "") in folded(line.printed)
        ):
            clauses = clauses_of(line.printed.replace(told.title or "", " ", 1))
        left = [clause for clause in clauses if not _has_its_place(clause, told)]
        if text.rest is None and not text.entry.days and _has_its_place(line.printed, told):
            left = []
        if not left and not text.is_label:
            continue
        if text.rest is not None:
            told.unread.extend(
                part for part in text.rest if any(not _has_its_place(clause, told) for clause in clauses_of(part))
            )
        elif text.is_label or len(line.words) < 3 or places.has_phone(line.printed) or places.is_address(line):
            told.unread.append(text.entry.line.printed)
        else:
            told.about.append(text.entry.line.printed)


def _has_its_place(clause: str, told: Told) -> bool:
    """Some fact says all that the clause says."""
    line = Line.of(clause)
    if folded(clause) in {folded(told.title or ""), folded(told.venue or "")}:
        return True
    if told.venue and folded(told.venue) in line.plain and len(clause.split()) - len(told.venue.split()) <= 3:
        return True
    if told.age and age_in(line) and len(line.words) <= 3:
        return True
    if told.donation and donation_in(line, zone="") and len(line.words) <= 5:
        return True
    return bool(told.beneficiary and is_only_a_cause(line.plain) and line.plain.endswith(plain(told.beneficiary)))
