"""An alarm stands while something keeps everybody's texts from leaving."""

from __future__ import annotations

from datetime import datetime

from coordinator.accounts.actions import record_change
from coordinator.accounts.models import Coordinator
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


def lift_alarms(kind: str, *, now: datetime, said_before: datetime | None = None) -> None:
    """The network carries texts again, or a person has put right what it was about.

    ``said_before``: only those that the network has not repeated since then.
    """
    with transaction():
        for alarm in open_alarms(kind):
            if said_before is None or alarm.last_at < said_before:
                alarm.lifted_at = now


def dismiss_alarm(alarm_id: int, *, by: Coordinator, now: datetime) -> bool:
    """A coordinator has seen to what carriers blocked; False when no such alarm stands.

    An alarm about the account is not theirs to dismiss: it goes when the network takes a text.
    """
    with transaction():
        alarm = next((alarm for alarm in open_alarms("blocked") if alarm.id == alarm_id), None)
        if alarm is None:
            return False
        alarm.lifted_at = now
        record_change(
            organisation_id=by.organisation_id,
            coordinator_id=by.id,
            by=by.person.name,
            what="alarm.dismissed",
            subject=str(alarm.code),
            now=now,
            before={"raised_at": alarm.raised_at.isoformat(), "last_at": alarm.last_at.isoformat()},
        )
        return True
