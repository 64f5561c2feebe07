"""The running order of a show of several days."""

from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.builders import ANight, a_coordinator, a_night, a_slot, sign_in
from tests.reading import words

PAGE = "/coordinate/justice-in-motion/order"
LATER = "?day=2026-12-05"


@pytest.fixture
def festival(client: FlaskClient) -> ANight:
    acts = [a_slot("Josh", "20:00"), a_slot("Carlos", "21:00"), a_slot("Wren", "20:00+1"), a_slot("Malo", "21:00+1")]
    return a_night(acts, days=2)


@pytest.fixture
def alice(festival: ANight, client: FlaskClient) -> FlaskClient:
    return sign_in(client.application.test_client(), a_coordinator("Alice", organisation=festival.organisation))


def send(alice: FlaskClient, festival: ANight, path: str, data: dict[str, str]) -> TestResponse:
    with time_machine.travel(festival.at("12:00").replace(day=1), tick=False):
        return alice.post(PAGE + path, data={"sure": "1", **data})


def a_form(prefix: str, **typed: str) -> dict[str, str]:
    usual = {"starts": "22:00", "length": "30", "changeover": "15", "changeover_min": "8", "kind": "set"}
    return {f"{prefix}-{name}": value for name, value in (usual | typed).items()}


def test_days_stand_one_after_the_other(alice: FlaskClient) -> None:
    shown = words(alice.get(PAGE))

    order = [shown.index(word) for word in ("Friday, December 4 Main", "Carlos", "Saturday, December 5 Main", "Wren")]
    assert order == sorted(order)


def test_a_set_is_added_to_the_day_under_which_it_was_typed(alice: FlaskClient, festival: ANight) -> None:
    stage = festival.stage
    form = a_form(f"add-{stage.id}-20261205", name="Ada")

    answer = send(alice, festival, f"/stages/{stage.key}/slots{LATER}", form)

    assert answer.status_code == 303
    assert festival.slot("Ada").starts_at == festival.at("22:00+1")


def test_a_set_goes_to_another_day(alice: FlaskClient, festival: ANight) -> None:
    slot = festival.slot("Carlos")
    form = a_form(f"slot-{slot.id}", name="Carlos", on="2026-12-05")

    answer = send(alice, festival, "/slots/carlos", form)

    assert answer.status_code == 303
    assert festival.slot("Carlos").starts_at == festival.at("22:00+1")


def test_down_is_down_within_the_day(alice: FlaskClient, festival: ANight) -> None:
    send(alice, festival, "/slots/wren/place", {"to": "down"})
    last = send(alice, festival, "/slots/carlos/place", {"to": "down"})

    assert last.status_code == 303
    starts = {name: festival.slot(name).starts_at for name in ("Josh", "Carlos", "Wren", "Malo")}
    assert sorted(starts, key=lambda name: starts[name]) == ["Josh", "Carlos", "Malo", "Wren"]


def test_a_stage_has_a_curfew_on_each_day(alice: FlaskClient, festival: ANight) -> None:
    stage, day = festival.stage, date(2026, 12, 5)
    prefix = f"stage-{stage.id}"
    typed = {f"{prefix}-name": "Main stage", f"{prefix}-curfew": "23:00", f"{prefix}-curfew-20261205": "00:30"}

    answer = send(alice, festival, f"/stages/{stage.key}", typed)

    curfews = {each.on: each.curfew_at(stage.key) for each in festival.event.days}
    assert answer.status_code == 303
    assert curfews == {festival.on: festival.at("23:00"), day: festival.at("00:30+2")}


def test_a_long_running_order_has_the_form_of_the_slot_that_is_to_be_changed(client: FlaskClient) -> None:
    festival = a_night(
        [a_slot(f"Act {number}", f"{12 + number // 6}:{number % 6}0", minutes=5) for number in range(41)]
    )
    alice = sign_in(client.application.test_client(), a_coordinator("Alice", organisation=festival.organisation))
    first, last = (festival.slot(name).id for name in ("Act 0", "Act 40"))

    whole, changing = alice.get(PAGE).text, alice.get(f"{PAGE}?change=act-40").text

    assert f'name="slot-{first}-name"' not in whole + changing
    assert f'name="slot-{last}-name"' not in whole
    assert f'name="slot-{last}-name"' in changing
    assert f"{PAGE}?change=act-40#slot-act-40" in whole
