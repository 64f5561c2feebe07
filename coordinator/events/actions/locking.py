"""The order of locks: the event, then its shifts or slots, then people, each by id. Every change waits here."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Event


def lock_event(session: Session, event_id: int) -> None:
    """Lock the event and what belongs to it against changes until the transaction ends; it can still be read."""
    session.execute(select(Event.id).where(Event.id == event_id).with_for_update(key_share=True))
