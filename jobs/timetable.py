"""When what happens: the rows of the database are the truth, this only wakes us."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from datetime import UTC, timedelta

from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask

from coordinator import clock
from coordinator.house import House

from .clockwork import go_by_the_database
from .daily import CHORES
from .tick import Step, looks_of, steps_of, tick

# Its own default drops a job that is one second late; we are never early and never skip.
PUNCTUAL = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
CHORES_AFTER = timedelta(minutes=1)
ON_TIME: Mapping[str, Step] = {"agreeing on the time": go_by_the_database}
AWAKE = ("tick", "looks")  # the jobs that a clock set back must not put to sleep


def timetable(
    app: Flask, house: House, worker: str, pool: Executor | None, stopping: Callable[[], bool] = lambda: False
) -> BlockingScheduler:
    """The one scheduler of this process, not started yet: a tick at once and every ``TICK_SECONDS``, chores daily.

    Looks at the network come as often as ticks, and beside them.
    """
    scheduler = BlockingScheduler(timezone=UTC, job_defaults=PUNCTUAL)
    seconds, now = house.settings.tick_seconds, clock.now()
    steps = {**ON_TIME, **steps_of(house, worker, pool, stopping, clock.Steadiness())}
    looks = {**ON_TIME, **looks_of(house, clock.Steadiness(), stopping)}
    scheduler.add_job(tick, "interval", seconds=seconds, args=(app, steps, stopping), id="tick", next_run_time=now)
    scheduler.add_job(tick, "interval", seconds=seconds, args=(app, looks, stopping), id="looks", next_run_time=now)
    scheduler.add_job(tick, "interval", days=1, args=(app, CHORES), id="chores", next_run_time=now + CHORES_AFTER)
    return scheduler
