"""The planner on its database: a festival that changed, one that did not, one that slides; and an empty tick."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from coordinator.db import db, transaction
from coordinator.messaging.actions import apply_receipts, dispatch_due, expire_leases, release_held
from coordinator.messaging.gateway import RecordingGateway
from coordinator.messaging.models import Message
from coordinator.reminders.actions import hold, plan
from tests.builders import AStage, a_night, a_shift, a_slot, a_stage

from .houses import ENGINES, a_house
from .table import Row, median_ms

STAGES, SLOTS_A_STAGE, SHIFTS = 10, 30, 100
FUTURE = int(os.environ.get("BENCH_FUTURE_TEXTS", "1000000"))


def measure() -> list[Row]:
    return [row for engine in ENGINES for row in (*_festival(engine), _empty_tick(engine))]


def _festival(engine: str) -> list[Row]:
    with a_house(engine):
        night = a_night(
            stages=_stages(),
            shifts=[a_shift("Door", "19:00", "22:00", people=(f"Helper {number}",)) for number in range(SHIFTS)],
            curfew=None,
        )
        now = night.at("12:00") - timedelta(days=10)
        first = _once(lambda: plan(now, public_url="https://show.example"))
        unchanged = median_ms(lambda: plan(now, public_url="https://show.example"))

        def change() -> None:
            with transaction():
                night.slot("Act 0 0").note = f"{datetime.now(UTC)}"
            plan(now, public_url="https://show.example")

        changed = median_ms(change, times=5)
        later = iter(night.at("20:00") + timedelta(seconds=15 * tick) for tick in range(1, 200))
        plan(night.at("20:00"), public_url="https://show.example")
        slides = median_ms(lambda: plan(next(later), public_url="https://show.example"), times=10)
    name = f"planner, {engine}, {STAGES * SLOTS_A_STAGE} slots, {SHIFTS} shifts"
    return [
        Row(f"{name}: first pass", f"{first:.0f} ms"),
        Row(f"{name}: one note changed", f"{changed:.0f} ms"),
        Row(f"{name}: nothing changed", f"{unchanged:.2f} ms"),
        Row(f"{name}: every stage slides", f"{slides:.0f} ms", "< 1,000 ms every 15 s", slides < 1000),
    ]


def _empty_tick(engine: str) -> Row:
    with a_house(engine):
        night = a_night()
        far = night.at("12:00") + timedelta(days=300)
        columns = {
            "organisation_id": night.organisation.id,
            "event_id": night.event.id,
            "phone": "+12125550100",
            "kind": "note",
            "body": "Later.",
            "created_at": night.at("12:00"),
            "due_at": far,
        }
        for begin in range(0, FUTURE, 20_000):
            with transaction() as session:
                session.execute(insert(Message), [dict(columns) for _ in range(min(20_000, FUTURE - begin))])
        now, gateway = night.at("12:00") - timedelta(days=30), RecordingGateway()
        plan(now, public_url="https://show.example")

        def tick() -> None:
            apply_receipts(now)
            plan(now, public_url="https://show.example")
            release_held(now)
            dispatch_due(gateway, now=lambda: now, worker="bench", hold=hold)
            expire_leases(now)

        db.session.remove()
        taken = median_ms(tick)
    return Row(f"empty tick, {engine}, {FUTURE:,} future texts", f"{taken:.2f} ms", "< 5 ms", taken < 5)


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _stages() -> list[AStage]:
    return [
        a_stage(f"Stage {stage}", [a_slot(f"Act {stage} {slot}", None, minutes=10) for slot in range(SLOTS_A_STAGE)])
        for stage in range(STAGES)
    ]
