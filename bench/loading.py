"""A festival as an event document: loaded for the first time, and again, against writing as many rows without one."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.festival import Plan, a_festival
from bench.installations import ENGINES, an_installation
from bench.table import Row, Size, at_least, once_ms
from coordinator.accounts.models import Organisation
from coordinator.db import db
from coordinator.features.event_document.apply import load
from coordinator.features.event_document.read import read_document
from tests.builders import an_organisation

BEGINS = datetime(2026, 12, 4, 11, 0, tzinfo=UTC)
MADE_AT = BEGINS - timedelta(days=30)
STAGES, SHIFTS, PEOPLE_A_SHIFT = 10, 1_000, 3
FLOOR = 0.25  # of the rate of plain rows: comparing, people known before, wall times and the audit log come on top
LINEAR = 2.5


def measure(size: Size) -> list[Row]:
    return [row for engine in ENGINES for row in _on(engine, size.of(30, 6), size.of(SHIFTS, 100))]


def _on(engine: str, slots: int, shifts: int) -> list[Row]:
    with an_installation(engine):
        _load(_document("warm", 3, 10), an_organisation("Warm"))
        plain, half = _plain(slots, shifts), _load(_document("half", slots // 2, shifts // 2), an_organisation("Half"))
        document, whose = _document("whole", slots, shifts), an_organisation("Whole")
        first, again = _load(document, whose), _load(document, whose)
    name = f"event document, {engine}, {STAGES * slots} slots, {shifts:,} shifts, {shifts * PEOPLE_A_SHIFT:,} people"
    return [
        at_least(f"{name}: {first:,.0f} ms, against {plain:,.0f} ms for plain rows", plain / first, FLOOR),
        Row("  against one half as large", f"{first / half:.2f} times", f"linear: < {LINEAR}", first / half < LINEAR),
        Row("  the same once more, which changes nothing", f"{again:,.0f} ms"),
    ]


def _plain(slots: int, shifts: int) -> float:
    starts = [BEGINS + timedelta(minutes=number % 480) for number in range(shifts)]
    plan = Plan("plain", BEGINS, MADE_AT, STAGES, slots, starts, people_a_shift=PEOPLE_A_SHIFT)
    taken = once_ms(lambda: a_festival(plan))
    db.session.remove()
    return taken


def _load(document: dict[str, Any], whose: Organisation) -> float:
    text = json.dumps(document)
    taken = once_ms(lambda: load(read_document(text, now=MADE_AT), whose, now=MADE_AT))
    db.session.remove()
    return taken


def _document(slug: str, slots: int, shifts: int) -> dict[str, Any]:
    """Each act is played by one of the people; every third shift follows a slot."""
    people = shifts * PEOPLE_A_SHIFT
    keys = [[f"act-{stage}-{place}" for place in range(slots)] for stage in range(STAGES)]
    every = [key for stage in keys for key in stage]
    return {
        "callboard": 1,
        "slug": slug,
        "title": "The festival",
        "zone": "UTC",
        "date": BEGINS.date().isoformat(),
        "people": [
            {"key": f"p{n}", "name": f"Person {n}", "phone": f"+1{201 + n // 100 % 780}55501{n % 100:02}"}
            for n in range(people)
        ],
        "acts": [{"key": key, "name": key, "people": [f"p{n % people}"]} for n, key in enumerate(every)],
        "stages": [
            {"key": f"s{number}", "name": f"Stage {number}", "slots": [_slot(key, n) for n, key in enumerate(stage)]}
            for number, stage in enumerate(keys)
        ],
        "roles": [{"key": f"r{n}", "name": f"Role {n}"} for n in range(20)],
        "shifts": [_shift(n, every) for n in range(shifts)],
        "sign_ups": [{"shift": f"sh{n % shifts}", "person": f"p{n}"} for n in range(people)],
    }


def _slot(key: str, place: int) -> dict[str, Any]:
    starts = (BEGINS + timedelta(minutes=12 * place)).isoformat()
    return {"key": key, "act": key, "starts": starts, "length": 7, "changeover": 5, "changeover_min": 2}


def _shift(number: int, slots: list[str]) -> dict[str, Any]:
    shift = {"key": f"sh{number}", "role": f"r{number % 20}", "min": 1, "max": PEOPLE_A_SHIFT}
    if number % 3 == 0:
        slot = slots[number % len(slots)]
        return shift | {"follows": {"slot": slot, "from": "changeover_start", "to": "set_start", "before": 5}}
    starts_at = BEGINS + timedelta(minutes=number % 480)
    return shift | {"starts": starts_at.isoformat(), "ends": (starts_at + timedelta(hours=2)).isoformat()}
