"""The planner with its database: a festival planned for the first time, changed, and unchanged."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import select

from bench.festival import Plan, a_festival
from bench.installations import ENGINES, an_installation
from bench.table import Row, Size, median_ms, once_ms
from coordinator.db import db, transaction
from coordinator.lineup.models import Slot
from coordinator.reminders.actions.plan import plan

BEGINS = datetime(2026, 12, 4, 12, 0, tzinfo=UTC)
STAGES, SLOTS_A_STAGE = 10, 30
LOOK = 1000  # ms: the planner must finish between two rounds of sending


def measure(size: Size) -> list[Row]:
    return [row for engine in ENGINES for row in _on(engine, size.of(1000, 100))]


def _on(engine: str, shifts: int) -> list[Row]:
    with an_installation(engine):
        starts = [BEGINS + timedelta(minutes=number % 480) for number in range(shifts)]
        made_at = BEGINS - timedelta(days=30)
        event = a_festival(Plan("festival", BEGINS, made_at, STAGES, SLOTS_A_STAGE, starts))
        before = BEGINS - timedelta(days=10)
        first = once_ms(_looking(lambda: before))
        unchanged = median_ms(_looking(lambda: before), times=100)
        changed = median_ms(_changing(event.id, before), times=5)
    name = f"planner, {engine}, {STAGES * SLOTS_A_STAGE} slots, {shifts:,} shifts"
    return [
        Row(f"{name}: first look", f"{first:.0f} ms"),
        Row(f"{name}: one note changed", f"{changed:.0f} ms", f"< {LOOK:,} ms", changed < LOOK),
        Row(f"{name}: nothing changed", f"{unchanged:.2f} ms"),
    ]


def _looking(at: Callable[[], datetime]) -> Callable[[], object]:
    def look() -> None:
        plan(at(), public_url="https://show.example")
        db.session.remove()

    return look


def _changing(event_id: int, now: datetime) -> Callable[[], object]:
    numbers = count()

    def change() -> None:
        with transaction() as session:
            first = select(Slot).where(Slot.event_id == event_id).order_by(Slot.id).limit(1)
            session.scalars(first).one().note = f"note {next(numbers)}"
        plan(now, public_url="https://show.example")
        db.session.remove()

    return change
