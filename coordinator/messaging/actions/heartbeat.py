"""A process that does its rounds says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from coordinator.db import transaction

from ..models import Heartbeat

SELDOM: Final = timedelta(seconds=3)
TICKS: Final = 5
AT_ONCE: Final = timedelta(0)


class Pulse:
    """Says so every 3 s, or every 5 ticks where those are shorter: to write it down costs more than an empty round.

    Who watches gives up after 10 ticks, and so never later than that after the last one; what is shown as the last
    tick may be 3 s older than it was.
    """

    def __init__(self, name: str, tick: timedelta) -> None:
        self.name = name
        self._every = min(SELDOM, TICKS * tick) - tick / 2  # ticks come a little early or late
        self._last_at: datetime | None = None

    def __call__(self, now: datetime) -> None:
        """Called once a round; a clock that was set back does not silence it."""
        if self._last_at is None or not AT_ONCE <= now - self._last_at < self._every:
            beat(self.name, now)
            self._last_at = now


def beat(name: str, now: datetime) -> None:
    """Note that this process has just done its round."""
    with transaction() as session:
        heartbeat = session.get(Heartbeat, name)
        if heartbeat is None:
            session.add(Heartbeat(name=name, at=now))
        else:
            heartbeat.at = now
