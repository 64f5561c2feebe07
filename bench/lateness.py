"""How late texts leave: a jobs process, three shows that are on and slide, 1,000 people; and 1,000 texts at once."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from coordinator import clock
from coordinator.db import db
from coordinator.reminders.actions import plan
from tests.builders import an_organisation

from .festival import Plan, a_festival
from .houses import ENGINES, a_house
from .instant_network import an_instant_network
from .outgoing import put, seconds_late, somebody, until_gone
from .processes import jobs_of
from .table import Row, Size

SHOWS, SLOTS, SHIFTS = 3, 30, 304  # and so 1,002 people
LEAD = timedelta(minutes=60)  # of the reminder before a shift
WARM = timedelta(seconds=20)  # the shows are planned and the process is running by then
AN_INSTANT = 1000


def measure(size: Size) -> list[Row]:
    return [row for engine in ENGINES for row in _on(engine, timedelta(seconds=size.of(45, 10)))]


def _on(engine: str, lasts: timedelta) -> list[Row]:
    with a_house(engine) as app, an_instant_network() as url:
        begins_at = _three_shows(lasts)
        with jobs_of(app, url):
            until_gone(before=begins_at + lasts)
            night_long = seconds_late(0, from_at=begins_at, until_at=begins_at + lasts)
            at_once = _all_at_once()
    p99 = night_long[math.ceil(len(night_long) * 0.99) - 1]
    name = f"lateness, {engine}, 1,000 people, {SHOWS} shows on"
    return [
        Row(f"{name}: p99 of {len(night_long)} texts", f"{p99:.2f} s", "< 2 s", p99 < 2),
        Row("  median, and the last", f"{night_long[len(night_long) // 2]:.2f} s, {night_long[-1]:.2f} s"),
        Row(f"{name}: the last of {len(at_once):,} in one instant", f"{at_once[-1]:.2f} s", "< 3 s", at_once[-1] < 3),
    ]


def _three_shows(lasts: timedelta) -> datetime:
    """Three shows that began an hour ago and run over, planned; from when on their helpers are reminded, one by one."""
    organisation, now = an_organisation(), clock.now()
    begins_at = now + WARM
    for number in range(SHOWS):
        show = Plan(
            f"show-{number}",
            now - timedelta(hours=1),
            made_at=now - timedelta(hours=2),
            stages=1,
            slots_a_stage=SLOTS,
            shifts_at=[begins_at + LEAD + lasts * each / SHIFTS for each in range(SHIFTS)],
            running_since=now - timedelta(hours=1),
        )
        a_festival(show, organisation)
    plan(clock.now(), public_url="https://show.example")
    db.session.remove()
    return begins_at


def _all_at_once() -> list[float]:
    whose = somebody("the-instant")
    due_at = clock.now() + timedelta(seconds=5)
    before = put(whose, AN_INSTANT, due_at)
    until_gone(before, before=due_at)
    return seconds_late(before)
