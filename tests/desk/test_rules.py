"""Changing reminders: their words are counted before they are saved."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coordinator.reminders.queries import overrides_of
from tests.builders import a_coordinator, a_night, a_shift, a_slot, sign_in
from tests.night import ANight

REMINDERS = "/coordinate/justice-in-motion/reminders"


@pytest.fixture
def night(app: Flask) -> ANight:
    acts = [a_slot("Josh Granowski"), a_slot("Bartholomew", people=("Bartholomew Quince",))]
    return a_night(acts, shifts=[a_shift("Bar", "19:00", "21:00", people=("Ana Ruiz",))], venue_name="Orchard Hall")


@pytest.fixture
def alice(night: ANight, client: FlaskClient) -> FlaskClient:
    return sign_in(client, a_coordinator("Alice", organisation=night.organisation))


def checked(alice: FlaskClient, **typed: str) -> str:
    form = {"check": "1", "on": "1", "amount": "60", "unit": "minutes"} | typed
    answer = alice.post(f"{REMINDERS}/call", data=form)
    assert answer.status_code == 422 if "{nmae}" in str(typed) else 200
    return answer.text


def test_every_reminder_is_shown_with_the_longest_names_of_the_show(night: ANight, alice: FlaskClient) -> None:
    page = alice.get(REMINDERS).text

    assert "Benefit Nights: Bartholomew, can you play at 8:45 pm on Fri 4 Dec, Orchard Hall?" in page
    assert "Ana, your shift: Bar at 7:00 pm, Orchard Hall. There already? Reply HERE." in page


def test_checking_counts_what_was_typed_and_saves_nothing(night: ANight, alice: FlaskClient) -> None:
    page = checked(alice, text_en="{first_name}, aquí a las {time} " + "a" * 60)

    assert "Bartholomew, aquí a las 8:45 pm aaa" in page
    assert "í makes this text 2 segments. Write i for í." in page
    assert "{first_name}, aquí a las {time}" in page
    assert overrides_of(night.event.id) == ()


def test_words_with_a_placeholder_that_nothing_fills_in_are_refused_when_they_are_checked(
    night: ANight, alice: FlaskClient
) -> None:
    page = checked(alice, text_en="Dear {nmae}")

    assert "{nmae} is not known." in page
    assert "Dear {nmae}</textarea>" in page


def test_emptied_words_are_counted_as_those_of_the_house(night: ANight, alice: FlaskClient) -> None:
    alice.post(f"{REMINDERS}/call", data={"on": "1", "amount": "60", "unit": "minutes", "text_en": "Come now."})

    page = checked(alice)

    assert "Bartholomew, you are on at 8:45 pm, Orchard Hall. Running late?" in page
