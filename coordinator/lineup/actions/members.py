"""Who belongs to an act."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from ...accounts.actions import record_change
from ...accounts.models import Coordinator
from ...db import transaction
from ...events.actions import add_to_cast
from ...people.models import Person
from ..models import Act, ActMember


def add_member(act: Act, person: Person, *, by: Coordinator, now: datetime) -> None:
    """Let the person belong to the act, and be part of the event; twice is once."""
    with transaction() as session:
        there = select(ActMember.id).where(ActMember.act_id == act.id, ActMember.person_id == person.id)
        if session.scalars(there).first() is not None:
            return
        add_to_cast(act.event_id, person)
        session.add(ActMember(event_id=act.event_id, act_id=act.id, person_id=person.id, joined_at=now))
        _record(act, person, "member.added", by, now)


def remove_member(act: Act, person: Person, *, by: Coordinator, now: datetime) -> None:
    """The person no longer belongs to the act; what was planned for them is taken back."""
    with transaction() as session:
        member = select(ActMember).where(ActMember.act_id == act.id, ActMember.person_id == person.id)
        for row in session.scalars(member):
            session.delete(row)
            _record(act, person, "member.removed", by, now)


def edit_act(act: Act, *, name: str, about: str | None) -> None:
    """Call the act something else, or say something else of it."""
    with transaction():
        act.name = " ".join(name.split())[:200] or act.name
        act.about = about


def _record(act: Act, person: Person, what: str, by: Coordinator, now: datetime) -> None:
    record_change(
        organisation_id=person.organisation_id,
        event_id=act.event_id,
        coordinator_id=by.id,
        by=by.person.name,
        what=what,
        subject=act.key,
        now=now,
        after={"person": person.id},
    )
