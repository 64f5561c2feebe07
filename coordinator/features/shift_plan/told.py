"""The very words that adding someone to a shift, or removing someone, texts: shown before the press."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from coordinator.accounts.models import Coordinator
from coordinator.events.models import Event
from coordinator.messaging.models import MessageKind
from coordinator.messaging.queries.reached import introduced
from coordinator.people.models import Person
from coordinator.reminders.actions.place_words import Contact, words_of
from coordinator.reminders.queries.places import PlaceNews, ToldShift
from coordinator.shifts.models import EXPECTED

from .queries.volunteers import ShiftOverview, ShiftRow


@dataclass(frozen=True, slots=True)
class WordsOfPresses:
    """``asked``: what someone added to a shift reads, by shift, in the coordinator's language and without a name.

    ``removed``: what someone reads who is removed, by sign-up; only people who get texts.
    """

    asked: Mapping[int, str]
    removed: Mapping[int, str]


def words_of_presses(
    event: Event, helping: ShiftOverview, by: Coordinator, now: datetime, language: str
) -> WordsOfPresses:
    """In the same number of queries however many shifts there are."""
    someone = Person(name="", language=language)
    expected = [(row, each) for row in helping.taking_place for each in row.people if each.state in EXPECTED]
    texted = [(row, each) for row, each in expected if each.person_id not in helping.to_call]
    known = introduced({each.person.phone or "" for _, each in texted}, event.organisation_id)
    return WordsOfPresses(
        {row.shift.id: _words(MessageKind.ASSIGNED, row, someone, by, now) for row in helping.taking_place},
        {
            each.id: _words(MessageKind.REMOVED, row, each.person, by, now, is_first=each.person.phone not in known)
            for row, each in texted
        },
    )


def _words(kind: str, row: ShiftRow, person: Person, by: Coordinator, now: datetime, *, is_first: bool = False) -> str:
    event, place = row.shift.event, ToldShift(row.shift, row.starts_at, row.ends_at)
    contact = (
        Contact(event.contact_name or event.organisation.name, event.contact_phone) if event.contact_phone else None
    )
    if contact is None and by.person.phone:
        contact = Contact(by.person.first_name, by.person.phone)
    words = words_of(PlaceNews("", kind, person, (place,), now), event, link="", call=contact)
    return words.first_body if is_first else words.body
