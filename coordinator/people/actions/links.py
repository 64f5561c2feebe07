"""The link to a person's own page: made once, kept until it is revoked."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import Select, select

from ...db import transaction
from ..models import Person, PersonalLink

TOKEN_BYTES = 16  # 22 characters that need no escaping in an address


def personal_link(person: Person, now: datetime) -> PersonalLink:
    """The person's link: the one that holds, or else a new one."""
    with transaction() as session:
        session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
        link = session.scalars(_holding(person).limit(1)).first()
        if link is None:
            link = PersonalLink(person_id=person.id, token=secrets.token_urlsafe(TOKEN_BYTES), created_at=now)
            session.add(link)
            session.flush()
    return link


def revoke_links(person: Person, now: datetime) -> int:
    """End every link of the person; the next personal_link is another one. How many were ended."""
    with transaction() as session:
        links = session.scalars(_holding(person)).all()
        for link in links:
            link.revoked_at = now
    return len(links)


def _holding(person: Person) -> Select[PersonalLink]:
    return select(PersonalLink).where(PersonalLink.person_id == person.id, PersonalLink.revoked_at.is_(None))
