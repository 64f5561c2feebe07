"""A festival of two days as its coordinators have it: loaded, planned, looked at, changed and printed.

Each page is asked for through WSGI in this process and compared with the same page of a festival half as large.
"""

import json
from collections.abc import Mapping
from contextvars import Context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from bench.installations import ENGINES, an_installation
from bench.table import Row, Size, median_ms, once_ms
from coordinator.accounts.models import Actor, Organisation
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.features.event_document.apply import load
from coordinator.features.event_document.read import read_document
from coordinator.lineup.actions.moves import move_times
from coordinator.lineup.queries import slot_with_key
from coordinator.reminders.actions.plan import plan
from coordinator.reminders.actions.plan_changes import change_plan, consequences
from tests.builders import a_coordinator, an_organisation, sign_in
from tests.queries import counted

BEGINS = datetime(2036, 12, 5, 11, 0, tzinfo=UTC)
MADE_AT = BEGINS - timedelta(days=30)
A_DAY = timedelta(days=1)
DAYS, STAGES = 2, 10
FLUENT = 1_000  # ms: what a person takes for an answer to what they just did
LINEAR = 2.5  # of one half as large
PAGES = {
    "overview": "",
    "running order": "/order",
    "volunteers": "/volunteers",
    "who's needed when": "/volunteers/grid",
    "people list": "/people-list",
    "performers": "/performers",
    "planned texts": "/texts",
    "printed running order": "/print/running-order",
    "printed call sheets": "/print/call-sheets",
    "printed shift list": "/print/shifts",
    "printed door list": "/print/door",
    "badges": "/print/badges",
}


@dataclass(frozen=True)
class Numbers:
    """How large the festival is: slots of each stage on each day, shifts, people."""

    slots: int
    shifts: int
    people: int

    @property
    def half(self) -> "Numbers":
        return Numbers(self.slots // 2, self.shifts // 2, self.people // 2)


def measure(size: Size) -> list[Row]:
    whole = Numbers(size.of(15, 4), size.of(400, 40), size.of(2_000, 120))
    return [row for engine in ENGINES for row in _on(engine, whole)]


def _on(engine: str, whole: Numbers) -> list[Row]:
    with an_installation(engine) as app:
        half = _measured(app, "half", whole.half)
        found = _measured(app, "whole", whole)
    slots = DAYS * STAGES * whole.slots
    name = f"festival of two days, {engine}, {slots} slots, {whole.shifts} shifts, {whole.people:,} people"
    return [Row(name, ""), *(_row(what, taken, half[what]) for what, taken in found.items())]


def _row(what: str, taken: float, of_half: float) -> Row:
    said = f"{taken:,.0f} ms, {taken / of_half:.2f} times one half as large"
    if what == "loaded":
        return Row(f"  {what}", said, f"linear: < {LINEAR}", taken / of_half < LINEAR)
    return Row(f"  {what}", said, f"< {FLUENT:,} ms", taken < FLUENT)


def _measured(app: Flask, slug: str, numbers: Numbers) -> dict[str, float]:
    """Milliseconds of each thing that is done with it."""
    organisation = an_organisation(slug)
    text = json.dumps(_document(slug, numbers))
    found = {"loaded": once_ms(lambda: _load(text, organisation))}
    event = db.session.query(Event).filter_by(slug=slug).one()
    found["planned for the first time"] = once_ms(lambda: plan(MADE_AT, public_url="https://show.example"))
    found |= _changes(event)
    client = sign_in(app.test_client(), a_coordinator(f"Alice {slug}", organisation=organisation))
    for name, path in PAGES.items():
        taken, queries = _page(client, f"/coordinate/{slug}{path}")
        found[f"{name}, {queries} queries"] = taken
    db.session.remove()
    return found


def _changes(event: Event) -> dict[str, float]:
    """An evening moved by ten minutes: shown before it is done, then done, then planned again."""
    slot = slot_with_key(event.id, "s0-1-0")
    assert slot is not None
    actor = Actor("Alice")
    found = {
        "preview of moving an evening": once_ms(
            lambda: consequences(event, lambda: move_times(slot, 10, actor=actor, now=MADE_AT), MADE_AT)
        )
    }
    found["an evening moved"] = once_ms(
        lambda: change_plan(event, lambda: move_times(slot, 10, actor=actor, now=MADE_AT))
    )
    found["planned after that"] = once_ms(lambda: plan(MADE_AT, public_url="https://show.example"))
    return found


def _page(client: FlaskClient, path: str) -> tuple[float, int]:
    """Milliseconds and queries of the whole page, asked for outside of our own app context."""

    def ask() -> None:
        assert Context().run(client.get, path).status_code == 200, path

    ask()
    with counted() as statements:
        ask()
    return median_ms(ask, times=3), len(statements)


def _load(text: str, organisation: Organisation) -> None:
    load(read_document(text, now=MADE_AT), organisation, now=MADE_AT)


def _document(slug: str, numbers: Numbers) -> Mapping[str, Any]:
    """Each act is played by one of the people, everyone has a shift; every fourth shift follows a slot."""
    slots = [_slots(stage, numbers) for stage in range(STAGES)]
    acts = [slot["act"] for stage in slots for slot in stage]
    people = [_person(number) for number in range(numbers.people)]
    return {
        "callboard": 1,
        "slug": slug,
        "title": "The festival",
        "zone": "UTC",
        "days": [_day(day) for day in range(DAYS)],
        "people": people,
        "acts": [
            {"key": act, "name": f"Act {act}", "people": [f"p{n % numbers.people}"]} for n, act in enumerate(acts)
        ],
        "stages": [{"key": f"s{n}", "name": f"Stage {n}", "slots": each} for n, each in enumerate(slots)],
        "roles": [{"key": f"r{n}", "name": f"Role {n}", "works_changeovers": n % 4 == 0} for n in range(20)],
        "shifts": [_shift(n, acts, numbers) for n in range(numbers.shifts)],
        "sign_ups": [{"shift": f"sh{n % numbers.shifts}", "person": f"p{n}"} for n in range(numbers.people)],
    }


def _day(day: int) -> dict[str, Any]:
    doors_at = BEGINS - timedelta(hours=1) + day * A_DAY
    curfews = {f"s{stage}": (doors_at + timedelta(hours=14)).isoformat() for stage in range(STAGES)}
    return {"date": doors_at.date().isoformat(), "doors": doors_at.isoformat(), "curfews": curfews}


def _person(number: int) -> dict[str, Any]:
    phone = f"+1{201 + number // 100 % 780}55501{number % 100:02}"
    agreed = {"agreed_at": MADE_AT.isoformat(), "how": "web"}
    return {"key": f"p{number}", "name": f"Person {number}", "phone": phone, "texts": agreed}


def _slots(stage: int, numbers: Numbers) -> list[dict[str, Any]]:
    return [
        {
            "key": f"s{stage}-{day}-{place}",
            "act": f"s{stage}-{day}-{place}",
            "starts": (BEGINS + day * A_DAY + timedelta(minutes=45 * place)).isoformat(),
            "length": 30,
            "changeover": 15,
            "changeover_min": 5,
        }
        for day in range(DAYS)
        for place in range(numbers.slots)
    ]


def _shift(number: int, slots: list[str], numbers: Numbers) -> dict[str, Any]:
    shift = {"key": f"sh{number}", "role": f"r{number % 20}", "min": 2, "max": 2 + numbers.people // numbers.shifts}
    if number % 4 == 0:
        follows = {"slot": slots[number % len(slots)], "from": "changeover_start", "to": "set_start", "before": 5}
        return shift | {"follows": follows}
    starts_at = BEGINS + number % DAYS * A_DAY + timedelta(minutes=30 * (number // DAYS % 20))
    return shift | {"starts": starts_at.isoformat(), "ends": (starts_at + timedelta(hours=3)).isoformat()}
