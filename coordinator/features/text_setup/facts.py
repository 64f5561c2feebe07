"""What the database shows about whether texts go out and come in."""

from dataclasses import dataclass
from datetime import datetime

from coordinator.messaging.queries.arrivals import has_delivered, last_call_back_at, last_inbound_at
from coordinator.messaging.queries.figures import tallies
from coordinator.messaging.queries.health import jobs_tick
from coordinator.messaging.queries.outbox import open_alarms
from coordinator.messaging.queries.texts import last_tick


@dataclass(frozen=True, slots=True)
class SetupFacts:
    """``missed``: inbound texts that Twilio lists but never reported to our webhook."""

    ticked_at: datetime | None
    jobs_tick: bool
    inbound_at: datetime | None
    called_back_at: datetime | None
    delivered: bool
    missed: int
    alarms: frozenset[int]


def facts_of(sender: str, *, simulated: bool, tick_seconds: float, now: datetime) -> SetupFacts:
    """The facts at ``now`` about texts from this sender."""
    ticked_at = last_tick()
    return SetupFacts(
        ticked_at=ticked_at,
        jobs_tick=jobs_tick(ticked_at, tick_seconds, now),
        inbound_at=last_inbound_at(simulated=simulated),
        called_back_at=last_call_back_at(),
        delivered=has_delivered(sender),
        missed=tallies().get("recovered", 0),
        alarms=frozenset(alarm.code for alarm in open_alarms()),
    )
