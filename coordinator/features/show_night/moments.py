"""Instants that somebody types or that a device sends: when something really began."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from coordinator.core.show_time import instant_of_fold
from coordinator.shownight.refusals import NoSuchTime

LONGEST_AGO = timedelta(hours=12)
SKEW = timedelta(minutes=1)  # a phone's clock may be that much ahead


def when_clocks_showed(clock: str, zone: str, now: datetime) -> datetime | None:
    """The last instant until ``now`` at which clocks in the zone showed ``clock``, such as 19:20; None: nothing typed.

    Raises NoSuchTime if that is no time of day, or none of the last twelve hours.
    """
    if not clock.strip():
        return None
    try:
        wall = time.fromisoformat(clock.strip().zfill(5))
    except ValueError:
        raise NoSuchTime from None
    here = now.astimezone(ZoneInfo(zone)).date()
    for days in (0, 1):
        local = datetime.combine(here - timedelta(days=days), wall.replace(tzinfo=None))
        for second in (True, False):
            at = instant_of_fold(local, ZoneInfo(zone), second=second)
            if now - LONGEST_AGO < at <= now:
                return at
    raise NoSuchTime


def when_it_was_sent(written: str, now: datetime) -> datetime | None:
    """The instant that a device sent with a press, as RFC 3339; None: it sent none. Raises NoSuchTime."""
    if not written:
        return None
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise NoSuchTime from None
    if at.tzinfo is None or not now - LONGEST_AGO < at <= now + SKEW:
        raise NoSuchTime
    return min(at, now)
