"""Remembering what was printed."""

from datetime import datetime
from secrets import token_urlsafe
from typing import Final

from sqlalchemy import delete, select

from coordinator.core.printed import State, as_json, fingerprint
from coordinator.db import transaction
from coordinator.events.models import Event, Print, PrintKind

from .queries.checking import print_of

KEPT: Final = 40  # prints of each kind and event; a page older than these is not current
RANDOM: Final = 12  # bytes of a key


def keep_print(event: Event, kind: PrintKind, state: State, *, made_by_id: int, now: datetime) -> Print:
    """The print with this state: one that somebody else just made, or a new one; the oldest go."""
    with transaction() as session:
        session.scalars(select(Event.id).where(Event.id == event.id).with_for_update()).one()
        if (found := print_of(event, kind, state)) is not None:
            return found
        made = Print(event_id=event.id, kind=kind, key=token_urlsafe(RANDOM), made_at=now, made_by_id=made_by_id)
        made.state, made.fingerprint = as_json(state), fingerprint(state)
        session.add(made)
        session.flush()
        ours = (Print.event_id == event.id, Print.kind == kind)
        newest = select(Print.id).where(*ours).order_by(Print.id.desc()).offset(KEPT)
        session.execute(delete(Print).where(Print.id.in_(session.scalars(newest).all())))
    return made
