"""Run this stage, and being asked what is on, over HTTP."""

from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.db import db
from coordinator.messaging.models import Message
from coordinator.shownight.actions.charge import take_charge
from coordinator.shownight.actions.pressing import declare_late, start_set
from coordinator.shownight.models import Press
from tests.builders import ANight, a_coordinator, a_message, a_night, a_slot, sign_in
from tests.features.show_night.pressing import undo_form
from tests.reading import words

PAGE = "/coordinate/justice-in-motion/show"
SAM = Actor("Sam Stage")


@pytest.fixture
def night(app: Flask) -> ANight:
    """Josh 8:00 for 20 minutes, Carlos 8:30 for 40, Nobodys 9:30, who was told 9:30; nobody has pressed anything."""
    night = a_night(
        [
            a_slot("Josh", "20:00", minutes=20, changeover=0),
            a_slot("Carlos", "20:30", minutes=40, changeover=10, changeover_min=5),
            a_slot("Nobodys", "21:30", minutes=45, changeover=20, changeover_min=10),
        ]
    )
    a_message(
        night,
        night.person("Nobodys"),
        slot_id=night.slot("Nobodys").id,
        anchor="set_start",
        says_at=night.at("21:30"),
        claimed_at=night.at("19:30"),
        state="delivered",
    )
    return night


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> FlaskClient:
    return sign_in(client, a_coordinator("Alice", organisation=night.organisation))


@pytest.fixture
def at(night: ANight) -> Any:
    return lambda wall: time_machine.travel(night.at(wall), tick=False)


def form_of(client: FlaskClient, button: str, page: str = PAGE) -> tuple[str, dict[str, str]]:
    return undo_form(client.get(page), button)


def test_a_stage_that_nobody_runs_says_that_times_stay_as_planned(alice: FlaskClient, at: Any) -> None:
    with at("21:10"):
        page = words(alice.get(PAGE))

    assert "Nobody runs this stage yet Times stay as planned, whatever the clock says" in page
    assert "Run this stage Nobody gets a text about that. You can undo it." in page
    assert "Next 8:00 PM Josh" in page
    assert "Nothing has been marked since" not in page


def test_one_press_takes_charge_and_another_gives_it_back(alice: FlaskClient, night: ANight, at: Any) -> None:
    with at("19:50"):
        address, form = form_of(alice, "Run this stage</button>")
        alice.post(address, data=form)
        page = alice.get(PAGE)
        taken = (night.stage.attended_at, night.stage.attended_by)
        undo, given_back = undo_form(page, "Undo: Alice runs this stage")
        alice.post(undo, data=given_back)

    assert taken == (night.at("19:50"), "Alice")
    assert "Alice has been running this stage since 7:50 PM." in words(page)
    assert "Nobody runs this stage yet" not in words(page)
    assert (night.stage.attended_at, night.stage.attended_by) == (None, None)
    assert db.session.scalars(select(Message).where(Message.kind != "reminder")).all() == []


def test_charge_is_given_back_only_for_whoever_was_shown_to_have_it(alice: FlaskClient, night: ANight, at: Any) -> None:
    take_charge(night.stage.id, actor=SAM, now=night.at("19:50"))

    with at("19:55"):
        alice.post(f"{PAGE}/stages/{night.stage.key}", data={"do": "back", "of": "Alice"})

    assert night.stage.attended_by == "Sam Stage"


def test_before_five_minutes_nothing_is_asked(alice: FlaskClient, night: ANight, at: Any) -> None:
    take_charge(night.stage.id, actor=SAM, now=night.at("19:50"))

    with at("20:05"):
        page = words(alice.get(PAGE))

    assert "Is Josh on?" not in page


def test_a_missing_start_is_asked_for_and_what_people_were_told_is_said(
    alice: FlaskClient, night: ANight, at: Any
) -> None:
    take_charge(night.stage.id, actor=SAM, now=night.at("19:50"))

    with at("20:12"):
        page = words(alice.get(PAGE))

    assert "Is Josh on? Josh was supposed to start at 8:00 PM, but nobody has marked it." in page
    assert "Nothing is on yet: say how late" in page
    assert "Josh is on since 8:00 PM" in page
    assert "Nothing has been marked since" not in page
    assert "People have been told 8:00 PM" in page


def test_frozen_times_say_since_when(alice: FlaskClient, night: ANight, at: Any) -> None:
    take_charge(night.stage.id, actor=SAM, now=night.at("19:50"))

    with at("20:50"):
        page = words(alice.get(PAGE))

    assert ("but nobody has marked it. Nothing has been marked since 8:15 PM, so the times here have stopped.") in page
    assert [says for says in ("Josh is on", "Between Josh and Carlos", "Carlos is on") if says in page] == [
        "Josh is on",
        "Between Josh and Carlos",
        "Carlos is on",
    ]
    assert "Nobodys is on" not in page


def test_who_takes_charge_late_is_asked_and_gives_the_missing_starts_in_one_press(
    alice: FlaskClient, night: ANight, at: Any
) -> None:
    with at("20:50"):
        address, form = form_of(alice, "Run this stage</button>")
        asked = alice.post(address, data=form)
        address, form = form_of(alice, "Carlos is on <small>", asked.location)
        alice.post(address, data=form)
        page = alice.get(PAGE)
        started = [night.slot(name).started_at for name in ("Josh", "Carlos", "Nobodys")]
        undo, undone = undo_form(page, '"Undo: Carlos started 8:30 and 1 more"')
        alice.post(undo, data=undone)

    assert started == [night.at("20:00"), night.at("20:30"), None]
    assert "On now Carlos" in words(page)
    assert "started 8:30" in words(page)
    assert [night.slot(name).started_at for name in ("Josh", "Carlos", "Nobodys")] == [None, None, None]


def test_each_answer_shows_what_it_does_before_it_is_pressed(alice: FlaskClient, night: ANight, at: Any) -> None:
    declare_late(night.slot("Josh").id, 50, actor=SAM, now=night.at("20:00"))
    take_charge(night.stage.id, actor=SAM, now=night.at("20:00"))

    with at("21:20"):
        page = words(alice.get(PAGE))

    assert "Josh is on since 8:50 PM" in page
    assert "Carlos is on since 9:15 PM" in page
    assert "1 person gets a text" in page[page.index("Carlos is on since 9:15 PM") :]


def test_an_answer_is_not_pressed_when_it_would_do_something_else_by_now(
    alice: FlaskClient, night: ANight, at: Any
) -> None:
    take_charge(night.stage.id, actor=SAM, now=night.at("19:50"))
    with at("20:50"):
        address, form = form_of(alice, "Carlos is on <small>")
        start_set(night.slot("Josh").id, actor=SAM, now=night.at("20:49"))

        refused = alice.post(address, data=form)
        page = words(alice.get(refused.location))

    assert "Nothing was marked: the night has changed since this was shown." in page
    assert night.slot("Carlos").started_at is None


def test_an_end_that_is_missing_is_asked_for_once_times_stand_still(alice: FlaskClient, night: ANight, at: Any) -> None:
    start_set(night.slot("Josh").id, actor=SAM, now=night.at("20:00"))

    with at("20:34"):
        runs_over = words(alice.get(PAGE))
    with at("20:36"):
        page = words(alice.get(PAGE))

    assert "Is Josh still on?" not in runs_over
    assert "Is Josh still on? Josh was supposed to end at 8:20 PM, but nobody has marked it." in page
    assert "Josh is still on: let them play longer" in page
    assert "Between Josh and Carlos over since 8:20 PM" in page


def test_the_last_one_over_is_all_over(alice: FlaskClient, night: ANight, at: Any) -> None:
    take_charge(night.stage.id, actor=SAM, now=night.at("19:50"))
    with at("22:40"):
        address, form = form_of(alice, "Everything is over <small>")
        alice.post(address, data=form)
        page = words(alice.get(PAGE))

    assert "Everything on this stage is over." in page
    assert len(db.session.scalars(select(Press)).all()) == 4


@pytest.mark.parametrize("path", ["now/carlos/on", "stages/main"])
def test_nobody_but_a_coordinator_says_what_is_on(client: FlaskClient, night: ANight, path: str) -> None:
    stranger = client.post(f"{PAGE}/{path}")
    charlie = sign_in(client, a_coordinator("Charlie")).post(f"{PAGE}/{path}")

    assert (stranger.status_code, stranger.location.split("?")[0]) == (303, "/sign-in")
    assert charlie.status_code == 404
    assert night.stage.attended_at is None


@pytest.mark.parametrize("path", ["now/nobody/on", "now/carlos/dancing", "stages/nowhere"])
def test_what_is_not_there_cannot_be_said(alice: FlaskClient, path: str) -> None:
    assert alice.post(f"{PAGE}/{path}").status_code == 404
