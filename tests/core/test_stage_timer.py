"""The timer at the edge of a stage, to the second."""

from datetime import UTC, datetime, timedelta

import pytest

from coordinator.core.stage_timer import Phase, countdown_of

BEGAN = datetime(2026, 12, 5, 1, 0, tzinfo=UTC)


def in_phase(length: int, played: timedelta) -> Phase:
    return countdown_of(BEGAN, timedelta(minutes=length)).phase(BEGAN + played)


@pytest.mark.parametrize(
    ("length", "left", "phase"),
    [
        (40, "5:01", Phase.CALM),
        (40, "5:00", Phase.ONE_MORE),
        (40, "1:01", Phase.ONE_MORE),
        (40, "1:00", Phase.LAST),
        (40, "0:01", Phase.LAST),
        (40, "0:00", Phase.OVER),
        (21, "5:00", Phase.ONE_MORE),
        (20, "5:00", Phase.CALM),
        (20, "3:01", Phase.CALM),
        (20, "3:00", Phase.ONE_MORE),
        (20, "1:00", Phase.LAST),
        (2, "2:00", Phase.ONE_MORE),
    ],
)
def test_each_phase_begins_at_its_second(length: int, left: str, phase: Phase) -> None:
    minutes, seconds = map(int, left.split(":"))

    assert in_phase(length, timedelta(minutes=length) - timedelta(minutes=minutes, seconds=seconds)) is phase


@pytest.mark.parametrize(
    ("played", "minutes"), [("0:00", 40), ("0:01", 40), ("1:00", 39), ("39:59", 1), ("40:00", 0), ("41:30", 1)]
)
def test_minutes_count_up_to_the_one_that_has_begun_and_overtime_those_that_are_full(played: str, minutes: int) -> None:
    whole, seconds = map(int, played.split(":"))
    countdown = countdown_of(BEGAN, timedelta(minutes=40))

    assert countdown.minutes(BEGAN + timedelta(minutes=whole, seconds=seconds)) == minutes
