"""Writing by hand: to whom, for how much, only what was shown, and once however often it is pressed."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.messaging.actions.consent import stop_texts
from coordinator.messaging.models import Message
from coordinator.services import services
from coordinator.shifts.actions.planning import cancel_shift
from coordinator.shownight.actions.pressing import cancel_slot
from tests.builders import a_coordinator, a_night, a_shift, a_sign_up, a_slot, sign_in
from tests.features.texts.writing import TEXTS, looked_at, notes, written
from tests.night import ANight

NOON = "12:00"


@pytest.fixture
def night(app: Flask) -> ANight:
    """Two acts, the second of two people; a bar and a door, on which a performer helps too."""
    acts = [
        a_slot("Josh Granowski", "20:00", answer="confirmed"),
        a_slot("The Poor Nobodys", "20:50", people=("Vic Lund", "Kit Lund")),
    ]
    shifts = [
        a_shift("Bar", "19:00", "21:00", people=("Ana Ruiz",)),
        a_shift("Bar", "21:00", "23:00", people=("Ben Ode", "Ana Ruiz")),
        a_shift("Front door", "19:00", "20:00", people=("Josh Granowski",)),
    ]
    return a_night(acts, shifts=shifts)


@pytest.fixture
def alice(night: ANight, client: FlaskClient) -> FlaskClient:
    return sign_in(client, a_coordinator("Alice", organisation=night.organisation))


def key_of_circle(night: ANight, circle: str) -> str:
    """``shift:bar-2`` and the like with their rows' own numbers."""
    kind, _, name = circle.partition(":")
    numbers: dict[str, Callable[[], int | None]] = {
        "person": lambda: night.person(name).id,
        "act": lambda: night.slot(name).act_id,
        "shift": lambda: night.shift(name).id,
        "role": lambda: night.shift(name).role_id,
        "stage": lambda: night.stage.id,
    }
    return f"{kind}-{numbers[kind]()}" if kind in numbers else circle


@pytest.mark.parametrize(
    ("circle", "who"),
    [
        ("unconfirmed", ["Vic", "Kit"]),
        ("performers", ["Josh", "Vic", "Kit"]),
        ("volunteers", ["Ana", "Josh", "Ben"]),
        ("everybody", ["Josh", "Vic", "Kit", "Ana", "Ben"]),
        ("act:The Poor Nobodys", ["Vic", "Kit"]),
        ("stage:", ["Josh", "Vic", "Kit"]),
        ("role:bar-1", ["Ana", "Ben"]),
        ("shift:bar-2", ["Ben", "Ana"]),
        ("person:Ana Ruiz", ["Ana"]),
    ],
)
def test_a_circle_is_everybody_in_it_and_each_of_them_once(
    night: ANight, alice: FlaskClient, circle: str, who: list[str]
) -> None:
    written(alice, "Hello", key_of_circle(night, circle))

    assert [name for name, _body, _state in notes()] == who


def test_who_declined_who_is_off_and_who_only_waits_is_not_in_the_house(night: ANight, alice: FlaskClient) -> None:
    cancel_slot(night.slot("Josh Granowski").id, actor=Actor("Sam Stage"), now=night.at(NOON))
    cancel_shift(night.shift("front-door-3"), actor=Actor("Sam Stage"), now=night.at(NOON))
    a_sign_up(night, night.shift("bar-1"), "Noor Haddad", state="waitlisted")
    with transaction():
        night.slot("The Poor Nobodys").answer = "declined"

    written(alice, "Hello", "everybody")

    assert [name for name, _body, _state in notes()] == ["Ana", "Ben"]


@pytest.mark.parametrize("to", ["nobody", "person-0", "person-99999999999999999999", "act-1e3", "shift-", "moon-1", ""])
def test_a_circle_that_is_none_is_nobody(night: ANight, alice: FlaskClient, to: str) -> None:
    answer = alice.post(f"{TEXTS}/write", data={"to": to, "body": "Hello", "preview": "1"})

    assert answer.status_code == 422
    assert "None of them can be texted." in answer.text


def test_somebody_of_another_house_is_nobody(night: ANight, alice: FlaskClient) -> None:
    other = a_night([a_slot("Zoe Elsewhere")], slug="elsewhere")

    answer = alice.get(f"{TEXTS}/write?to=person-{other.person('Zoe Elsewhere').id}")

    assert answer.status_code == 200
    assert "Zoe" not in answer.text


def test_words_without_a_full_stop_do_not_run_on_into_how_to_stop(night: ANight, alice: FlaskClient) -> None:
    written(alice, "Bring a coat ", f"person-{night.person('Josh Granowski').id}")

    [note] = db.session.scalars(select(Message))
    assert (note.body, note.first_body) == ("Bring a coat", "Benefit Nights: Bring a coat. Reply STOP to opt out.")


def test_a_volunteer_is_told_their_own_shift_and_a_performer_their_own_set(night: ANight, alice: FlaskClient) -> None:
    alice.post(f"{TEXTS}/write", data={"to": "everybody", "body": "x", "preview": "1"})

    written(alice, "{first_name}: {act}{role} {time}", "everybody")

    assert [
        body.removeprefix("Benefit Nights: ").removesuffix(" Reply STOP to opt out.") for _, body, _ in notes()
    ] == [
        "Josh: Josh Granowski 8pm",
        "Vic: The Poor Nobodys 8:50pm",
        "Kit: The Poor Nobodys 8:50pm",
        "Ana: Bar 7pm",
        "Ben: Bar 9pm",
    ]


def test_what_nothing_fills_in_is_said_before_it_is_sent(night: ANight, alice: FlaskClient) -> None:
    shown = alice.post(f"{TEXTS}/write", data={"to": "volunteers", "body": "{act} at {time}", "preview": "1"})

    assert "There's nothing to fill in for {act}." in shown.text


def test_pressing_send_twice_sends_once(night: ANight, alice: FlaskClient) -> None:
    form = looked_at(alice, "Hello", "everybody")

    first, second = (alice.post(f"{TEXTS}/write", data=form, follow_redirects=True) for _ in range(2))

    assert "5 texts go out in 30 seconds." in first.text
    assert "That form was already sent. Nobody gets the same text twice." in second.text
    assert len(notes()) == 5


def test_the_same_words_can_be_sent_again_on_purpose(night: ANight, alice: FlaskClient) -> None:
    for _ in range(2):
        written(alice, "Hello", f"person-{night.person('Ana Ruiz').id}")

    assert len(notes()) == 2


@pytest.mark.parametrize("change", [{"body": "Good night"}, {"to": "volunteers"}, {"fingerprint": ""}])
def test_what_was_not_shown_is_shown_before_it_is_sent(
    night: ANight, alice: FlaskClient, change: dict[str, str]
) -> None:
    form = looked_at(alice, "Hello", "performers") | change

    answer = alice.post(f"{TEXTS}/write", data=form)

    assert answer.status_code == 200
    assert "Something has changed since you looked." in answer.text
    assert notes() == []


def test_who_stops_texts_between_looking_and_sending_is_not_written_to(night: ANight, alice: FlaskClient) -> None:
    form = looked_at(alice, "Hello", "performers")
    stop_texts(night.person("Vic Lund").phone or "", sender="simulated", cause="STOP", now=night.at(NOON))

    again = alice.post(f"{TEXTS}/write", data=form)

    assert "Vic Lund</b>: replied STOP" in again.text
    assert notes() == []


def test_choosing_somebody_else_keeps_the_words(night: ANight, alice: FlaskClient) -> None:
    shown = alice.post(f"{TEXTS}/write", data={"to": "volunteers", "body": "Bring a torch", "preview": "1"})

    assert "Bring a torch</textarea>" in shown.text
    assert '<option value="volunteers" selected>' in shown.text
    assert "To 3 people" in shown.text


def test_asking_one_person_again_begins_with_the_words_of_the_house(night: ANight, alice: FlaskClient) -> None:
    with transaction():
        night.person("Vic Lund").language = "es"

    shown = alice.get(f"{TEXTS}/write?to=person-{night.person('Vic Lund').id}")

    assert "{first_name}, [nos falta tu respuesta: ]¿puedes tocar" in shown.text


def test_the_preview_says_what_it_may_cost_when_a_price_is_set(app: Flask, night: ANight, alice: FlaskClient) -> None:
    asked = {"to": "everybody", "body": "Hello", "preview": "1"}
    without = alice.post(f"{TEXTS}/write", data=asked)
    priced = replace(services().settings, price_per_segment=Decimal("0.0083"), price_currency="EUR")
    app.extensions["callboard"] = replace(services(), settings=priced)

    with_price = alice.post(f"{TEXTS}/write", data=asked)

    assert "5 segments total." in without.text
    assert "5 segments total, which may cost €0.05." in with_price.text


def test_costly_characters_are_named_with_what_to_write(night: ANight, alice: FlaskClient) -> None:
    asked = {"to": "performers", "body": "Aquí " + "a" * 60, "preview": "1"}

    shown = alice.post(f"{TEXTS}/write", data=asked)

    assert "í makes this text 2 segments. Use i instead of í." in shown.text


def test_who_is_chosen_on_the_page_beats_who_was_linked_to(sqlite_app: Flask, sqlite_client: FlaskClient) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00"), a_slot("Carlos Lumbi", "20:50")])
    alice = sign_in(sqlite_client, a_coordinator("Alice", organisation=night.organisation))
    josh, carlos = night.person("Josh Granowski"), night.person("Carlos Lumbi")

    form = {"to": f"person-{carlos.id}", "body": "Dear {first_name}", "preview": "1"}
    shown = alice.post(f"{TEXTS}/write?to=person-{josh.id}", data=form).text

    assert "Dear Carlos" in shown
    assert "Dear Josh" not in shown
