"""The members of an act."""

from datetime import datetime

from sqlalchemy import select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.actions.cast import add_to_cast
from coordinator.people.models import Person

from ..models import Act, ActMember
from ..refusals import NoSlotName
from .answers import settle_answers


def add_member(act: Act, person: Person, *, actor: Actor, now: datetime) -> None:
    """Add the person to the act and to the event; twice is once."""
    with transaction() as session:
        there = select(ActMember.id).where(ActMember.act_id == act.id, ActMember.person_id == person.id)
        if session.scalars(there).first() is not None:
            return
        add_to_cast(act.event_id, person)
        session.add(ActMember(event_id=act.event_id, act_id=act.id, person_id=person.id, joined_at=now))
        record(act.event, actor, "member.added", act.key, now=now, after={"person": person.id})


def remove_member(act: Act, person: Person, *, actor: Actor, now: datetime) -> None:
    """Remove the person from the act; what was planned for them is withdrawn."""
    with transaction() as session:
        member = select(ActMember).where(ActMember.act_id == act.id, ActMember.person_id == person.id)
        for row in session.scalars(member):
            act.members.remove(row)
            record(act.event, actor, "member.removed", act.key, now=now, before={"person": person.id})
        for slot in act.slots:
            settle_answers(slot, now)


def edit_act(act: Act, *, name: str, about: str | None, actor: Actor, now: datetime) -> None:
    """Change the act's name or its line on the public page. Raises NoSlotName."""
    called = " ".join(name.split())[:200]
    if not called:
        raise NoSlotName
    with transaction():
        before = {"name": act.name, "about": act.about}
        act.name, act.about = called, about
        after = {"name": act.name, "about": act.about}
        record(act.event, actor, "act.changed", act.key, now=now, before=before, after=after)
