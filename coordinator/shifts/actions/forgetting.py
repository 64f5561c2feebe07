"""Forgetting people, which reaches into several slices."""

from datetime import datetime, timedelta

from sqlalchemy import select

from coordinator.accounts.actions.forgetting import forget_membership, refuse_members
from coordinator.accounts.queries import past_membership
from coordinator.db import transaction
from coordinator.events.models import EventPerson
from coordinator.messaging.actions.forgetting import forget_texts_of
from coordinator.people.actions.persons import forget_person
from coordinator.people.models import Person

from ..queries.past import people_of_the_past
from .attendance import forget_marks_of
from .scrubbing import scrub

KEPT_FOR = timedelta(days=30)


def forget(person: Person, now: datetime) -> None:
    """Forget one person for good: who they are, how to reach them, and the texts to and from them.

    Their part in shows stays, under a key that says nothing. A membership that has ended goes, and the account with
    it unless another organization has it. Raises IsAMember.
    """
    with transaction() as session:
        session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
        refuse_members(person)
        was = past_membership(person.id)
        scrub(person, was)
        if was is not None:
            forget_membership(was, now)
        forget_texts_of(person, now=now)
        forget_marks_of(person)
        for part in session.scalars(select(EventPerson).where(EventPerson.person_id == person.id)):
            part.key = f"forgotten-{person.id}"
        forget_person(person, now)


def forget_past(now: datetime) -> int:
    """Forget everyone whose last show ended 30 days ago, but for members and those who stay on the list; how many."""
    past = people_of_the_past(now - KEPT_FOR)
    for person in past:
        forget(person, now)
    return len(past)
