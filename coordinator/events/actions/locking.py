"""One order of locks: the event, then its shifts by id, then people by id. Whoever changes the event waits here."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Event


def lock_event(session: Session, event_id: int) -> None:
    """Nobody else changes the event or what belongs to it until the transaction ends; it can be read meanwhile."""
    session.execute(select(Event.id).where(Event.id == event_id).with_for_update(key_share=True))
