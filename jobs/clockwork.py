"""What a process does when the machine's clock jumps or differs from the database's."""

import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.interval import IntervalTrigger

from coordinator import clock
from coordinator.messaging.queries.health import database_clock

log = logging.getLogger(__name__)


def follow_database_clock(now: datetime) -> None:
    """Correct this process's clock by the database's, which all machines share; SQLite has none: no change."""
    at = database_clock()
    differs = clock.agree_with(at) if at else timedelta(0)
    if differs:
        log.error("the clock was wrong by %+.0f s; correcting for it from now on", differs.total_seconds())


def wake_after_clock_jumps(
    scheduler: BaseScheduler,
    names: Collection[str],
    look_again: Callable[[], bool],
    steady_for: Callable[[], timedelta],
) -> None:
    """Reschedule these jobs whenever the clock jumps; ``look_again`` waits a while and says whether to continue.

    APScheduler sleeps until a wall-clock time: set the clock back an hour, and it sleeps an hour too long. The jobs
    start again from now, because APScheduler would otherwise count up every missed run, one by one.
    """
    before = steady_for()
    while look_again():
        after = steady_for()
        if after < before:
            for name in (name for name in names if scheduler.get_job(name) is not None):
                every = scheduler.get_job(name).trigger.interval
                scheduler.reschedule_job(name, trigger=IntervalTrigger(seconds=every.total_seconds()))
        before = after
