"""Changing reminders: their words are counted before they are saved."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coordinator.reminders.queries.rules import overrides_of
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
    assert answer.status_code == (422 if "{nmae}" in str(typed) or len(str(typed)) > 600 else 200)
    return answer.text


def test_every_reminder_is_shown_with_the_longest_names_of_the_show(night: ANight, alice: FlaskClient) -> None:
    page = alice.get(REMINDERS).text

    assert "Benefit Nights: Bartholomew, can you play Songs for Justice in Motion at 8:45pm on Fri Dec 4," in page
    assert "Ana, your shift: Bar at 7pm, Orchard Hall. Already here? Reply HERE." in page


def test_checking_counts_what_was_typed_and_saves_nothing(night: ANight, alice: FlaskClient) -> None:
    page = checked(alice, text_en="{first_name}, aquí a las {time} " + "a" * 60)

    assert "Bartholomew, aquí a las 8:45pm aaa" in page
    assert "í makes this text 2 segments. Use i instead of í." in page
    assert "{first_name}, aquí a las {time}" in page
    assert overrides_of(night.event.id) == ()


def test_words_with_a_placeholder_that_nothing_fills_in_are_refused_when_they_are_checked(
    night: ANight, alice: FlaskClient
) -> None:
    page = checked(alice, text_en="Dear {nmae}")

    assert "{nmae} is not known." in page
    assert "Dear {nmae}</textarea>" in page


def test_words_that_are_too_long_are_refused_and_stay_to_be_shortened(night: ANight, alice: FlaskClient) -> None:
    words = "[{act}]" * 100

    kept = alice.post(f"{REMINDERS}/call", data={"text_es": words, "amount": "60"})
    pages = [checked(alice, text_en=words), kept.text]

    assert [("A reminder is limited to 600 characters." in page, f"{words}</textarea>" in page) for page in pages] == [
        (True, True),
        (True, True),
    ]
    assert overrides_of(night.event.id) == ()


def test_emptied_words_are_counted_as_those_of_the_house(night: ANight, alice: FlaskClient) -> None:
    alice.post(f"{REMINDERS}/call", data={"on": "1", "amount": "60", "unit": "minutes", "text_en": "Come now."})

    page = checked(alice)

    assert "Bartholomew, be there 7:45pm; you&#39;re on at 8:45pm, " in page
