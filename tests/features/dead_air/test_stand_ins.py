"""The list of acts that can stand in."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coordinator.lineup.queries import stand_ins_of
from tests.builders import a_coordinator, a_night, minutes, sign_in
from tests.night import ANight
from tests.reading import words

LIST = "/coordinate/justice-in-motion/stand-ins"
BEN = {
    "act": "Ben Ode",
    "phone": "(212) 555-0188",
    "agreed": "y",
    "minutes_away": "10",
    "length": "25",
    "gear": "One mic",
}


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    return a_night()


@pytest.fixture
def client(night: ANight, sqlite_app: Flask) -> FlaskClient:
    return sign_in(sqlite_app.test_client(), a_coordinator("Alice", organisation=night.organisation))


def test_an_act_that_is_new_comes_with_its_player(client: FlaskClient, night: ANight) -> None:
    page = client.post(LIST, data=BEN, follow_redirects=True)

    (ben,) = stand_ins_of(night.event)
    assert "Ben Ode can stand in." in words(page)
    assert "Ben Ode 10 min away, 25 minutes, One mic" in words(page)
    assert (ben.act.name, ben.length, [person.phone for person in ben.act.people]) == (
        "Ben Ode",
        minutes(25),
        ["+12125550188"],
    )
    assert ben.act.people[0].agreed_at is not None


def test_an_act_of_the_show_is_known_by_its_name_and_is_on_the_list_once(client: FlaskClient, night: ANight) -> None:
    for away in ("10", "20"):
        client.post(LIST, data={"act": "josh granowski", "minutes_away": away, "length": "15"})

    (josh,) = stand_ins_of(night.event)
    assert (josh.act.name, josh.minutes_away) == ("Josh Granowski", 20)


def test_what_is_wrong_is_said_and_nothing_is_lost(client: FlaskClient, night: ANight) -> None:
    page = client.post(LIST, data=BEN | {"phone": "12", "length": "soon"})
    again = client.post(LIST, data=BEN | {"phone": "12"})

    assert (page.status_code, again.status_code, list(stand_ins_of(night.event))) == (422, 422, [])
    assert 'value="Ben Ode"' in page.text
    assert 'value="12"' in again.text


def test_an_act_leaves_the_list_and_stays_in_the_show(client: FlaskClient, night: ANight) -> None:
    client.post(LIST, data=BEN)

    client.post(f"{LIST}/{stand_ins_of(night.event)[0].id}/removal")

    assert list(stand_ins_of(night.event)) == []
    assert "Ben Ode" in client.get(LIST).text  # among the acts that can be chosen
