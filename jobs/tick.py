"""One round: read what was called back, plan, send what is due, look after what is in the air, say we are alive."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from datetime import datetime

from flask import Flask

from coordinator import clock
from coordinator.house import House
from coordinator.messaging.actions import apply_receipts, beat, dispatch_due, expire_leases, release_held
from coordinator.messaging.tracks import log_tracks
from coordinator.reminders.actions import hold, plan

Step = Callable[[datetime], object]

log = logging.getLogger(__name__)


def tick(app: Flask, steps: Mapping[str, Step]) -> None:
    """Take every step in its turn, in an app context of its own. One that fails is logged and stops no other."""
    with app.app_context():
        for name, step in steps.items():
            try:
                step(clock.now())
            except Exception as failure:  # the next round tries again
                log_tracks(log, failure, f"{name} failed")


def steps_of(house: House, worker: str, pool: Executor | None) -> Mapping[str, Step]:
    """The steps of a round, by name, in order. ``pool`` sends; without one texts leave one after another."""

    def dispatch(now: datetime) -> int:
        return dispatch_due(house.gateway, now=clock.now, worker=worker, hold=hold, pool=pool)

    return {
        "reading receipts": apply_receipts,
        "planning": lambda now: plan(now, public_url=house.settings.public_url),
        "letting go what was held": release_held,
        "sending": dispatch,
        "looking after leases": expire_leases,
        "the heartbeat": lambda now: beat("jobs", now),
    }
