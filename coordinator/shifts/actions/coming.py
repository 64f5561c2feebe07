"""Confirming that one will come, where an event asks; and going on standby."""

from datetime import datetime

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.actions.cast import add_to_cast
from coordinator.events.labels import called
from coordinator.events.models import Event
from coordinator.people.models import Person

from ..models import HOLDING, SignUp, Standby
from ..queries.searching import standby_of
from ..queries.spots import spot_facts
from ..refusals.leaving import NotOnShift
from .locking import locked_shift
from .recording import place_as_recorded
from .searches import wake_searches


def say_will_come(sign_up: SignUp, *, now: datetime, undo: bool = False) -> None:
    """The person will come (``undo``: has not said so); nobody needs to be searched for. Raises NotOnShift."""
    with transaction() as session:
        shift = locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        if sign_up.state not in HOLDING:
            raise NotOnShift(called(shift.role))
        sign_up.will_come_at = None if undo else sign_up.will_come_at or now
        sign_up.known = sign_up.known if undo else spot_facts(shift).as_json()
        if not undo and sign_up.wants_cover_at is not None:
            sign_up.wants_cover_at = None
            wake_searches(shift, now)
        verb = "shift.not_coming_for_sure" if undo else "shift.will_come"
        record(shift.event, Actor.person(sign_up.person), verb, place_as_recorded(sign_up), now=now)


def stand_by(event: Event, person: Person, *, actor: Actor, now: datetime) -> Standby:
    """Put the person on standby; someone already on the list keeps their place on it."""
    with transaction() as session:
        session.refresh(event, with_for_update={"of": Event, "key_share": True})
        known = standby_of(event.id, person)
        if known is not None:
            return known
        add_to_cast(event.id, person)
        standby = Standby(event_id=event.id, person_id=person.id, since_at=now)
        session.add(standby)
        record(event, actor, "standby.added", f"person:{person.id}", now=now)
        return standby


def stand_down(event: Event, person: Person, *, actor: Actor, now: datetime) -> None:
    """Take the person off standby; nothing happens if they were not on it."""
    with transaction() as session:
        standby = standby_of(event.id, person)
        if standby is not None:
            session.delete(standby)
            record(event, actor, "standby.removed", f"person:{person.id}", now=now)
