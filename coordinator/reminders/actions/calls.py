"""Ticking calls: what someone was told by phone counts as told, so the event is planned again."""

from datetime import datetime

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.models import Event
from coordinator.messaging.actions.calls import tick_call, untick_call
from coordinator.messaging.models import Call


def call_made(event: Event, call: Call, *, actor: Actor, now: datetime) -> None:
    """Someone has told them what the call says."""
    with transaction():
        tick_call(call, actor=actor, now=now)
        record(event, actor, "call.made", f"call:{call.id}", now=now)
        _plan_anew(event)


def call_not_made(event: Event, call: Call, *, actor: Actor, now: datetime) -> None:
    """The tick was a slip: they were not told."""
    with transaction():
        untick_call(call, now=now)
        record(event, actor, "call.not_made", f"call:{call.id}", now=now)
        _plan_anew(event)


def _plan_anew(event: Event) -> None:
    event.revision = Event.revision + 1
