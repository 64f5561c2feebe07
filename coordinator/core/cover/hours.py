"""How long people worked, and the value of that work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

GRACE: Final = timedelta(minutes=15)  # who arrives at most this late is counted from the start
AN_HOUR: Final = timedelta(hours=1)
CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Presence:
    """A shift that someone worked. ``starts_at`` and ``ends_at`` are its actual times.

    ``here_at`` and ``left_at`` None: nobody recorded it, so the whole shift counts.
    """

    starts_at: datetime
    ends_at: datetime
    here_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The counted time, from and to. Staying past the end of the shift counts too."""
        came_late = self.here_at is not None and self.here_at > self.starts_at + GRACE
        begins_at = self.here_at if came_late and self.here_at else self.starts_at
        return begins_at, max(begins_at, self.left_at or self.ends_at)


def hours_worked(presences: Iterable[Presence]) -> timedelta:
    """Time present, in whole minutes; overlapping shifts count once."""
    total, until = timedelta(0), None
    for begins_at, ends_at in sorted(presence.span for presence in presences):
        from_at = max(begins_at, until) if until is not None else begins_at
        total += max(timedelta(0), ends_at - from_at)
        until = ends_at if until is None else max(until, ends_at)
    return total // timedelta(minutes=1) * timedelta(minutes=1)


def worth(length: timedelta, an_hour: Decimal) -> Decimal:
    """The in-kind value of the work, rounded to the cent. ``an_hour`` is the value of one hour."""
    minutes = Decimal(length // timedelta(minutes=1))
    return (minutes * an_hour / 60).quantize(CENT, ROUND_HALF_UP)
