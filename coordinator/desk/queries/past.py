"""People whose shows are long past."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from ...accounts.models import Coordinator
from ...db import db
from ...events.models import Event, EventPerson
from ...lineup.models import ActMember
from ...people.models import Person
from ...shifts.models import SignUp


def people_of_the_past(before_at: datetime) -> list[Person]:
    """Everybody who was part of an event and whose last one ended before the instant, but for those who stay."""
    part_of: tuple[type[EventPerson | ActMember | SignUp], ...] = (EventPerson, ActMember, SignUp)
    still = [
        select(table.person_id).join(Event, Event.id == table.event_id).where(_not_over(before_at)) for table in part_of
    ]
    ever = or_(*(Person.id.in_(select(table.person_id)) for table in part_of))
    past = select(Person).where(Person.forgotten_at.is_(None), Person.stays_on_list.is_(False), ever)
    for ids in (*still, select(Coordinator.person_id)):
        past = past.where(Person.id.not_in(ids))
    return list(db.session.scalars(past.order_by(Person.id)))


def _not_over(before_at: datetime) -> ColumnElement[bool]:
    return or_(Event.plan_until_at.is_(None), Event.plan_until_at > before_at)
