"""One round: apply delivery reports, plan, send what is due, look after what is in flight, record a heartbeat."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from datetime import datetime, timedelta

from flask import Flask

from coordinator import clock
from coordinator.messaging.actions.dispatch import dispatch_due
from coordinator.messaging.actions.heartbeat import Pulse
from coordinator.messaging.actions.holding import expire_leases, release_held
from coordinator.messaging.actions.looking import follow_to_the_end, look_up_unknown
from coordinator.messaging.actions.receipts import apply_receipts
from coordinator.messaging.actions.recovering import recover_inbound
from coordinator.messaging.log_traceback import log_traceback
from coordinator.reminders.actions.alerts import notice_what_is_missing, pass_on_news
from coordinator.reminders.actions.holding import hold, release_unpaused
from coordinator.reminders.actions.plan import plan
from coordinator.services import AppServices
from coordinator.shifts.actions.attendance import finish_shifts
from coordinator.shifts.actions.elsewhere import step_aside_elsewhere
from coordinator.shifts.actions.friends import let_friends_go
from coordinator.shifts.actions.waves import next_waves
from jobs.remembering import Memory

Step = Callable[[datetime], object]
Steadiness = Callable[[], timedelta]

SELDOM = timedelta(seconds=10)

log = logging.getLogger(__name__)


def tick(app: Flask, steps: Mapping[str, Step], stopping: Callable[[], bool] = lambda: False) -> None:
    """Run every step in order, each in its own app context and session.

    A step that fails is logged and does not stop the others. Once ``stopping`` is true, no further step runs.
    """
    for name, step in steps.items():
        if stopping():
            break
        with app.app_context():
            try:
                step(clock.now())
            except Exception as failure:  # the next round tries again
                log_traceback(log, failure, f"{name} failed")


def steps_of(
    services: AppServices,
    worker: str,
    pool: Executor | None,
    stopping: Callable[[], bool] = lambda: False,
    steady_for: Steadiness = lambda: timedelta.max,
    memory: Memory | None = None,
) -> Mapping[str, Step]:
    """The steps of a round, by name, in order. ``pool`` sends in parallel; without one, texts go out one by one.

    Once ``stopping`` is true, no further text is sent. ``steady_for`` returns how long the clock has run evenly.
    """
    memory = memory or Memory(services.settings.instance_path)
    twilio = services.settings.twilio
    pace, public_url = twilio.segments_per_second if twilio else 0, services.settings.public_url

    def dispatch(now: datetime) -> int:
        if not memory.is_sure:
            return 0
        return dispatch_due(
            services.gateway, now=clock.now, worker=worker, hold=hold, pool=pool, pace=pace, stopping=stopping
        )

    return {
        "checking that the database was not restored": memory.meet_database,
        "applying receipts": apply_receipts,
        "releasing places held for friends": lambda now: let_friends_go(now, public_url=public_url),
        "filling places": _and_seldom(next_waves, step_aside_elsewhere),
        "telling stage managers what performers say": _and_seldom(
            lambda now: pass_on_news(now, sender=services.gateway.sender, public_url=services.settings.public_url),
            lambda now: notice_what_is_missing(now, sender=services.gateway.sender),
        ),
        "planning texts": lambda now: plan(now, public_url=public_url, sender=services.gateway.sender),
        "releasing held texts": _and_seldom(release_held, release_unpaused),
        "sending texts": dispatch,
        "expiring leases": lambda now: expire_leases(now, steady_for=steady_for()),
        "finishing shifts": finish_shifts,
        "recording the heartbeat": Pulse("jobs", timedelta(seconds=services.settings.tick_seconds), memory.remember),
    }


def _and_seldom(often: Step, seldom: Step, every: timedelta = SELDOM) -> Step:
    """``often`` in every round; ``seldom`` when it has not run for ``every``, or the clock went back."""
    done_at: list[datetime] = []

    def step(now: datetime) -> None:
        often(now)
        if not done_at or not timedelta(0) <= now - done_at[-1] < every:
            done_at[:] = [now]
            seldom(now)

    return step


def network_steps_of(
    services: AppServices, steady_for: Steadiness = lambda: timedelta.max, stopping: Callable[[], bool] = lambda: False
) -> Mapping[str, Step]:
    """Network lookups beside the round, by name, in order: a slow response delays no text."""
    pause = timedelta(seconds=services.settings.reconcile_seconds)
    gateway = services.gateway
    return {
        "looking up texts that may have left": lambda now: look_up_unknown(
            gateway, now=clock.now, pause=pause, steady_for=steady_for, stopping=stopping
        ),
        "following up sent texts": lambda now: follow_to_the_end(
            gateway, now=clock.now, after=3 * pause, stopping=stopping
        ),
        "fetching missed inbound texts": lambda now: recover_inbound(
            gateway, now=clock.now, every=5 * pause, answer=services.answer
        ),
    }
