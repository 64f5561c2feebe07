"""Tablets by the door on which people say that they are here."""

from __future__ import annotations

from datetime import datetime

from ...db import transaction
from ...events.models import Event
from ...shownight.actions import By
from ..models import Kiosk
from .recording import record_plan


def open_kiosk(event: Event, *, by: By, now: datetime) -> Kiosk:
    """One more kiosk of this event."""
    with transaction() as session:
        kiosk = Kiosk(event_id=event.id, opened_at=now, opened_by=by.name)
        session.add(kiosk)
        session.flush()
        _record(event, kiosk, "kiosk.opened", by, now)
    return kiosk


def close_kiosk(kiosk: Kiosk, *, by: By, now: datetime) -> None:
    """From now on its address lets nobody in; closing it twice changes nothing."""
    with transaction() as session:
        session.refresh(kiosk, with_for_update={"of": Kiosk})
        if kiosk.closed_at is None:
            kiosk.closed_at = now
            _record(kiosk.event, kiosk, "kiosk.closed", by, now)


def _record(event: Event, kiosk: Kiosk, what: str, by: By, now: datetime) -> None:
    record_plan(event, what, f"kiosk:{kiosk.id}", by, now)
