"""Proof of consent: when, how and in which words everybody of a show agreed to texts, and who wanted them no more."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from ..accounts.actions import record_change
from ..accounts.models import Coordinator
from ..events.models import Event
from ..messaging.models import OptOut
from ..messaging.queries import opt_outs_of
from ..people.models import PastAgreement, Person
from ..people.queries import past_agreements
from .queries.cast import everybody_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")  # what a spreadsheet may take for something to run
_NUMBER = re.compile(r"\+\d{4,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that somebody said about texts, for one line of the file."""

    person: Person
    what: str
    at: datetime | None
    how: str
    words: str = ""
    sender: str = ""


def proof_of_consent(event: Event, *, by: Coordinator, now: datetime) -> str:
    """The file as CSV: a line for each agreement, its end, each STOP and its lifting. That it was taken is recorded.

    Instants are in the show's zone with their offset from UTC.
    """
    zone = ZoneInfo(event.zone)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Name"), _("Phone"), _("What"), _("When"), _("How"), _("In which words"), _("Sender")])
    for each in happenings(event):
        when = each.at.astimezone(zone).isoformat(timespec="seconds") if each.at else ""
        line = (each.person.name, each.person.phone or "", each.what, when, each.how, each.words, each.sender)
        writer.writerow([harmless(cell) for cell in line])
    record_change(
        organisation_id=event.organisation_id,
        event_id=event.id,
        coordinator_id=by.id,
        by=by.person.name,
        what="consent.exported",
        subject=event.slug,
        now=now,
    )
    return out.getvalue()


def harmless(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run; a phone number runs nothing and stays."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def happenings(event: Event) -> Iterator[Happening]:
    """Person by person, the oldest first."""
    people = everybody_of(event)
    past = past_agreements(person.id for person in people)
    wishes = opt_outs_of({person.phone for person in people if person.phone})
    for person in people:
        own = [each for each in past if each.person_id == person.id]
        said = [*_agreements(person, own), *_wishes(person, [wish for wish in wishes if wish.phone == person.phone])]
        yield from sorted(said, key=lambda each: each.at or event.created_at)
        if not said:
            yield Happening(person, _("Has not agreed to texts"), None, "")


def _agreements(person: Person, past: Sequence[PastAgreement]) -> Iterator[Happening]:
    for each in past:
        yield Happening(person, _("Agreed"), each.agreed_at, each.agreed_how or "", each.agreed_words or "")
        yield Happening(person, _("That agreement ended"), each.ended_at, "")
    if person.agreed_at is not None:
        yield Happening(person, _("Agreed"), person.agreed_at, person.agreed_how or "", person.agreed_words or "")


def _wishes(person: Person, wishes: Sequence[OptOut]) -> Iterator[Happening]:
    for wish in wishes:
        yield Happening(person, _("Wants no texts"), wish.at, wish.how, sender=wish.sender)
        if wish.lifted_at is not None:
            yield Happening(person, _("Wants texts again"), wish.lifted_at, "", sender=wish.sender)
