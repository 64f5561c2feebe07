"""Finding people: by their own link, by their phone or email address."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select

from coordinator.core.personal_links import PersonalLinks, person_id_in
from coordinator.db import db

from .models import Channel, PastAgreement, Person, channel_to


def person_by_link(links: PersonalLinks, token: str) -> Person | None:
    """Whose page this link opens; None when it is none, was replaced, or the person was forgotten."""
    person = _claimed_by(token)
    return person if person is not None and links.opens(token, person) else None


def was_a_link(links: PersonalLinks, token: str) -> bool:
    """Whether this once opened the page of somebody who is not forgotten."""
    person = _claimed_by(token)
    return person is not None and links.opened(token, person)


def people_with_phone(phone: str, organisation_id: int | None = None) -> list[Person]:
    """Everyone with this number (E.164), in one organization or in all, in the order they were added."""
    return _people_where(Person.phone == phone, organisation_id)


def people_at(address: str, organisation_id: int | None = None) -> list[Person]:
    """The same for a number in E.164 or an email address in lower case."""
    if channel_to(address) is Channel.TEXT:
        return people_with_phone(address, organisation_id)
    return _people_where(Person.email == address, organisation_id)


def people_with_name(name: str) -> list[Person]:
    """Everyone with this full name, of every organization; first come first."""
    found = select(Person).where(Person.name == name.strip(), Person.forgotten_at.is_(None))
    return list(db.session.scalars(found.order_by(Person.id)))


def the_one_called(people: Iterable[Person], name: str) -> Person | None:
    """The one of them with this name; a first name is enough. None if there is none, or more than one."""
    said = name.casefold().split()
    known = [(person, person.name.casefold().split()) for person in people]
    exact = [person for person, words in known if words == said]
    found = exact or [person for person, words in known if _is_short_for(said, words)]
    return found[0] if len(found) == 1 else None


def someone_else_has(same: ColumnElement[bool], person: Person) -> bool:
    """Whether anyone else who is not forgotten has the same name, number or whatever the condition says."""
    others = select(Person.id).where(same, Person.id != person.id, Person.forgotten_at.is_(None))
    return db.session.scalar(others.limit(1)) is not None


def person_by_id(person_id: int) -> Person | None:
    return db.session.get(Person, person_id)


def person_of(organisation_id: int, person_id: int) -> Person | None:
    """The person, if they belong to the organization and are not forgotten."""
    found = select(Person).where(
        Person.id == person_id, Person.organisation_id == organisation_id, Person.forgotten_at.is_(None)
    )
    return db.session.scalars(found).one_or_none()


def past_agreements(person_ids: Iterable[int]) -> list[PastAgreement]:
    """Past agreements of these people, oldest first."""
    found = select(PastAgreement).where(PastAgreement.person_id.in_(list(person_ids)))
    return list(db.session.scalars(found.order_by(PastAgreement.agreed_at, PastAgreement.id)))


def _people_where(same: ColumnElement[bool], organisation_id: int | None) -> list[Person]:
    found = select(Person).where(same, Person.forgotten_at.is_(None)).order_by(Person.id)
    if organisation_id is not None:
        found = found.where(Person.organisation_id == organisation_id)
    return list(db.session.scalars(found))


def _claimed_by(token: str) -> Person | None:
    """Whose link this claims to be, if they are not forgotten; whether it is theirs is not looked at."""
    person_id = person_id_in(token)
    person = db.session.get(Person, person_id) if person_id is not None else None
    return person if person is not None and person.forgotten_at is None else None


def _is_short_for(said: list[str], known: list[str]) -> bool:
    return said[:1] == known[:1] and 1 in (len(said), len(known))
