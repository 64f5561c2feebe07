"""Who belongs to an act."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from ...accounts.actions import record_change
from ...accounts.models import Coordinator
from ...db import transaction
from ...events.actions import add_to_cast
from ...people.models import Person
from ..models import Act, ActMember
from ..refusals import NoSlotName


def add_member(act: Act, person: Person, *, by: Coordinator, now: datetime) -> None:
    """Let the person belong to the act, and be part of the event; twice is once."""
    with transaction() as session:
        there = select(ActMember.id).where(ActMember.act_id == act.id, ActMember.person_id == person.id)
        if session.scalars(there).first() is not None:
            return
        add_to_cast(act.event_id, person)
        session.add(ActMember(event_id=act.event_id, act_id=act.id, person_id=person.id, joined_at=now))
        _record(act, "member.added", by, now, after={"person": person.id})


def remove_member(act: Act, person: Person, *, by: Coordinator, now: datetime) -> None:
    """The person no longer belongs to the act; what was planned for them is taken back."""
    with transaction() as session:
        member = select(ActMember).where(ActMember.act_id == act.id, ActMember.person_id == person.id)
        for row in session.scalars(member):
            session.delete(row)
            _record(act, "member.removed", by, now, before={"person": person.id})


def edit_act(act: Act, *, name: str, about: str | None, by: Coordinator, now: datetime) -> None:
    """Call the act something else, or say something else of it on the public page. Raises NoSlotName."""
    called = " ".join(name.split())[:200]
    if not called:
        raise NoSlotName
    with transaction():
        before = {"name": act.name, "about": act.about}
        act.name, act.about = called, about
        _record(act, "act.changed", by, now, before, {"name": act.name, "about": act.about})


def _record(
    act: Act,
    what: str,
    by: Coordinator,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record_change(
        organisation_id=act.event.organisation_id,
        event_id=act.event_id,
        coordinator_id=by.id,
        by=by.person.name,
        what=what,
        subject=act.key,
        now=now,
        before=before,
        after=after,
    )
