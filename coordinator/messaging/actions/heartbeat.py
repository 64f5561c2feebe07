"""A process that does its rounds says so."""

from __future__ import annotations

from datetime import datetime

from coordinator.db import transaction

from ..models import Heartbeat


def beat(name: str, now: datetime) -> None:
    """Note that this process has just done its round."""
    with transaction() as session:
        heartbeat = session.get(Heartbeat, name)
        if heartbeat is None:
            session.add(Heartbeat(name=name, at=now))
        else:
            heartbeat.at = now
