"""An alarm stands while something keeps everybody's texts from leaving."""

from __future__ import annotations

from datetime import datetime

from coordinator.db import transaction

from ..models import Alarm
from ..queries import open_alarms


def raise_alarm(kind: str, *, code: int, reason: str, now: datetime) -> Alarm:
    """Note that the network refuses the account, or what we write; one row for as long as it goes on."""
    with transaction() as session:
        alarm = next((alarm for alarm in open_alarms(kind) if alarm.code == code), None)
        if alarm is None:
            alarm = Alarm(kind=kind, code=code, reason=reason[:300], raised_at=now, last_at=now)
            session.add(alarm)
        alarm.last_at = max(alarm.last_at, now)
        return alarm


def lift_alarms(kind: str, *, now: datetime) -> None:
    """The network carries texts again, or a person has put right what it was about."""
    with transaction():
        for alarm in open_alarms(kind):
            alarm.lifted_at = now
