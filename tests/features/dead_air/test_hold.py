"""Holding a stage from its page, and letting it go on."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.db import db, transaction
from coordinator.messaging.models import Message, OptOut
from coordinator.services import services
from coordinator.shownight.models import HOLD as HELD
from tests.builders import a_coordinator, a_night, sign_in
from tests.night import ANight
from tests.playing import Playing, knows_us
from tests.reading import words

HOLD = "/coordinate/justice-in-motion/hold/main-stage"


@pytest.fixture
def night(sqlite_app: Flask) -> Iterator[ANight]:
    night = a_night()
    with time_machine.travel(night.at("19:50"), tick=False):
        yield night


@pytest.fixture
def client(night: ANight, sqlite_app: Flask) -> FlaskClient:
    return sign_in(sqlite_app.test_client(), a_coordinator("Alice", organisation=night.organisation))


def test_it_says_how_many_hear_of_it_and_whom_no_text_reaches(client: FlaskClient, night: ANight) -> None:
    with transaction():
        night.person("Carlos Lumbi").agreed_at = None

    page = words(client.get(HOLD))

    assert "Hold Main stage?" in page
    assert "2 people who are on soon get a text in 30 seconds." in page
    assert "No text reaches them Carlos Lumbi Call" in page


@pytest.mark.parametrize("number", ["ours", "+19175550199"])
def test_who_wrote_stop_to_our_number_is_named_and_not_texted(client: FlaskClient, night: ANight, number: str) -> None:
    sender = services().gateway.sender if number == "ours" else number
    with transaction() as session:
        phone = night.person("Carlos Lumbi").phone
        session.add(OptOut(phone=phone, sender=sender, at=night.at("18:00"), cause="STOP"))

    page = words(client.get(HOLD))
    client.post(HOLD, data={"reason": "weather"})

    texted = "Carlos Lumbi" in {text.person.name for text in db.session.scalars(select(Message)) if text.person}
    assert ("No text reaches them Carlos Lumbi Call" in page, texted) == (number == "ours", number != "ours")


def test_who_is_told_and_in_which_words_is_shown_before_the_press(client: FlaskClient, night: ANight) -> None:
    page = words(client.get(HOLD))

    assert (
        "Josh Granowski Josh, Main stage is on hold: ___. You may be on later than 8pm. We'll text you the new time. "
        "Carlos Lumbi Carlos, Main stage is on hold: ___."
    ) in page
    assert (night.stage.held_at, list(db.session.scalars(select(Message)))) == (None, [])


def test_a_reason_is_needed_and_what_was_typed_stays(client: FlaskClient, night: ANight) -> None:
    refused = client.post(HOLD, data={"other": "   "})
    held = client.post(HOLD, data={"reason": "weather", "other": "lightning over the park"}, follow_redirects=True)

    assert refused.status_code == 422
    assert "Say why, in a few words." in words(refused)
    assert "Main stage is on hold lightning over the park Alice has held it since 7:50 PM." in words(held)


def test_going_on_is_shown_before_it_is_pressed(client: FlaskClient, night: ANight) -> None:
    client.post(HOLD, data={"reason": "power"})

    shown = words(client.get(f"{HOLD}?minutes=30"))
    wrong = client.post(HOLD, data={"do": "go-on", "minutes": "soon"})
    client.post(HOLD, data={"do": "go-on", "minutes": "30"})

    assert "Josh Granowski was 8:00 now 8:20 PM" in shown
    assert "Enter a whole number of minutes from 0 to 240." in words(wrong)
    assert night.stage.held_at is None
    assert night.slot("Josh Granowski").late_by is not None


def test_whoever_only_looks_sees_that_it_is_on_hold(sqlite_app: Flask, client: FlaskClient, night: ANight) -> None:
    viewer = sign_in(sqlite_app.test_client(), a_coordinator("Vera", organisation=night.organisation, role="viewer"))
    before = words(viewer.get(HOLD))
    client.post(HOLD, data={"reason": "weather"})

    page = words(viewer.get(HOLD))

    assert "Main stage isn't on hold." in before
    assert "Main stage is on hold bad weather" in page
    assert "Let Main stage go on" not in page


def test_the_public_reads_that_the_stage_is_on_hold_and_why(client: FlaskClient, night: ANight) -> None:
    lineup = "/e/justice-in-motion"
    before = words(client.get(lineup))
    client.post(HOLD, data={"other": "lightning over the park"})

    assert "on hold" not in before
    assert "Main stage is on hold: lightning over the park. New times will appear here." in words(client.get(lineup))


def test_on_hold_show_night_offers_no_start(client: FlaskClient, night: ANight) -> None:
    show = "/coordinate/justice-in-motion/show"
    before = words(client.get(show))
    client.post(HOLD, data={"reason": "weather"})

    page = words(client.get(show))

    assert "Set started" in before
    assert "Set started" not in page
    assert "Next On hold" in page


def test_going_on_says_how_many_hear_when_they_are_on(client: FlaskClient, night: ANight) -> None:
    knows_us(*(night.person(name) for name in ("Josh Granowski", "Carlos Lumbi", "The Poor Nobodys")))
    Playing(night.at("19:05")).tick()  # Josh is told 8 PM
    client.post(HOLD, data={"reason": "power"})
    Playing(night.at("19:51")).tick()

    with time_machine.travel(night.at("19:52"), tick=False):
        page = words(client.get(f"{HOLD}?minutes=30"))

    assert "3 people hear in 30 seconds when they're on." in page
    assert "Josh Granowski Josh, Main stage is going again. You're on at 8:22pm." in page
    assert "new time:" not in page
    assert "Nobody gets a text" not in page


def test_a_hold_is_undone_at_once_and_nobody_hears_of_it(client: FlaskClient, night: ANight) -> None:
    client.post(HOLD, data={"reason": "power"})
    page = words(client.get(HOLD))
    client.post(HOLD, data={"do": "undo"})

    assert "Undo within 30 seconds, and nobody hears about it. Undo" in page
    assert night.stage.held_at is None
    assert [text.state for text in db.session.scalars(select(Message).where(Message.rule == HELD))] == ["cancelled"] * 3


def test_a_hold_that_is_told_is_no_longer_undone(client: FlaskClient, night: ANight) -> None:
    client.post(HOLD, data={"reason": "power"})

    with time_machine.travel(night.at("19:51"), tick=False):
        page = words(client.get(HOLD))
        refused = client.post(HOLD, data={"do": "undo"})

    assert "nobody hears about it" not in page
    assert "People are being told that Main stage is on hold. Let it go on instead." in words(refused)
    assert night.stage.held_at is not None
