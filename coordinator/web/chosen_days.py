"""Days as addresses give them: ``?day=2026-12-05``."""

from collections.abc import Mapping
from datetime import date, datetime

from coordinator.core.show_days import ShowDay
from coordinator.events.models import Event


def a_day(text: str | None) -> date | None:
    """The day; None if it is none, or none is given."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def asked_day(event: Event, args: Mapping[str, str], now: datetime | None = None) -> ShowDay:
    """The day that the address names; otherwise the one that is on ``now``, or else the next; without it the first."""
    otherwise = event.days[0] if now is None else event.current_day(now)
    return next((day for day in event.days if day.on.isoformat() == args.get("day")), otherwise)
