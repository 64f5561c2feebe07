"""Who can be marked as a no-show in a rehearsal."""

from sqlalchemy import select

from coordinator.db import db
from coordinator.events.models import Event, EventPerson
from coordinator.people.models import Person
from coordinator.shifts.models import HOLDING, SignUp


def volunteers_of(event: Event) -> list[tuple[str, str]]:
    """Everyone with a spot on a shift: their key in the event, and their name, by name."""
    theirs = select(SignUp.person_id).where(SignUp.event_id == event.id, SignUp.state.in_(HOLDING))
    parts = select(EventPerson.key, Person.name).join(Person, Person.id == EventPerson.person_id)
    found = db.session.execute(parts.where(EventPerson.event_id == event.id, EventPerson.person_id.in_(theirs)))
    return sorted(((key, name) for key, name in found), key=lambda each: each[1].casefold())
