"""No faster than the line carries, nearest first, and no show keeps another waiting."""

from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask

from coordinator.messaging.gateway import RecordingGateway
from tests.builders import a_night, minutes
from tests.messaging.posting import a_text, bodies, send_due

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("pace", "each_second"), [(1.0, [1, 1, 1, 1]), (4.0, [4, 4, 4, 4]), (0.5, [1, 0, 1, 0])])
def test_a_line_carries_so_many_segments_a_second(app: Flask, pace: float, each_second: list[int]) -> None:
    night = a_night()
    now = night.at("19:45")
    for _ in range(20):
        a_text(night, night.person("Josh Granowski"), kind="note", due_at=now)

    sent = [send_due(RecordingGateway(), now + second * SECOND, pace=pace) for second in range(4)]

    assert sent == each_second


def test_a_long_text_takes_the_time_of_its_segments(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    a_text(night, night.person("Josh Granowski"), "x" * 400, kind="note", due_at=now)
    a_text(night, night.person("Josh Granowski"), "short", kind="note", due_at=now)

    sent = [send_due(RecordingGateway(), now + second * SECOND, pace=1.0) for second in range(5)]

    assert sent == [1, 0, 0, 1, 0]


def test_two_processes_share_the_line(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    for _ in range(20):
        a_text(night, night.person("Josh Granowski"), kind="note", due_at=now)

    sent = [send_due(RecordingGateway(), now, pace=4.0) for _process in range(2)]

    assert sent == [4, 0]


def test_shows_take_turns_each_with_what_loses_its_use_first(app: Flask) -> None:
    big, small = a_night(), a_night(slug="another")
    now = big.at("19:45")
    for number in range(10):
        a_text(
            big,
            big.person("Josh Granowski"),
            f"big {number}",
            kind="note",
            due_at=now,
            useful_until=now + minutes(20 - number),
        )
    for number in range(2):
        a_text(small, small.person("Josh Granowski"), f"small {number}", kind="note", due_at=now)
    gateway = RecordingGateway()

    send_due(gateway, now, pace=6.0)

    assert bodies(gateway) == ["big 9", "small 0", "big 8", "small 1", "big 7", "big 6"]
    assert Counter(body.split()[0] for body in bodies(gateway)) == {"big": 4, "small": 2}
