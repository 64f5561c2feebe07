"""Becoming part of an event."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from ...db import transaction
from ...people.models import Person
from ..models import EventPerson
from .locking import lock_event
from .names import free_key


def add_to_cast(event_id: int, person: Person) -> None:
    """Make the person part of the event, under a key from their name; twice is once."""
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
    """The same for many, in the same few queries however many they are."""
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


def mark_stage_manager(event_id: int, person: Person, *, runs: bool) -> None:
    """Let the person run the night by text, or no longer."""
    with transaction() as session:
        add_to_cast(event_id, person)
        part = select(EventPerson).where(EventPerson.event_id == event_id, EventPerson.person_id == person.id)
        session.scalars(part).one().stage_manager = runs
