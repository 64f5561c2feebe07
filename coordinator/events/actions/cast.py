"""Becoming part of an event."""

from __future__ import annotations

from sqlalchemy import select

from ...db import transaction
from ...people.models import Person
from ..models import Event, EventPerson
from .names import free_key


def add_to_cast(event_id: int, person: Person) -> None:
    """Make the person part of the event, under a key from their name; twice is once."""
    with transaction() as session:
        there = select(EventPerson.id).where(EventPerson.event_id == event_id, EventPerson.person_id == person.id)
        if session.scalars(there).first() is not None:
            return
        session.execute(select(Event.id).where(Event.id == event_id).with_for_update(key_share=True))
        taken = session.scalars(select(EventPerson.key).where(EventPerson.event_id == event_id)).all()
        key = free_key(person.name, taken, otherwise="person")
        session.add(EventPerson(event_id=event_id, person_id=person.id, key=key))
        session.flush()


def mark_stage_manager(event_id: int, person: Person, *, runs: bool) -> None:
    """Let the person run the night by text, or no longer."""
    with transaction() as session:
        add_to_cast(event_id, person)
        part = select(EventPerson).where(EventPerson.event_id == event_id, EventPerson.person_id == person.id)
        session.scalars(part).one().stage_manager = runs
