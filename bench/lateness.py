"""How late texts go out: one jobs process, three running shows, 1,000 people; then 1,000 texts at once."""

import math
from datetime import datetime, timedelta

from bench.festival import Plan, a_festival
from bench.installations import ENGINES, an_installation
from bench.instant_network import an_instant_network
from bench.outgoing import a_performer, put, seconds_late, wait_until_sent
from bench.processes import jobs_of
from bench.table import Row, Size
from coordinator import clock
from coordinator.db import db
from coordinator.reminders.actions.plan import plan
from tests.builders import an_organisation

SHOWS, SLOTS, SHIFTS = 3, 30, 304  # 1,002 people
LEAD = timedelta(minutes=60)  # of the reminder before a shift
WARM = timedelta(seconds=20)  # enough to plan the shows and start the process
AN_INSTANT = 1000


def measure(size: Size) -> list[Row]:
    return [row for engine in ENGINES for row in _on(engine, timedelta(seconds=size.of(45, 10)))]


def _on(engine: str, lasts: timedelta) -> list[Row]:
    with an_installation(engine) as app, an_instant_network() as url:
        begins_at = _three_shows(lasts)
        with jobs_of(app, url):
            wait_until_sent(before=begins_at + lasts)
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
    """Plans three shows that began an hour ago; returns when the first reminder before a shift is due."""
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
    whose = a_performer("the-instant")
    due_at = clock.now() + timedelta(seconds=5)
    before = put(whose, AN_INSTANT, due_at)
    wait_until_sent(before, before=due_at)
    return seconds_late(before)
