"""The pure rules: one stage, ten stages, twice ten stages; and the decisions about who is told what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from coordinator.core.clashes import clashes
from coordinator.core.reminders import Sighting, Told, decide, new_time
from coordinator.core.timeline import SlotPlan, project

from .table import Row, median_ms

BEGINS = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SLOTS, SHIFTS, RULES, PEOPLE = 300, 1000, 5, 3


def measure() -> list[Row]:
    now = BEGINS + 90 * MINUTE
    one, ten, twenty = [_stage()], [_stage() for _ in range(10)], [_stage() for _ in range(20)]
    single = median_ms(lambda: _project(one, now))
    festival = median_ms(lambda: _festival(ten, now))
    double = median_ms(lambda: _festival(twenty, now, 2 * SHIFTS))
    return [
        Row("one stage of 30 slots, projected", f"{single:.3f} ms", "< 0.5 ms", single < 0.5),
        Row("10 stages, 300 slots, 1,000 shifts: whom to tell what", f"{festival:.1f} ms", "< 20 ms", festival < 20),
        Row("the same, twice as large", f"{double / festival:.2f} times", "linear: about 2", double / festival < 2.6),
    ]


def _stage() -> list[SlotPlan]:
    return [
        SlotPlan(
            key=f"s{number}",
            starts_at=BEGINS + number * 25 * MINUTE,
            length=15 * MINUTE,
            changeover=10 * MINUTE,
            changeover_min=5 * MINUTE,
            started_at=BEGINS + (number * 25 + 5) * MINUTE if number < 3 else None,
        )
        for number in range(30)
    ]


def _project(stages: list[list[SlotPlan]], now: datetime) -> object:
    return [project(stage, None, now) for stage in stages]


def _festival(stages: list[list[SlotPlan]], now: datetime, shifts: int = SHIFTS) -> int:
    """Project, look for clashes, and decide for each person of each slot and each person of each shift."""
    told, decided = Told(BEGINS), 0
    seen = (Sighting(now - 2 * MINUTE, BEGINS), Sighting(now - MINUTE, BEGINS))
    for stage in stages:
        projection = project(stage, None, now)
        clashes(stage, None)
        for slot in projection.slots:
            if slot.starts_at is None:
                continue
            for lead in (7 * 24 * 60, 2 * 24 * 60, 24 * 60, 60, 15)[:RULES]:
                decide(now, slot.starts_at - lead * MINUTE, slot.starts_at)
            for _person in range(PEOPLE):
                decided += new_time(told, slot.starts_at, seen, now) == "send"
    for number in range(shifts):
        begins_at = BEGINS + number * MINUTE
        decide(now, begins_at - 60 * MINUTE, begins_at)
        decided += new_time(told, begins_at, seen, now) == "send"
    return decided
