"""Clocks jump: what a process of ours does about its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.interval import IntervalTrigger

from coordinator import clock
from coordinator.messaging.queries import database_clock

log = logging.getLogger(__name__)


def go_by_the_database(now: datetime) -> None:
    """Where the database has a clock, it is the one that all processes have in common, on however many machines."""
    at = database_clock()
    differs = clock.agree_with(at) if at else timedelta(0)
    if differs:
        log.error("the clock was wrong by %+.0f s and is read accordingly from now on", differs.total_seconds())


def watch(
    scheduler: BaseScheduler,
    names: Collection[str],
    look_again: Callable[[], bool],
    steady_for: Callable[[], timedelta],
) -> None:
    """Wake these jobs whenever the clock jumps, while ``look_again``, which waits a while, says so.

    APScheduler sleeps until a time of day: set the clock back by an hour, and it sleeps an hour too long. They begin
    anew from the time it is now: it counts up every run that was missed, one by one, however many.
    """
    before = steady_for()
    while look_again():
        after = steady_for()
        if after < before:
            for name in names:
                every = scheduler.get_job(name).trigger.interval
                scheduler.reschedule_job(name, trigger=IntervalTrigger(seconds=every.total_seconds()))
        before = after
