"""Who is part of an event, act by act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, union

from ...db import db
from ...events.models import Event, EventPerson
from ...events.queries import cast_of
from ...lineup.models import Act, ActMember, Slot
from ...lineup.queries import acts_of, slots_of
from ...people.models import Person
from ...shifts.models import SignUp


@dataclass(frozen=True, slots=True)
class Cast:
    """The acts with their people and slots, and those who may run the night by text."""

    acts: Sequence[Act]
    slots: dict[int, list[Slot]]  # by act
    parts: Sequence[EventPerson]

    @property
    def people(self) -> list[Person]:
        everybody = [*(person for act in self.acts for person in act.people), *(part.person for part in self.crew)]
        return list({person.id: person for person in everybody}.values())

    @property
    def crew(self) -> list[EventPerson]:
        return [part for part in self.parts if part.stage_manager]

    def runs(self, person: Person) -> bool:
        return any(part.person_id == person.id for part in self.crew)


def cast_page(event: Event) -> Cast:
    """Everything that the performers' page shows."""
    slots: dict[int, list[Slot]] = {}
    for slot in slots_of(event):
        if slot.act_id is not None:
            slots.setdefault(slot.act_id, []).append(slot)
    return Cast(acts_of(event), slots, cast_of(event))


def person_in(event: Event, person_id: int) -> Person | None:
    """The person, if they are part of the event; None when not."""
    there = select(Person).join(EventPerson).where(EventPerson.event_id == event.id, Person.id == person_id)
    return db.session.scalars(there).one_or_none()


def everybody_of(event: Event) -> list[Person]:
    """Everybody who ever was part of the event and is not forgotten, by name."""
    parts = [select(table.person_id).where(table.event_id == event.id) for table in (EventPerson, ActMember, SignUp)]
    found = select(Person).where(Person.id.in_(union(*parts)), Person.forgotten_at.is_(None))
    return list(db.session.scalars(found.order_by(Person.name, Person.id)))
