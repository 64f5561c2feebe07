"""A clock that jumps neither puts the jobs to sleep nor lets processes disagree for long."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from coordinator import clock
from coordinator.db import db
from coordinator.messaging.queries.health import database_clock
from jobs.clockwork import follow_database_clock, wake_after_clock_jumps

SECOND = timedelta(seconds=1)
LONG_ENOUGH = 20  # seconds, on the busiest of machines


@pytest.fixture(autouse=True)
def a_right_clock() -> Iterator[None]:
    yield
    clock.be_wrong(timedelta(0))
    clock.agree_with(datetime.now(UTC))


@pytest.mark.parametrize("seconds", [180, -180])
def test_where_the_database_has_a_clock_it_is_gone_by(
    app: Flask, seconds: int, caplog: pytest.LogCaptureFixture
) -> None:
    clock.agree_with(database_clock() or clock.now())
    clock.be_wrong(seconds * SECOND)
    wrong = clock.now()

    for _ in range(2):
        follow_database_clock(clock.now())

    if db.engine.dialect.name == "postgresql":
        assert abs(clock.now() - (wrong - seconds * SECOND)) < 60 * SECOND
        assert [record.message for record in caplog.records] == [
            f"the clock was wrong by {-seconds:+} s; correcting for it from now on"
        ]
    else:
        assert (clock.now() - wrong < 60 * SECOND, caplog.records) == (True, [])


def test_a_clock_runs_evenly_since_it_jumped() -> None:
    steady_for = clock.Steadiness()
    with time_machine.travel(clock.now(), tick=True) as traveller:
        before = steady_for()
        traveller.shift(180)
        jumped = steady_for()
        since = steady_for()
        traveller.shift(-180)
        back = steady_for()

    assert before > timedelta(0)
    assert (jumped, back) == (timedelta(0), timedelta(0))
    assert timedelta(0) < since < 60 * SECOND


def test_a_clock_that_is_set_back_does_not_put_the_jobs_to_sleep() -> None:
    ticked = threading.Event()
    steadiness = iter([5 * SECOND, 6 * SECOND, timedelta(0), SECOND])
    looks = iter([True, True, True, False])
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.start()
    asleep_until = datetime.now(UTC) + timedelta(hours=1)
    scheduler.add_job(
        ticked.set, "interval", seconds=0.1, id="tick", next_run_time=asleep_until, misfire_grace_time=None
    )
    try:
        wake_after_clock_jumps(scheduler, ["tick"], lambda: next(looks), lambda: next(steadiness))

        assert ticked.wait(LONG_ENOUGH)
    finally:
        scheduler.shutdown()
