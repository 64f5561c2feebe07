"""Who of the show's people is free for a shift, and is put on it with one press."""

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.models import Actor, AuditEntry
from coordinator.core.cover import Obstacle
from coordinator.db import db, transaction
from coordinator.features.shift_plan.queries.free import MOST, who_is_free
from coordinator.people.actions.persons import forget_person
from coordinator.shifts.actions.planning import cancel_shift
from coordinator.shifts.models import SignUp
from tests.builders import ANight, AShift, a_coordinator, a_night, a_person, a_shift
from tests.features.shift_plan.test_plan import PAGE, Desk, people_on
from tests.night import in_the_cast
from tests.queries import counted
from tests.reading import read_page, words


def a_night_with_people() -> ANight:
    """At the tea from 9:00 to 10:00, Ana is free; Dana comes from a shift too close; Bo is at the bar; Cy has it."""
    night = a_night(
        [],
        shifts=[
            a_shift("Tea", "21:00", "22:00", people=("Cy Park",), max=3, min=2, place="Hall"),
            a_shift("Bar", "20:30", "21:30", people=("Bo Elm",), place="Yard"),
            a_shift("Front door", "19:00", "20:58", people=("Dana Door",), place="Street"),
        ],
    )
    with transaction():
        in_the_cast(night, "Ana Ruiz")
    return night


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    return a_night_with_people()


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> Desk:
    return Desk(client, night, a_coordinator("Alice", organisation=night.organisation))


def choose(desk: Desk, name: str, key: str = "tea-1", **fields: str) -> TestResponse:
    return desk.press(f"shifts/{key}/people/{desk.night.person(name).id}", **fields)


def test_the_free_stand_first_then_those_with_a_warning_and_the_busy_are_counted(app: Flask) -> None:
    night = a_night_with_people()

    found = who_is_free(night.shift("tea-1"), night.at("12:00"))

    assert [(each.person.name, each.shifts, each.against) for each in found.free] == [("Ana Ruiz", 0, [])]
    assert [(each.person.name, each.shifts, each.obstacles.split()[0]) for each in found.warned] == [
        ("Dana Door", 1, Obstacle.TOO_CLOSE)
    ]
    assert (found.busy, found.more) == (1, 0)


def test_the_page_says_what_speaks_against_somebody_and_what_they_are_told(alice: Desk) -> None:
    said = words(alice.open("shifts/tea-1/free"))

    for expected in (
        "Who's free for Tea? Friday, December 4, 9:00–10:00 PM, Hall. 1 of 3, 2 needed",
        "Free at that time Ana Ruiz No shift yet Put on",
        "Free, with a warning Dana Door 1 shift Tea is too close to Front door",
        "1 person has something else then, or can't work it.",
        "you're on: Tea 9pm, tonight, Hall",
    ):
        assert expected in said


def test_one_press_puts_somebody_on_and_leads_to_the_shift_with_an_undo(alice: Desk, night: ANight) -> None:
    answer = choose(alice, "Ana Ruiz")

    assert answer.location.startswith(f"{PAGE}/shifts/tea-1?added=")
    assert "Ana Ruiz is now on Tea. We'll ask them in 30 seconds. Undo" in words(alice.follow(answer))
    assert people_on(night, "tea-1") == [("Cy Park", "confirmed"), ("Ana Ruiz", "confirmed")]
    assert [(each.what, each.by) for each in db.session.scalars(select(AuditEntry))] == [("shift.taken", "Alice")]


def test_a_press_from_the_grid_leads_back_to_that_cell_and_so_does_its_undo(alice: Desk, night: ANight) -> None:
    grid = read_page(alice.open("grid").text)
    cell = next(each for each in grid.every("td") if each.attributes.get("id") == "cell-tea-4-2026-12-04")
    address = cell.every("a")[0].attributes["href"]
    free = alice.ask(address.removeprefix(PAGE))

    added = choose(alice, "Ana Ruiz", back="grid", cell="cell-tea-4-2026-12-04")
    back = alice.follow(added)
    undone = alice.press(
        f"sign-ups/{night.shift('tea-1').sign_ups[-1].id}/off", back="grid", cell="cell-tea-4-2026-12-04"
    )

    assert free.status_code == 200
    assert 'name="cell" value="cell-tea-4-2026-12-04"' in free.text
    assert added.location.startswith(f"{PAGE}/grid?")
    assert added.location.endswith("#cell-tea-4-2026-12-04")
    assert "Ana Ruiz is now on Tea. We'll ask them in 30 seconds. Undo" in words(back)
    assert undone.location.endswith("#cell-tea-4-2026-12-04")
    assert people_on(night, "tea-1")[-1] == ("Ana Ruiz", "cancelled")


def test_a_warning_that_was_shown_is_overridden_and_kept_as_the_reason(alice: Desk, night: ANight) -> None:
    warned = who_is_free(night.shift("tea-1"), night.at("12:00")).warned[0].obstacles

    not_shown = choose(alice, "Dana Door")
    before = people_on(night, "tea-1")
    choose(alice, "Dana Door", warned=warned)

    assert not_shown.location == f"{PAGE}/shifts/tea-1/free"
    assert "Tea is too close to Front door" in words(alice.follow(not_shown))
    assert before == [("Cy Park", "confirmed")]
    assert people_on(night, "tea-1")[-1] == ("Dana Door", "confirmed")
    reasons = select(SignUp.override_reason).where(SignUp.override_reason.is_not(None))
    assert "Chosen although: Tea is too close to Front door" in (db.session.scalars(reasons).one() or "")


def test_who_has_become_busy_meanwhile_is_not_put_on(alice: Desk, night: ANight) -> None:
    answer = choose(alice, "Bo Elm", warned="too_close")

    assert "Bo Elm is on Bar at that time." in words(alice.follow(answer))
    assert people_on(night, "tea-1") == [("Cy Park", "confirmed")]


def test_only_people_of_the_show_can_be_chosen(alice: Desk, night: ANight) -> None:
    stranger = a_person("Zoe Far", organisation=night.organisation)

    assert alice.press(f"shifts/tea-1/people/{stranger.id}").status_code == 404
    assert people_on(night, "tea-1") == [("Cy Park", "confirmed")]


def test_a_name_is_searched_for(alice: Desk) -> None:
    found, nobody = words(alice.open("shifts/tea-1/free?q=dana")), words(alice.open("shifts/tea-1/free?q=zoe"))

    assert "Dana Door" in found
    assert "Ana Ruiz" not in found
    assert "Nobody with that name could be put on." in nobody


def test_a_full_or_cancelled_shift_asks_for_nobody(alice: Desk, night: ANight) -> None:
    with transaction():
        night.shift("bar-2").max = 1
    cancel_shift(night.shift("front-door-3"), actor=Actor("Alice"), now=night.at("12:00"))

    assert "Every spot is taken" in words(alice.open("shifts/bar-2/free"))
    assert "This shift was called off." in words(alice.open("shifts/front-door-3/free"))


def test_other_shifts_of_the_role_at_that_time_are_one_tap_away(client: FlaskClient) -> None:
    night = a_night(
        [], shifts=[a_shift("Bar", "20:00", "21:00"), a_shift("Bar", "20:30", "21:30", place="Yard", max=3)]
    )
    alice = Desk(client, night, a_coordinator("Alice", organisation=night.organisation))

    page = alice.open("shifts/bar-1/free?back=grid&cell=x")

    assert "Also at this time 8:30–9:30 PM, Yard 3 spots left" in words(page)
    assert "shifts/bar-2/free?back=grid&amp;cell=x" in page.text


def test_as_many_queries_for_many_shifts_at_that_time_as_for_few(client: FlaskClient) -> None:
    def at_the_bar(number: int) -> list[AShift]:
        return [a_shift("Bar", "20:00", "21:00", max=3, people=(f"Person {index}",)) for index in range(number)]

    few = a_night([], shifts=at_the_bar(2), slug="few")
    a_night([], shifts=at_the_bar(20), slug="many", organisation=few.organisation)
    desk = Desk(client, few, a_coordinator("Alice", organisation=few.organisation))
    numbers = []
    for slug in ("few", "few", "many"):
        with counted() as queries, time_machine.travel(few.at("12:00"), tick=False):
            desk.client.get(f"/coordinate/{slug}/volunteers/shifts/bar-1/free")
        numbers.append(len(queries))

    assert numbers[1] == numbers[2]


def test_as_many_queries_for_many_people_as_for_few_and_only_so_many_names(app: Flask) -> None:
    night = a_night([], shifts=[a_shift("Tea", "21:00", "22:00")])
    with transaction():
        in_the_cast(night, "Ana")
    who_is_free(night.shift("tea-1"), night.at("12:00"))
    with counted() as for_one:
        who_is_free(night.shift("tea-1"), night.at("12:00"))
    with transaction():
        for number in range(MOST + 9):
            in_the_cast(night, f"Person {number}")

    with counted() as for_many:
        found = who_is_free(night.shift("tea-1"), night.at("12:00"))

    assert (len(found.free), found.more) == (MOST, 10)
    assert len(for_many) == len(for_one)


def test_who_was_forgotten_is_not_offered(app: Flask) -> None:
    night = a_night_with_people()

    with time_machine.travel(night.at("12:00"), tick=False):
        forget_person(night.person("Ana Ruiz"), now=night.at("12:00"))

    assert who_is_free(night.shift("tea-1"), night.at("12:00")).free == []
