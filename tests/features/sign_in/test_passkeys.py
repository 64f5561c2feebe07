"""Passkeys over HTTP: added on one's account page, and signing in with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from pyotp import TOTP
from sqlalchemy import update
from werkzeug.test import TestResponse

from coordinator import clock
from coordinator.accounts.actions.two_step import turn_on
from coordinator.accounts.models import AccountSession, Actor, Coordinator
from coordinator.accounts.queries import passkeys_of
from coordinator.db import transaction
from coordinator.services import services
from tests.builders import a_coordinator, an_organisation, sign_in
from tests.mailing import keep_letters, wait_for_mail
from tests.passkeys import Device
from tests.reading import read_page

ACCOUNT, SIGN_IN = "/coordinate/account", "/sign-in/passkey"


def a_device() -> Device:
    return Device(origin="http://localhost", host="localhost")


@pytest.fixture
def alice(app: Flask) -> Coordinator:
    return a_coordinator("Alice")


def adds(client: FlaskClient, device: Device, name: str = "My phone") -> TestResponse:
    options = client.post(f"{ACCOUNT}/passkeys/options").text
    return client.post(f"{ACCOUNT}/passkeys", data={"name": name, "credential": device.create(options)})


def signs_in(client: FlaskClient, device: Device, **query: str) -> TestResponse:
    options = client.post(f"{SIGN_IN}/options").text
    return client.post(SIGN_IN, data={"credential": device.sign(options)}, query_string=query)


def is_in(client: FlaskClient) -> bool:
    return client.get(ACCOUNT).status_code == 200


def test_a_passkey_is_added_and_signs_in_where_the_person_was_going(
    app: Flask, client: FlaskClient, alice: Coordinator
) -> None:
    device, elsewhere = a_device(), app.test_client()

    added = adds(sign_in(client, alice), device)
    page = read_page(client.get(ACCOUNT).text).words
    answer = signs_in(elsewhere, device, next=ACCOUNT)

    assert (added.location, "My phone signs you in from now on." in page) == (f"{ACCOUNT}#passkeys", True)
    assert (answer.location, is_in(elsewhere)) == (ACCOUNT, True)
    assert "last used just now" in read_page(client.get(ACCOUNT).text).words


def test_it_stands_for_the_code_too(app: Flask, client: FlaskClient, alice: Coordinator) -> None:
    codes, at = services().time_codes, clock.now()
    turn_on(alice.account, "salt", TOTP(codes.secret("salt")).at(at), codes, at, actor=Actor("Alice"))
    device, elsewhere = a_device(), app.test_client()
    adds(sign_in(client, alice), device)

    answer = signs_in(elsewhere, device)

    assert (answer.location, is_in(elsewhere)) == ("/coordinate/", True)


def test_what_was_sent_once_signs_nobody_in_again(app: Flask, client: FlaskClient, alice: Coordinator) -> None:
    device, hers, thief = a_device(), app.test_client(), app.test_client()
    adds(sign_in(client, alice), device)
    words = device.sign(hers.post(f"{SIGN_IN}/options").text)
    challenge = hers.get_cookie("passkey_challenge")
    assert challenge is not None
    thief.set_cookie("passkey_challenge", challenge.value)

    hers.post(SIGN_IN, data={"credential": words})
    stolen = thief.post(SIGN_IN, data={"credential": words})

    assert (is_in(hers), stolen.location, is_in(thief)) == (True, "/sign-in", False)
    assert "That passkey didn't work here." in read_page(thief.get("/sign-in").text).words


def test_what_another_browser_was_asked_is_not_answered_here(
    app: Flask, client: FlaskClient, alice: Coordinator
) -> None:
    device, hers, thief = a_device(), app.test_client(), app.test_client()
    adds(sign_in(client, alice), device)
    words = device.sign(hers.post(f"{SIGN_IN}/options").text)
    thief.post(f"{SIGN_IN}/options")

    thief.post(SIGN_IN, data={"credential": words})

    assert not is_in(thief)


@pytest.mark.parametrize("minutes", [4, 5])
def test_a_challenge_lasts_five_minutes(app: Flask, client: FlaskClient, alice: Coordinator, minutes: int) -> None:
    device, elsewhere = a_device(), app.test_client()
    adds(sign_in(client, alice), device)
    words = device.sign(elsewhere.post(f"{SIGN_IN}/options").text)

    with time_machine.travel(clock.now() + timedelta(minutes=minutes)):
        elsewhere.post(SIGN_IN, data={"credential": words})

        assert is_in(elsewhere) == (minutes < 5)


def test_a_challenge_for_signing_in_adds_no_passkey(client: FlaskClient, alice: Coordinator) -> None:
    device = a_device()
    options = sign_in(client, alice).post(f"{ACCOUNT}/passkeys/options").text
    client.post(f"{SIGN_IN}/options")  # its challenge takes the place of the other one in the cookie

    client.post(f"{ACCOUNT}/passkeys", data={"name": "x", "credential": device.create(options)})

    assert passkeys_of(alice.account) == []


def test_an_answer_that_another_account_was_asked_for_adds_no_passkey(
    app: Flask, client: FlaskClient, alice: Coordinator
) -> None:
    bobs, device = sign_in(app.test_client(), a_coordinator("Bob", organisation=alice.organisation)), a_device()
    words = device.create(bobs.post(f"{ACCOUNT}/passkeys/options").text)
    challenge = bobs.get_cookie("passkey_challenge")
    assert challenge is not None
    sign_in(client, alice).set_cookie("passkey_challenge", challenge.value)

    client.post(f"{ACCOUNT}/passkeys", data={"name": "x", "credential": words})

    assert passkeys_of(alice.account) == []


def test_nobody_removes_somebody_elses_passkey(app: Flask, client: FlaskClient, alice: Coordinator) -> None:
    device, charlie = a_device(), a_coordinator("Charlie", organisation=an_organisation("Other Nights"))
    adds(sign_in(client, alice), device)
    passkey = passkeys_of(alice.account)[0]

    theirs = sign_in(app.test_client(), charlie).post(f"{ACCOUNT}/passkeys/{passkey.id}/removal")
    kept = passkeys_of(alice.account)
    hers = client.post(f"{ACCOUNT}/passkeys/{passkey.id}/removal")

    assert (theirs.status_code, kept, hers.status_code, passkeys_of(alice.account)) == (404, [passkey], 303, [])


def test_a_passkey_shows_again_whose_browser_it_is(app: Flask, client: FlaskClient, alice: Coordinator) -> None:
    hers, bobs, again = a_device(), a_device(), "/sign-in/again?next=/coordinate/account/two-step"
    adds(sign_in(app.test_client(), a_coordinator("Bob", organisation=alice.organisation)), bobs)
    adds(sign_in(client, alice), hers)
    with transaction() as session:
        session.execute(update(AccountSession).values(proved_at=clock.now() - timedelta(hours=1)))

    before = client.get(f"{ACCOUNT}/two-step").location
    answers = [
        client.post(again, data={"proof-passkey": device.sign(client.post(f"{SIGN_IN}/options").text)})
        for device in (bobs, hers)
    ]

    assert (before, [answer.status_code for answer in answers]) == (again, [422, 303])
    assert "That passkey is another account's." in read_page(answers[0].text).words
    assert client.get(f"{ACCOUNT}/two-step").status_code == 200


def test_the_account_is_told_of_passkeys(app: Flask, client: FlaskClient, alice: Coordinator) -> None:
    letters = keep_letters(app)
    adds(sign_in(client, alice), a_device())
    client.post(f"{ACCOUNT}/passkeys/{passkeys_of(alice.account)[0].id}/removal")

    wait_for_mail()
    assert sorted((to, words.splitlines()[0]) for to, words in letters) == [
        (alice.email, "A new passkey signs in to your account: My phone"),
        (alice.email, "It no longer signs in to your account: My phone"),
    ]


@pytest.mark.parametrize(
    ("address", "offered"), [("https://callboard.example", True), ("http://127.0.0.1:8000", False)]
)
def test_passkeys_are_offered_where_browsers_can_make_them(
    app: Flask, client: FlaskClient, alice: Coordinator, address: str, offered: bool
) -> None:
    settings = replace(services().settings, public_url=address)
    app.extensions["callboard"] = replace(services(), settings=settings)

    pages = [app.test_client().get("/sign-in").text, sign_in(client, alice).get(ACCOUNT).text]

    assert ["data-passkey" in page for page in pages] == [offered, offered]
