"""Forgetting people, which reaches into several slices."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from ..db import transaction
from ..messaging.actions import forget_texts_of
from ..people.actions import forget_person
from ..people.models import Person
from .queries.past import people_of_the_past

KEPT_FOR = timedelta(days=30)


def forget(person: Person, now: datetime) -> None:
    """Forget one person for good: who they are, how to reach them, what was written to and by them."""
    with transaction() as session:
        session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
        forget_texts_of(person, now=now)
        forget_person(person, now)


def forget_past(now: datetime) -> int:
    """Forget everybody whose last show ended 30 days ago and who does not stay on the list; how many."""
    past = people_of_the_past(now - KEPT_FOR)
    for person in past:
        forget(person, now)
    return len(past)
