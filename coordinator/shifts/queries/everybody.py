"""Everybody of a show: who plays, who helps, who runs it, and who was put on its list."""

from collections.abc import Iterable

from sqlalchemy import select, union

from coordinator.db import db
from coordinator.events.models import Event, EventPerson
from coordinator.lineup.models import ActMember
from coordinator.people.models import Person

from ..models import HOLDING, SignUp, SignUpState

ON_SHIFTS = (*HOLDING, SignUpState.WAITLISTED)


def everybody_of(event: Event) -> list[Person]:
    """Everyone who ever was part of the event and is not forgotten, by name."""
    parts = [select(table.person_id).where(table.event_id == event.id) for table in (EventPerson, ActMember, SignUp)]
    found = select(Person).where(Person.id.in_(union(*parts)), Person.forgotten_at.is_(None))
    return list(db.session.scalars(found.order_by(Person.name, Person.id)))


def without_a_shift(event: Event, people: Iterable[Person] | None = None) -> list[Person]:
    """Those of the event who neither play nor run it, and are on no shift or waitlist yet.

    ``people``: everybody of the event, where that is known already.
    """
    busy = union(
        select(EventPerson.person_id).where(EventPerson.event_id == event.id, EventPerson.is_crew),
        select(ActMember.person_id).where(ActMember.event_id == event.id),
        select(SignUp.person_id).where(SignUp.event_id == event.id, SignUp.state.in_(ON_SHIFTS)),
    )
    ids = set(db.session.scalars(busy))
    return [person for person in (everybody_of(event) if people is None else people) if person.id not in ids]
