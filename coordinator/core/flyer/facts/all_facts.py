"""Facts from the lines that are not rows: title, venue, cause, date, donation, age."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ..model import Donation
from ..rows.bill import Text
from ..rows.headings import first_date, lone_year
from ..times.dates import Day, weekdays_in
from ..vocabulary.causes import cause_in
from ..vocabulary.giving import age_in, donation_in
from ..vocabulary.speech import is_running
from .titles import title_of
from .venues import venue_in_head, venue_named


@dataclass(frozen=True, slots=True, kw_only=True)
class FlyerFacts:
    """The facts of the lines that are not rows. ``title_at`` is the index of the title's line among them."""

    title: str | None
    title_at: int | None
    venue: str | None
    beneficiary: str | None
    on: date | None
    days: tuple[date, ...]
    donation: Donation | None
    age: str | None
    by_day: bool


_BY_DAY: Final = re.compile(
    r"\b(?:story\s?time|puppets?|face painting|egg hunt|picnic lunch|family day|library day|kids'? (?:day|show|club)|"
    r"morning|fete|farmers'? market|flea market|fayre|"
    r"afternoon|matin[eé]e|all[- ]day|brunch|lunch(?:time)?|breakfast|nachmittag\w*|frühschoppen|"
    r"après-midi|mañana|manhã|mattina|pomeriggio)\b"
)
_NIGHTLY: Final = re.compile(r"\b(?:tonight|evening|night|late)\b")


def facts_in(texts: Sequence[Text], *, zone: str, default_on: date, days: Sequence[date]) -> FlyerFacts:
    """All facts in the texts. ``days`` are the dates of a flyer of several days."""
    lines = [text.entry.bare for text in texts]
    venue = venue_named(texts)
    title, title_at = title_of(texts, venue)
    return FlyerFacts(
        title=title,
        title_at=title_at,
        venue=venue or venue_in_head(texts, title_at),
        beneficiary=_beneficiary(texts),
        on=days[0] if days else _date(texts, default_on),
        days=tuple(days) or _days_named(texts, default_on),
        donation=next((gift for line in lines if (gift := donation_in(line, zone=zone))), None),
        age=next((age for line in lines if (age := age_in(line))), None),
        by_day=_is_by_day(texts),
    )


def _is_by_day(texts: Sequence[Text]) -> bool:
    head = " ".join(text.entry.bare.plain for text in texts if text.in_head and len(text.entry.line.words) < 20)
    return bool(_BY_DAY.search(head)) and not _NIGHTLY.search(head)


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


MOST_DAYS: Final = 7


def _days_named(texts: Sequence[Text], default_on: date) -> tuple[date, ...]:
    """The days of the show, of "June 5-6" or "June 5 and 6"; a single one says nothing about rows."""
    entries = [text.entry for text in texts]
    year, first = lone_year(entries, default_on), first_date(entries, default_on)
    named: set[date] = set()
    for day in (day for text in texts if text.in_head for day in text.entry.days if day.month):
        on = day.nearest(first, year)
        if on:
            last = (day.last or on.day) - on.day
            named |= {on + timedelta(days=ahead) for ahead in range(min(max(last, 0), MOST_DAYS) + 1)}
    return tuple(sorted(named)) if 1 < len(named) <= MOST_DAYS else ()


_NEXT_WEEKDAY: Final = re.compile(
    r"^(?:this |next |on )?[\w-]+(?:\s(?:morning|afternoon|evening|night|abend|soir|"
    r"noche|noite|sera)|\sis\b|[,:]|$)|.*\bthis\s"
)


def _weekdays(text: Text) -> list[Day]:
    line = text.entry.bare
    if not text.in_head or (len(line.words) > 12 and not is_running(line.printed)):
        return []
    found = list(weekdays_in(line))[:1]
    near = is_running(line.printed) or (found and _NEXT_WEEKDAY.match(line.plain) and found[0].start < 12)
    return found if near else []
