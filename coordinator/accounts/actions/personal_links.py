"""A person's link can be replaced, and what is held about them handed out; both are recorded."""

from datetime import datetime

from sqlalchemy import select

from coordinator.db import transaction
from coordinator.people.models import Person

from ..models import Actor, Organisation
from .records import record


def replace_link(person: Person, *, actor: Actor, now: datetime) -> None:
    """From now on only a new link opens the person's page; texts that have not left carry the new one."""
    with transaction() as session:
        session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
        person.link_version += 1
        organisation = session.get_one(Organisation, person.organisation_id)
        record(organisation, actor, "person.link_replaced", f"person:{person.id}", now=now)


def record_export(person: Person, *, actor: Actor, now: datetime) -> None:
    """Record that everything held about the person was handed out."""
    with transaction() as session:
        organisation = session.get_one(Organisation, person.organisation_id)
        record(organisation, actor, "person.exported", f"person:{person.id}", now=now)
