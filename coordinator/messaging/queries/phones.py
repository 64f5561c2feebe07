"""Whose phone it is that texts us."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from coordinator.accounts.models import Organisation
from coordinator.db import db
from coordinator.people.models import Person
from coordinator.people.queries import people_with_phone

from ..models import Message


@dataclass(frozen=True)
class Caller:
    """Who a text is from, as far as one can know: ``person`` None when nobody, or more than one, has the phone."""

    organisation_id: int | None
    person: Person | None
    event_id: int | None


def caller_with(phone: str) -> Caller:
    """Whose phone this is; for one that several organisations know, the one that texted it last is meant."""
    last = last_text_to(phone)
    people = people_with_phone(phone)
    organisations = {person.organisation_id for person in people}
    if last is not None and last.organisation_id in organisations:
        organisations = {last.organisation_id}
    organisation_id = organisations.pop() if len(organisations) == 1 else None
    if not people:
        organisation_id = last.organisation_id if last is not None else _the_only_organisation()
    theirs = [person for person in people if person.organisation_id == organisation_id]
    event_id = last.event_id if last is not None and last.organisation_id == organisation_id else None
    return Caller(organisation_id, theirs[0] if len(theirs) == 1 else None, event_id)


def last_text_to(phone: str) -> Message | None:
    """The text of ours that left last for this number, whenever it was planned."""
    ours = select(Message).where(Message.phone == phone, Message.direction == "out", Message.sent_at.is_not(None))
    return db.session.scalars(ours.order_by(Message.sent_at.desc(), Message.id.desc()).limit(1)).first()


def _the_only_organisation() -> int | None:
    found = list(db.session.scalars(select(Organisation.id).limit(2)))
    return found[0] if len(found) == 1 else None
