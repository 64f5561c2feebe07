"""What people without an account tried on the public pages, for the owners of an organization."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_UP, Decimal

from coordinator.messaging.models import Door, DoorOutcome
from coordinator.messaging.queries.doors import code_segments, door_counts

from .labels import OUTCOMES

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
CENTS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Tried:
    """How often one thing happened in the last day and the last seven."""

    outcome: DoorOutcome
    day: int
    week: int


@dataclass(frozen=True, slots=True)
class DoorReport:
    """One public page."""

    door: Door
    lines: Sequence[Tried]


@dataclass(frozen=True, slots=True)
class CodeCost:
    """Segments of the codes that went out; ``prices`` None: no price per segment is set."""

    segments: tuple[int, int]
    prices: tuple[Decimal, Decimal] | None


def door_reports(organisation_id: int, now: datetime) -> list[DoorReport]:
    """Every public page, with the counts of whole hours."""
    day, week = (door_counts(organisation_id, now - since) for since in (A_DAY, A_WEEK))
    return [
        DoorReport(door, [Tried(each, day.get((door, each), 0), week.get((door, each), 0)) for each in outcomes])
        for door, outcomes in OUTCOMES.items()
    ]


def code_cost(organisation_id: int, price_per_segment: Decimal | None, now: datetime) -> CodeCost:
    """What the codes of the last day and the last seven cost, rounded up to the cent."""
    day, week = (code_segments(organisation_id, now - since) for since in (A_DAY, A_WEEK))
    if price_per_segment is None:
        return CodeCost((day, week), None)
    day_price, week_price = ((price_per_segment * number).quantize(CENTS, rounding=ROUND_UP) for number in (day, week))
    return CodeCost((day, week), (day_price, week_price))
