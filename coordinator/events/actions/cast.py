"""Adding people to an event."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.people.models import Person

from ..models import Event, EventPerson
from .locking import lock_event
from .names import free_key


def add_to_cast(event_id: int, person: Person) -> None:
    """Add the person to the event, under a key made from their name; calling it twice changes nothing."""
    with transaction() as session:
        there = select(EventPerson.id).where(EventPerson.event_id == event_id, EventPerson.person_id == person.id)
        if session.scalars(there).first() is not None:
            return
        lock_event(session, event_id)
        taken = session.scalars(select(EventPerson.key).where(EventPerson.event_id == event_id)).all()
        key = free_key(person.name, taken, otherwise="person")
        session.add(EventPerson(event_id=event_id, person_id=person.id, key=key))
        session.flush()


def add_all_to_cast(event_id: int, people: Iterable[Person]) -> None:
    """The same for many people, in the same few queries however many they are."""
    with transaction() as session:
        lock_event(session, event_id)
        parts = session.scalars(select(EventPerson).where(EventPerson.event_id == event_id)).all()
        there, taken = {part.person_id for part in parts}, {part.key for part in parts}
        for person in people:
            if person.id not in there:
                key = free_key(person.name, taken, otherwise="person")
                session.add(EventPerson(event_id=event_id, person_id=person.id, key=key))
                there.add(person.id)
                taken.add(key)
        session.flush()


def mark_stage_manager(event: Event, person: Person, *, runs: bool, actor: Actor, now: datetime) -> None:
    """Let the person run the night by text, or stop letting them."""
    with transaction() as session:
        _part(session, event, person).stage_manager = runs
        verb = "stage_manager.added" if runs else "stage_manager.removed"
        record(event, actor, verb, f"person:{person.id}", now=now)


def mark_artist_liaison(event: Event, person: Person, *, liaises: bool, actor: Actor, now: datetime) -> None:
    """Let the person look after the performers, or no longer: they are asked when the stage manager does not answer."""
    with transaction() as session:
        _part(session, event, person).artist_liaison = liaises
        verb = "artist_liaison.added" if liaises else "artist_liaison.removed"
        record(event, actor, verb, f"person:{person.id}", now=now)


def _part(session: Session, event: Event, person: Person) -> EventPerson:
    add_to_cast(event.id, person)
    part = select(EventPerson).where(EventPerson.event_id == event.id, EventPerson.person_id == person.id)
    return session.scalars(part).one()
