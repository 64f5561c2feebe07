"""Changing what is known about someone of a show, from the list of people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.models import Event
from coordinator.events.regions import region_of
from coordinator.people.actions.emails import parse_email
from coordinator.people.actions.moving import move_email, move_phone
from coordinator.people.actions.persons import edit_person, note_about
from coordinator.people.actions.phones import parse_phone
from coordinator.people.models import Channel, Person


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What a coordinator enters about someone; ``phone`` and ``email`` as typed, empty for none.

    ``email`` and ``prefers`` None: were not asked for, and stay.
    """

    name: str
    phone: str
    language: str
    notes: str
    email: str | None = None
    prefers: Channel | None = None


def change_facts(event: Event, person: Person, facts: PersonFacts, *, actor: Actor, now: datetime) -> Sequence[Channel]:
    """Change them. Returns the ways whose agreement ended with an old number or address.

    Raises NotAPhone, NotAnEmail, NoName.
    """
    phone = parse_phone(facts.phone, region_of(event.zone)) if facts.phone.strip() else None
    email = parse_email(facts.email) if facts.email and facts.email.strip() else None
    before = _told(person)
    with transaction():
        edit_person(person, name=facts.name, language=facts.language, prefers=facts.prefers)
        note_about(person, facts.notes)
        ended = [Channel.TEXT] * move_phone(person, phone, now)
        if facts.email is not None:
            ended += [Channel.EMAIL] * move_email(person, email, now)
        record(event, actor, "person.changed", f"person:{person.id}", now=now, before=before, after=_told(person))
    return ended


def _told(person: Person) -> dict[str, object]:
    """Never the number, the address or the notes themselves: the audit log outlives them."""
    return {
        "language": person.language,
        "has_phone": person.phone is not None,
        "agreed": person.can_be_texted,
        "has_email": person.email is not None,
        "agreed_to_emails": person.can_be_mailed,
        "prefers": person.prefers or Channel.TEXT,
        "has_notes": person.notes is not None,
    }
