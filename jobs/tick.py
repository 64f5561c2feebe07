"""One round: read what was called back, plan, send what is due, look after what is in the air, say we are alive."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from datetime import datetime, timedelta

from flask import Flask

from coordinator import clock
from coordinator.house import House
from coordinator.messaging.actions import (
    Pulse,
    apply_receipts,
    dispatch_due,
    expire_leases,
    follow_to_the_end,
    look_up_unknown,
    recover_inbound,
    release_held,
)
from coordinator.messaging.tracks import log_tracks
from coordinator.reminders.actions import hold, plan, release_unpaused
from coordinator.shifts.actions import finish_shifts, let_friends_go, next_waves

Step = Callable[[datetime], object]
Steadiness = Callable[[], timedelta]

SELDOM = timedelta(seconds=10)

log = logging.getLogger(__name__)


def tick(app: Flask, steps: Mapping[str, Step], stopping: Callable[[], bool] = lambda: False) -> None:
    """Take every step in its turn, in an app context of its own. One that fails is logged and stops no other.

    Once ``stopping`` says so, no further step is taken.
    """
    with app.app_context():
        for name, step in steps.items():
            if stopping():
                break
            try:
                step(clock.now())
            except Exception as failure:  # the next round tries again
                log_tracks(log, failure, f"{name} failed")


def steps_of(
    house: House,
    worker: str,
    pool: Executor | None,
    stopping: Callable[[], bool] = lambda: False,
    steady_for: Steadiness = lambda: timedelta.max,
) -> Mapping[str, Step]:
    """The steps of a round, by name, in order. ``pool`` sends; without one texts leave one after another.

    Once ``stopping`` says so, nothing more takes off. ``steady_for`` tells for how long the clock has run evenly.
    """
    twilio = house.settings.twilio
    pace = twilio.segments_per_second if twilio else 0

    def dispatch(now: datetime) -> int:
        return dispatch_due(
            house.gateway, now=clock.now, worker=worker, hold=hold, pool=pool, pace=pace, stopping=stopping
        )

    return {
        "reading receipts": apply_receipts,
        "opening places that friends did not take": lambda now: let_friends_go(
            now, public_url=house.settings.public_url
        ),
        "filling places": next_waves,
        "planning": lambda now: plan(now, public_url=house.settings.public_url),
        "letting go what was held": _and_seldom(release_held, release_unpaused),
        "sending": dispatch,
        "looking after leases": lambda now: expire_leases(now, steady_for=steady_for()),
        "finishing shifts": finish_shifts,
        "the heartbeat": Pulse("jobs", timedelta(seconds=house.settings.tick_seconds)),
    }


def _and_seldom(often: Step, seldom: Step, every: timedelta = SELDOM) -> Step:
    """A step of each round, and one that an empty round can do without."""
    done_at: list[datetime] = []

    def step(now: datetime) -> None:
        often(now)
        if not done_at or not timedelta(0) <= now - done_at[-1] < every:
            done_at[:] = [now]
            seldom(now)

    return step


def looks_of(
    house: House, steady_for: Steadiness = lambda: timedelta.max, stopping: Callable[[], bool] = lambda: False
) -> Mapping[str, Step]:
    """What is asked of the network, beside the round: a network that is slow to answer keeps no text waiting."""
    pause = timedelta(seconds=house.settings.reconcile_seconds)
    gateway = house.gateway
    return {
        "looking up what may have left": lambda now: look_up_unknown(
            gateway, now=clock.now, pause=pause, steady_for=steady_for, stopping=stopping
        ),
        "following texts to their end": lambda now: follow_to_the_end(
            gateway, now=clock.now, after=3 * pause, stopping=stopping
        ),
        "taking in what was missed": lambda now: recover_inbound(
            gateway, now=clock.now, every=5 * pause, answer=house.answer
        ),
    }
