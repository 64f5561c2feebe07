"""Finding people: by their own link, by their phone."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from ..db import db
from .models import PastAgreement, Person, PersonalLink


def person_by_link(token: str) -> Person | None:
    """Whose page this link opens; None when it is none, was revoked, or the person was forgotten."""
    found = (
        select(Person)
        .join(PersonalLink)
        .where(PersonalLink.token == token, PersonalLink.revoked_at.is_(None), Person.forgotten_at.is_(None))
    )
    return db.session.scalars(found).one_or_none()


def people_with_phone(phone: str, organisation_id: int | None = None) -> list[Person]:
    """Everybody with this number (E.164), of one organisation or of all; first come first."""
    found = select(Person).where(Person.phone == phone, Person.forgotten_at.is_(None)).order_by(Person.id)
    if organisation_id is not None:
        found = found.where(Person.organisation_id == organisation_id)
    return list(db.session.scalars(found))


def link_tokens(person_ids: Iterable[int]) -> dict[int, str]:
    """The tokens of the links that hold, by person; somebody without one is left out."""
    found = select(PersonalLink.person_id, PersonalLink.token).where(
        PersonalLink.person_id.in_(list(person_ids)), PersonalLink.revoked_at.is_(None)
    )
    return {row.person_id: row.token for row in db.session.execute(found)}


def person_by_id(person_id: int) -> Person | None:
    return db.session.get(Person, person_id)


def person_of(organisation_id: int, person_id: int) -> Person | None:
    """The person, if they are one of the organisation's and not forgotten."""
    found = select(Person).where(
        Person.id == person_id, Person.organisation_id == organisation_id, Person.forgotten_at.is_(None)
    )
    return db.session.scalars(found).one_or_none()


def past_agreements(person_ids: Iterable[int]) -> list[PastAgreement]:
    """Agreements of these people that hold no longer, the oldest first."""
    found = select(PastAgreement).where(PastAgreement.person_id.in_(list(person_ids)))
    return list(db.session.scalars(found.order_by(PastAgreement.agreed_at, PastAgreement.id)))
