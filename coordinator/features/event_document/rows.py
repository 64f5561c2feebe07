"""The rows of one event, by the organizer's own keys, in the same few queries whatever their number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from coordinator.db import db
from coordinator.events.actions.names import free_key
from coordinator.events.models import Event, EventPerson, Stage
from coordinator.lineup.models import Act, ActMember, Slot
from coordinator.people.models import Person
from coordinator.reminders.models import RuleOverride
from coordinator.shifts.models import Role, Shift, SignUp, VolunteerPolicy
from coordinator.shifts.queries.volunteer_policy import default_volunteer_policy, volunteer_policy_of


@dataclass
class Rows:
    """Rows by key, in the order of the plan; ``key_of`` is a person's key by their id.

    Someone without a key gets one made from their name: their EventPerson is not in the session until something about
    it changes. Neither is the volunteer policy, as long as it has only defaults.
    """

    event: Event
    policy: VolunteerPolicy = field(default_factory=default_volunteer_policy)
    people: dict[str, EventPerson] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    stages: dict[str, Stage] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    shifts: dict[str, Shift] = field(default_factory=dict)
    sign_ups: dict[str, SignUp] = field(default_factory=dict)
    rules: dict[str, RuleOverride] = field(default_factory=dict)
    key_of: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, event: Event) -> Rows:
        """The current rows of the event."""
        rows = cls(event, volunteer_policy_of(event))
        rows.stages = _by_key(_of(Stage, event).order_by(None).order_by(Stage.position, Stage.id))
        rows.acts = _by_key(_of(Act, event).options(selectinload(Act.members).joinedload(ActMember.person)))
        order = (Stage.position, Stage.id, Slot.position, Slot.starts_at, Slot.id)
        rows.slots = _by_key(_of(Slot, event).order_by(None).join(Slot.stage).order_by(*order))
        rows.roles = _by_key(_of(Role, event))
        rows.shifts = _by_key(_of(Shift, event).options(joinedload(Shift.role), joinedload(Shift.follows)))
        rows.rules = _by_key(_of(RuleOverride, event))
        rows._name_people()
        return rows

    def _name_people(self) -> None:
        parts = db.session.scalars(_of(EventPerson, self.event).options(joinedload(EventPerson.person))).all()
        for part in parts:
            self._add(part)
        sign_ups = _of(SignUp, self.event).options(joinedload(SignUp.person), joinedload(SignUp.shift))
        signed_up = db.session.scalars(sign_ups).all()
        playing = [member.person for act in self.acts.values() for member in act.members]
        for person in [*playing, *(sign_up.person for sign_up in signed_up)]:
            self._give_a_key(person)
        for sign_up in signed_up:
            self.sign_ups[f"{sign_up.shift.key}/{self.key_of[sign_up.person_id]}"] = sign_up

    def _give_a_key(self, person: Person) -> None:
        if person.id not in self.key_of:
            key = free_key(person.name, self.people, otherwise="person")
            part = EventPerson(event_id=self.event.id, key=key, person=person)
            part.stage_manager = part.artist_liaison = False
            self._add(part)
            self.key_of[person.id] = key

    def _add(self, part: EventPerson) -> None:
        self.people[part.key] = part
        if part.person_id is not None:
            self.key_of[part.person_id] = part.key


def _of(table: Any, event: Event) -> Select[Any]:
    return select(table).where(table.event_id == event.id).order_by(table.id)


def _by_key(rows: Select[Any]) -> dict[str, Any]:
    return {row.key: row for row in db.session.scalars(rows)}
