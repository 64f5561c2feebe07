"""The stage manager sees on Show night which board has fallen silent."""

import pytest
from flask.testing import FlaskClient

from coordinator.shownight.actions.screens import Report, report_screen
from coordinator.shownight.models import BoardKind
from tests.builders import ANight, a_coordinator, sign_in
from tests.features.show_night.pressing import PAGE, at_time
from tests.reading import words


@pytest.mark.parametrize(
    ("screens", "at", "said"),
    [
        ({}, "20:05", "Boards"),
        ({"foyer": "20:04"}, "20:05", "Boards"),
        ({"foyer": "20:00", "bar": "20:04"}, "20:05", "Boards 1 board is silent"),
        ({"foyer": "20:00", "bar": "20:01"}, "20:05", "Boards 2 boards are silent"),
    ],
)
def test_show_night_says_how_many_boards_are_silent(
    client: FlaskClient, night: ANight, screens: dict[str, str], at: str, said: str
) -> None:
    sign_in(client, a_coordinator("Sam", organisation=night.organisation, role="stage_manager"))
    for key, seen in screens.items():
        for wall in ("19:50", seen):
            report_screen(night.event.id, Report(key, BoardKind.NOW_NEXT, None, "LG TV"), night.at(wall))

    with at_time(night, at):
        page = words(client.get(PAGE))

    assert said in page
    assert ("silent" in page) == ("silent" in said)


def test_who_only_looks_on_is_not_led_to_the_boards(client: FlaskClient, night: ANight) -> None:
    sign_in(client, a_coordinator("Vera", organisation=night.organisation, role="viewer"))

    with at_time(night, "20:05"):
        assert "/coordinate/justice-in-motion/boards" not in client.get(PAGE).text


def test_who_looks_at_the_goal_is_no_screen(client: FlaskClient, night: ANight) -> None:
    with at_time(night, "20:05"):
        assert "data-reports" not in client.get("/e/justice-in-motion/goal").text
