"""The heartbeat of a process that does its rounds."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from coordinator.db import transaction

from ..models import Heartbeat
from .restored import Known, note_round

SELDOM: Final = timedelta(seconds=3)
TICKS: Final = 5
AT_ONCE: Final = timedelta(0)


class Pulse:
    """Records a heartbeat every 3 s, or every 5 ticks if that is shorter: writing one costs more than an empty round.

    Monitoring gives up after 10 ticks, so the last one is never missed; what is shown as the last tick may be 3 s older
    than it was. ``remember`` is told how far the database has come.
    """

    def __init__(self, name: str, tick: timedelta, remember: Callable[[Known], None] = lambda known: None) -> None:
        self.name, self.remember = name, remember
        self._every = min(SELDOM, TICKS * tick) - tick / 2  # ticks come a little early or late
        self._last_at: datetime | None = None

    def __call__(self, now: datetime) -> None:
        """Call once per round; a clock that was set back does not silence it."""
        if self._last_at is None or not AT_ONCE <= now - self._last_at < self._every:
            self.remember(beat(self.name, now))
            self._last_at = now


def beat(name: str, now: datetime) -> Known:
    """Record that this process has just done its round. Returns how far the database has come."""
    with transaction() as session:
        heartbeat = session.get(Heartbeat, name)
        if heartbeat is None:
            session.add(Heartbeat(name=name, at=now))
        else:
            heartbeat.at = now
        return note_round()
