"""Who is here, the same on every tab: acts that said so for one of their sets, or whose people are here for a shift."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from coordinator.core.show_days import ShowDay
from coordinator.db import db
from coordinator.lineup.models import Slot
from coordinator.people.models import Person
from coordinator.shownight.queries import Night

from ..models import Shift, SignUp, SignUpState


@dataclass(frozen=True, slots=True)
class WhoIsHere:
    """Since when each act and each person of a show day has been in the building, by their ids."""

    acts: Mapping[int, datetime]
    people: Mapping[int, datetime]

    def since(self, slot: Slot) -> datetime | None:
        """Since when the act of the slot has been here: since its first word, or once all its people are here."""
        if slot.act_id is not None and slot.act_id in self.acts:
            return self.acts[slot.act_id]
        if slot.said_here_at is not None or not slot.people:
            return slot.said_here_at
        known = [self.people.get(person.id) for person in slot.people]
        return None if None in known else max(at for at in known if at is not None)

    def person_since(self, person: Person) -> datetime | None:
        """Since when this person has been here."""
        return self.people.get(person.id)


def here_on(day: ShowDay, seen: Night) -> WhoIsHere:
    """On one show day of this night: one query."""
    checked_in = (SignUp.event_id == seen.event.id, SignUp.state == SignUpState.CHECKED_IN)
    found = select(SignUp).join(SignUp.shift).where(*checked_in).options(contains_eager(SignUp.shift))
    sign_ups = db.session.scalars(found.order_by(Shift.starts_at, Shift.id, SignUp.id))
    return who_is_here(seen.on_day(day), [each for each in sign_ups if seen.event.day_of(each.shift.starts_at) == day])


def who_is_here(night: Night, sign_ups: Iterable[SignUp]) -> WhoIsHere:
    """Of a night of one show day, and the sign-ups for its shifts."""
    acts: dict[int, datetime] = {}
    people: dict[int, datetime] = {}
    for slot in night.slots:
        if slot.act_id is not None and slot.said_here_at is not None:
            acts[slot.act_id] = min(acts.get(slot.act_id, slot.said_here_at), slot.said_here_at)
            for person in slot.people:
                people[person.id] = min(people.get(person.id, slot.said_here_at), slot.said_here_at)
    for sign_up in sign_ups:
        if sign_up.state == SignUpState.CHECKED_IN and sign_up.here_at is not None:
            people.setdefault(sign_up.person_id, sign_up.here_at)
    return WhoIsHere(acts, people)
