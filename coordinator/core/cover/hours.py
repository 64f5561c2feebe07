"""How long somebody really worked, and what that is worth to the cause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

GRACE: Final = timedelta(minutes=15)  # who comes so late at most is counted from the start
AN_HOUR: Final = timedelta(hours=1)
CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody was there for a shift. ``starts_at`` and ``ends_at`` are its times as the show ran; ``here_at`` and
    ``left_at`` None: nobody said, so it counts whole."""

    starts_at: datetime
    ends_at: datetime
    here_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From when to when it counts; who stayed longer is counted longer."""
        came_late = self.here_at is not None and self.here_at > self.starts_at + GRACE
        begins_at = self.here_at if came_late and self.here_at else self.starts_at
        return begins_at, max(begins_at, self.left_at or self.ends_at)


def hours_worked(presences: Iterable[Presence]) -> timedelta:
    """The time somebody was there, in whole minutes; what overlaps counts once."""
    total, until = timedelta(0), None
    for begins_at, ends_at in sorted(presence.span for presence in presences):
        from_at = max(begins_at, until) if until is not None else begins_at
        total += max(timedelta(0), ends_at - from_at)
        until = ends_at if until is None else max(until, ends_at)
    return total // timedelta(minutes=1) * timedelta(minutes=1)


def worth(length: timedelta, an_hour: Decimal) -> Decimal:
    """The in-kind value of so much work, to the cent."""
    minutes = Decimal(length // timedelta(minutes=1))
    return (minutes * an_hour / 60).quantize(CENT, ROUND_HALF_UP)
