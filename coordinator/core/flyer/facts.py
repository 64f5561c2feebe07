"""What the lines that are no rows tell: title, venue, cause, date, donation, age; and what is left of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from coordinator.core.flyer.bill import Text
from coordinator.core.flyer.causes import cause_in
from coordinator.core.flyer.dates import Day, weekdays_in
from coordinator.core.flyer.giving import age_in, donation_in
from coordinator.core.flyer.headings import first_date, lone_year
from coordinator.core.flyer.model import Donation
from coordinator.core.flyer.speech import is_running
from coordinator.core.flyer.titles import title_of
from coordinator.core.flyer.venues import venue_in_head, venue_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The facts of the lines that are no rows. ``title_at`` is the place of the title's line among them."""

    title: str | None
    title_at: int | None
    venue: str | None
    beneficiary: str | None
    on: date | None
    donation: Donation | None
    age: str | None
    by_day: bool


_BY_DAY: Final = re.compile(
    r"\b(?:morning|farmers'? market|flea market|fayre|"
    r"afternoon|matin[eé]e|all[- ]day|brunch|lunch(?:time)?|breakfast|nachmittag\w*|frühschoppen|"
    r"après-midi|mañana|manhã|mattina|pomeriggio)\b"
)
_NIGHTLY: Final = re.compile(r"\b(?:tonight|evening|night|late)\b")


def told_by(texts: Sequence[Text], *, zone: str, default_on: date, days: Sequence[date]) -> Told:
    """All facts of the texts. ``days`` are those of a flyer of several days."""
    lines = [text.entry.bare for text in texts]
    venue = venue_named(texts)
    title, title_at = title_of(texts, venue)
    return Told(
        title=title,
        title_at=title_at,
        venue=venue or venue_in_head(texts, title_at),
        beneficiary=_beneficiary(texts),
        on=days[0] if days else _date(texts, default_on),
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
