"""Every role over the half hours, as the show really runs."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coordinator.accounts.models import Actor
from coordinator.features.shift_plan.queries.grid import GridDay, grid_of
from coordinator.shifts.actions.planning import cancel_shift
from coordinator.shownight.actions.pressing import declare_late
from coordinator.spoken import on_page
from tests.builders import ANight, a_coordinator, a_night, a_shift
from tests.features.shift_plan.test_plan import Desk
from tests.reading import words

ALICE = Actor("Alice")


def drawn(night: ANight, wall: str = "12:00") -> list[tuple[date, list[str], dict[str, list[str]], list[int]]]:
    return [_day(day, night.zone) for day in grid_of(night.event, night.at(wall))]


def _day(day: GridDay, zone: str) -> tuple[date, list[str], dict[str, list[str]], list[int]]:
    rows = {row.role.name: [f"{half.taken}/{half.needed} {half.cover}" for half in row.half_hours] for row in day.rows}
    starts = [on_page(zone, "en").bare_clock(start) for start in day.starts]
    return day.on, starts, rows, [half.missing for half in day.all_roles]


def test_each_role_has_its_half_hours_and_what_is_missing_is_summed(app: Flask) -> None:
    night = a_night(
        shifts=[
            a_shift("Front door", "19:15", "20:00", people=("Ana",), min=2, max=2),
            a_shift("Bar", "19:30", "20:30", min=1),
        ]
    )

    assert drawn(night) == [
        (
            date(2026, 12, 4),
            ["7:00", "7:30", "8:00"],
            {
                "Front door": ["1/2 short", "1/2 short", "0/0 none"],
                "Bar": ["0/0 none", "0/1 short", "0/1 short"],
            },
            [1, 2, 1],
        )
    ]


def test_a_following_shift_stands_where_the_show_has_moved_it(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Crew", follows="The Poor Nobodys", people=("Ana",))])
    before = drawn(night)[0][1]

    declare_late(night.slot("The Poor Nobodys").id, 60, actor=ALICE, now=night.at("21:00"))

    assert (before, drawn(night, "21:01")[0][1]) == (["9:00"], ["10:00"])


def test_what_is_called_off_needs_nobody(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Bar", "19:30", "20:30")])
    cancel_shift(night.shift("bar-1"), actor=ALICE, now=night.at("12:00"))

    assert drawn(night) == []


def test_each_day_has_a_table_of_its_own_and_the_night_belongs_to_the_evening(app: Flask) -> None:
    night = a_night(
        shifts=[a_shift("Load in", "17:00-1", "18:00-1"), a_shift("Watch", "23:30", "00:30+1")],
    )

    assert [(on, starts) for on, starts, _, _ in drawn(night)] == [
        (date(2026, 12, 3), ["5:00", "5:30"]),
        (date(2026, 12, 4), ["11:30", "12:00"]),
    ]


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    return a_night(
        shifts=[
            a_shift("Front door", "19:00", "20:00", people=("Ana",), min=2, max=2),
            a_shift("Bar", "19:00", "19:30", people=("Bo",), min=1),
        ]
    )


def test_it_is_read_in_numbers_and_words_as_a_table_and_as_a_list(client: FlaskClient, night: ANight) -> None:
    alice = Desk(client, night, a_coordinator("Alice", organisation=night.organisation))

    said = words(alice.open("grid"))

    assert (
        "Role 7:00 7:30 Front door 1/2 short Who's free 1/2 short Who's free"
        " Bar 1/1 filled Who's free – nobody needed Missing 1 1"
    ) in said
    assert "Missing 7:00–8:00 PM 1 person" in said
    assert "Bar 7:00–7:30 PM 1/1 filled" in said


def test_another_house_sees_no_grid(client: FlaskClient, night: ANight) -> None:
    charlie = Desk(client, night, a_coordinator("Charlie"))

    assert charlie.open("grid").status_code == 404
