"""Forgetting people, which reaches into several slices."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from ..accounts.models import Coordinator
from ..db import transaction
from ..events.models import EventPerson
from ..messaging.actions import forget_texts_of
from ..people.actions import forget_person
from ..people.models import Person
from ..shifts.actions import forget_marks_of
from .queries.past import people_of_the_past

KEPT_FOR = timedelta(days=30)


class HasAnAccount(ValueError):
    """A coordinator is known by name to those they plan with; the account has to go first."""


def forget(person: Person, now: datetime) -> None:
    """Forget one person for good: who they are, how to reach them, what was written to and by them.

    Their part in shows keeps its place under a key that says nothing. Raises HasAnAccount.
    """
    with transaction() as session:
        session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
        if session.scalar(select(Coordinator.id).where(Coordinator.person_id == person.id)) is not None:
            raise HasAnAccount(f"{person.name} has an account, which needs a name. Nobody was forgotten.")
        forget_texts_of(person, now=now)
        forget_marks_of(person)
        for part in session.scalars(select(EventPerson).where(EventPerson.person_id == person.id)):
            part.key = f"forgotten-{person.id}"
        forget_person(person, now)


def forget_past(now: datetime) -> int:
    """Forget everybody whose last show ended 30 days ago and who does not stay on the list; how many."""
    past = people_of_the_past(now - KEPT_FOR)
    for person in past:
        forget(person, now)
    return len(past)
