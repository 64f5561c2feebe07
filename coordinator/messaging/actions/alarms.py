"""Alarms: raised while something keeps all texts from going out."""

from datetime import datetime

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor, Organisation
from coordinator.db import transaction

from ..models import Alarm, AlarmKind
from ..queries.outbox import open_alarms


def raise_alarm(kind: str, *, code: int, reason: str, now: datetime) -> Alarm:
    """The network refuses the account, or blocks our texts; one row for as long as that continues."""
    with transaction() as session:
        alarm = next((alarm for alarm in open_alarms(kind) if alarm.code == code), None)
        if alarm is None:
            alarm = Alarm(kind=kind, code=code, reason=reason[:300], raised_at=now, last_at=now)
            session.add(alarm)
        alarm.last_at = max(alarm.last_at, now)
        return alarm


def lift_alarms(kind: str, *, now: datetime, said_before: datetime | None = None) -> None:
    """The network carries texts again, or a person has fixed the cause.

    ``said_before``: only alarms that the network has not repeated since then.
    """
    with transaction():
        for alarm in open_alarms(kind):
            if said_before is None or alarm.last_at < said_before:
                alarm.lifted_at = now


def dismiss_alarm(alarm_id: int, organisation: Organisation, *, actor: Actor, now: datetime) -> bool:
    """A coordinator of ``organisation`` has dealt with blocked texts; False if there is no such alarm.

    An alarm about the account can't be dismissed: it ends when the network accepts a text.
    """
    with transaction():
        alarm = next((alarm for alarm in open_alarms(AlarmKind.BLOCKED) if alarm.id == alarm_id), None)
        if alarm is None:
            return False
        alarm.lifted_at = now
        before = {"raised_at": alarm.raised_at.isoformat(), "last_at": alarm.last_at.isoformat()}
        record(organisation, actor, "alarm.dismissed", str(alarm.code), now=now, before=before)
        return True
