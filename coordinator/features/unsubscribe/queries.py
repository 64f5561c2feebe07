"""Whom the link in an email is about."""

from sqlalchemy import select

from coordinator.accounts.models import Organisation
from coordinator.core.mail_links import MailLinks, person_id_of
from coordinator.db import db
from coordinator.people.models import Person


def person_of(token: str, links: MailLinks) -> Person | None:
    """Whose emails the token may stop; None when it was altered, or their address has changed."""
    person_id = person_id_of(token)
    person = db.session.get(Person, person_id) if person_id is not None else None
    if person is None or person.email is None or not links.stops(token, person.email):
        return None
    return person


def organisation_name_of(person: Person) -> str:
    """Whom the person knows."""
    return db.session.get_one(Organisation, person.organisation_id).name


def people_mailed(email: str) -> list[Person]:
    """Everyone who agreed to emails to this address, in any organization."""
    agreed = select(Person).where(Person.email == email, Person.email_agreed_at.is_not(None))
    return list(db.session.scalars(agreed.order_by(Person.id).with_for_update()))
