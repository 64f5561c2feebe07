"""Saying that one will come, where an event asks; and putting oneself on standby."""

from __future__ import annotations

from datetime import datetime

from ...db import transaction
from ...events.actions import add_to_cast
from ...events.models import Event
from ...people.models import Person
from ...shownight.actions import By
from ..models import HOLDING, SignUp, Standby
from ..queries import standby_of
from ..refusals import NotOnShift
from .locking import locked_shift
from .recording import record_plan
from .searches import wake_searches


def say_will_come(sign_up: SignUp, *, now: datetime, undo: bool = False) -> None:
    """The person will come (``undo``: has not said so); nobody need be looked for. Raises NotOnShift."""
    with transaction() as session:
        shift = locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        if sign_up.state not in HOLDING:
            raise NotOnShift(shift.role.name)
        sign_up.will_come_at = None if undo else sign_up.will_come_at or now
        if not undo and sign_up.wants_cover_at is not None:
            sign_up.wants_cover_at = None
            wake_searches(shift, now)


def stand_by(event: Event, person: Person, *, by: By, now: datetime) -> Standby:
    """The person would come if hands are missing; who is on the list already keeps their place on it."""
    with transaction() as session:
        session.refresh(event, with_for_update={"of": Event, "key_share": True})
        known = standby_of(event.id, person)
        if known is not None:
            return known
        add_to_cast(event.id, person)
        standby = Standby(event_id=event.id, person_id=person.id, since_at=now)
        session.add(standby)
        _record(event, "standby.added", person, by, now)
        return standby


def stand_down(event: Event, person: Person, *, by: By, now: datetime) -> None:
    """The person is no longer on standby; nothing happens where they were not."""
    with transaction() as session:
        standby = standby_of(event.id, person)
        if standby is not None:
            session.delete(standby)
            _record(event, "standby.removed", person, by, now)


def _record(event: Event, what: str, person: Person, by: By, now: datetime) -> None:
    record_plan(event, what, f"person:{person.id}", by, now)
