"""One evening in minutes, for tests of the running order and its reminders."""

from datetime import UTC, datetime, timedelta

EIGHT = datetime(2026, 6, 12, 18, tzinfo=UTC)  # 20:00 in Berlin; all numbers below are minutes after it
CURFEW = 180


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def at(count: float) -> datetime:
    return EIGHT + minutes(count)
