"""The scheduler and its jobs. What is due is in the database; a job only looks there."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from datetime import UTC, timedelta

from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask

from coordinator import clock
from coordinator.services import AppServices
from jobs.clockwork import follow_database_clock
from jobs.daily import chores_of
from jobs.pinging import EVERY, FIRST_AFTER, Ping
from jobs.remembering import Memory
from jobs.sending import mail_steps_of
from jobs.tick import Step, network_steps_of, steps_of, tick

# APScheduler's default drops a job that is one second late; ours are never early and never skipped.
PUNCTUAL = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
CHORES_AFTER = timedelta(minutes=1)
CLOCK_STEPS: Mapping[str, Step] = {"following the database's clock": follow_database_clock}
WOKEN = ("tick", "mails", "looks", "ping")  # the jobs that start again when the clock jumps


def timetable(
    app: Flask,
    services: AppServices,
    worker: str,
    pools: tuple[Executor | None, Executor | None],
    stopping: Callable[[], bool] = lambda: False,
) -> BlockingScheduler:
    """The scheduler of this process, not started yet: a tick at once and every ``TICK_SECONDS``, daily chores.

    Emails and network lookups run as often as ticks, beside them; ``HEARTBEAT_URL`` is called every minute. ``pools``
    send texts and emails.
    """
    memory = Memory(services.settings.instance_path)
    scheduler = BlockingScheduler(timezone=UTC, job_defaults=PUNCTUAL)
    seconds, now = services.settings.tick_seconds, clock.now()
    steps = {**CLOCK_STEPS, **steps_of(services, worker, pools[0], stopping, clock.Steadiness(), memory)}
    mails = mail_steps_of(services, worker, pools[1], stopping, lambda: memory.is_sure)
    looks = {**CLOCK_STEPS, **network_steps_of(services, clock.Steadiness(), stopping)}
    scheduler.add_job(tick, "interval", seconds=seconds, args=(app, steps, stopping), id="tick", next_run_time=now)
    scheduler.add_job(tick, "interval", seconds=seconds, args=(app, mails, stopping), id="mails", next_run_time=now)
    scheduler.add_job(tick, "interval", seconds=seconds, args=(app, looks, stopping), id="looks", next_run_time=now)
    chores = chores_of(services.settings)
    scheduler.add_job(tick, "interval", days=1, args=(app, chores), id="chores", next_run_time=now + CHORES_AFTER)
    if url := services.settings.heartbeat_url:
        ping = {"telling the watcher that all is well": Ping(url, seconds)}
        often, args = {"seconds": EVERY.total_seconds(), "next_run_time": now + FIRST_AFTER}, (app, ping, stopping)
        scheduler.add_job(tick, "interval", args=args, id="ping", **often)
    return scheduler
