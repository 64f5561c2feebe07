"""Stopping all emails to one address."""

from datetime import datetime

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor, Organisation, Via
from coordinator.db import transaction
from coordinator.people.actions.consent import stop_emails
from coordinator.people.models import Person

from .queries import people_mailed


def stop_emails_to(person: Person, *, now: datetime) -> int:
    """Email nobody at this person's address until they agree again, whoever shares it. How many; twice is once."""
    with transaction() as session:
        people = people_mailed(person.email or "")
        for each in people:
            stop_emails(each, now)
            organisation = session.get_one(Organisation, each.organisation_id)
            actor = Actor.person(each, Via.LINK)
            what = "person.stopped_emails"
            record(organisation, actor, what, f"person:{each.id}", now=now, after={"agreed": False})
        return len(people)
