"""What is known by itself about whether texts leave and come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ...messaging.queries import (
    has_delivered,
    jobs_tick,
    last_call_back_at,
    last_inbound_at,
    last_tick,
    open_alarms,
    tallies,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """``missed`` texts were found in the network's list and no call had brought them."""

    ticked_at: datetime | None
    jobs_tick: bool
    inbound_at: datetime | None
    called_back_at: datetime | None
    delivered: bool
    missed: int
    alarms: frozenset[int]


def facts_of(sender: str, *, simulated: bool, tick_seconds: float, now: datetime) -> Facts:
    """As they stand at ``now``, of texts from this sender."""
    ticked_at = last_tick()
    return Facts(
        ticked_at=ticked_at,
        jobs_tick=jobs_tick(ticked_at, tick_seconds, now),
        inbound_at=last_inbound_at(simulated=simulated),
        called_back_at=last_call_back_at(),
        delivered=has_delivered(sender),
        missed=tallies().get("recovered", 0),
        alarms=frozenset(alarm.code for alarm in open_alarms()),
    )
