"""Proof of consent: when, how and in which words everybody of a show agreed to texts, and who wanted them no more."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that somebody said about texts, for one line of the file."""

    person: Person
    what: str
    at: datetime | None
    how: str
    words: str = ""
    sender: str = ""


def proof_of_consent(event: Event, *, by: Coordinator, now: datetime) -> list[Sequence[str]]:
    """The head, then a line for each agreement, its end, each STOP and its lifting. That it was taken is recorded.

    Instants are in the show's zone with their offset from UTC.
    """
    zone = ZoneInfo(event.zone)
    lines: list[Sequence[str]] = [
        [_("Name"), _("Phone"), _("What"), _("When"), _("How"), _("In which words"), _("Sender")]
    ]
    for each in happenings(event):
        when = each.at.astimezone(zone).isoformat(timespec="seconds") if each.at else ""
        lines.append((each.person.name, each.person.phone or "", each.what, when, each.how, each.words, each.sender))
    record_change(
        organisation_id=event.organisation_id,
        event_id=event.id,
        coordinator_id=by.id,
        by=by.person.name,
        what="consent.exported",
        subject=event.slug,
        now=now,
    )
    return lines


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
