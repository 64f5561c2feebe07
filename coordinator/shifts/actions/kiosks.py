"""Tablets by the door on which people check in."""

from datetime import datetime

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.models import Event

from ..models import Kiosk


def open_kiosk(event: Event, *, actor: Actor, now: datetime) -> Kiosk:
    """Open a kiosk for this event."""
    with transaction() as session:
        kiosk = Kiosk(event_id=event.id, opened_at=now, opened_by=actor.name)
        session.add(kiosk)
        session.flush()
        record(event, actor, "kiosk.opened", f"kiosk:{kiosk.id}", now=now)
    return kiosk


def close_kiosk(kiosk: Kiosk, *, actor: Actor, now: datetime) -> None:
    """From now on its URL lets nobody in; closing it twice changes nothing."""
    with transaction() as session:
        session.refresh(kiosk, with_for_update={"of": Kiosk})
        if kiosk.closed_at is None:
            kiosk.closed_at = now
            record(kiosk.event, actor, "kiosk.closed", f"kiosk:{kiosk.id}", now=now)
