"""Whoever an account belongs to is told what somebody else might have done with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from coordinator import clock
from coordinator.accounts.actions.passwords import set_password
from coordinator.accounts.models import Actor, Coordinator
from coordinator.accounts.queries import coordinators_of
from coordinator.db import db
from coordinator.people.actions.persons import edit_person
from tests.builders import MADE_AT, a_coordinator, an_event, sign_in
from tests.mailing import Letters, keep_letters, link_in, wait_for_mail
from tests.reading import read_page

OLD, NEW = "correct horse battery", "a tin of green tea"
ACCOUNT, MEMBERS = "/coordinate/account", "/coordinate/organisation/members"
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
WHAT_TO_DO = (
    "change your password at once and sign out every browser you don't know: http://localhost/coordinate/account"
)
CHANGED = "The password of your account was changed."


@pytest.fixture
def alice(app: Flask) -> Coordinator:
    alice = a_coordinator("Alice")
    an_event(alice.organisation)
    set_password(alice.account, OLD, MADE_AT, actor=Actor.of(alice))
    return alice


def signs_in(client: FlaskClient, alice: Coordinator) -> FlaskClient:
    browser = {"User-Agent": FIREFOX}
    client.post("/sign-in", data={"email": alice.email, "password": OLD}, headers=browser)
    wait_for_mail()
    return client


def test_the_first_browser_and_a_known_one_are_no_news(
    client: FlaskClient, alice: Coordinator, letters: Letters
) -> None:
    signs_in(client, alice).post("/sign-out")
    signs_in(client, alice)

    assert letters == []
    assert "New browser" not in read_page(client.get(ACCOUNT).text).words


def test_a_browser_that_the_account_does_not_know_is_told_of(
    app: Flask, client: FlaskClient, alice: Coordinator, letters: Letters
) -> None:
    first = signs_in(client, alice)
    with time_machine.travel(datetime(2026, 12, 4, 20, 5, tzinfo=UTC), tick=False):
        signs_in(app.test_client(), alice)
        page = read_page(first.get(ACCOUNT).text).words

    ((to, words),) = letters
    assert to == alice.email
    assert "on Friday, December 4 at 3:05 PM (Eastern Time), from a browser that you hadn't used before" in words
    assert "Firefox, Android, at the address 127.0.0.1." in words
    assert WHAT_TO_DO in words
    assert page.count("New browser") == 1


def test_it_is_marked_for_two_weeks_where_no_mail_is_sent(app: Flask, client: FlaskClient, alice: Coordinator) -> None:
    first = signs_in(client, alice)
    signs_in(app.test_client(), alice)

    marks = []
    for days in (13, 15):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            marks.append("New browser" in read_page(first.get(ACCOUNT).text).words)

    assert marks == [True, False]


def test_it_is_told_in_the_persons_language_whatever_the_browser_speaks(
    app: Flask, client: FlaskClient, alice: Coordinator, letters: Letters
) -> None:
    edit_person(alice.person, language="es")
    signs_in(client, alice)
    signs_in(app.test_client(), alice)

    assert letters[0][1].startswith("Se inició sesión en tu cuenta")
    assert "cambia tu contraseña" in letters[0][1]


def test_a_changed_password_is_told_of(client: FlaskClient, alice: Coordinator, letters: Letters) -> None:
    signs_in(client, alice).post(f"{ACCOUNT}/password", data={"old": OLD, "password": NEW, "again": NEW})
    wait_for_mail()

    assert [(to, CHANGED in words) for to, words in letters] == [(alice.email, True)]


def test_a_password_that_a_link_set_is_told_of(client: FlaskClient, alice: Coordinator, letters: Letters) -> None:
    client.post("/sign-in/forgotten", data={"email": alice.email})
    wait_for_mail()
    client.post(link_in(letters), data={"password": NEW, "again": NEW})
    wait_for_mail()

    assert [CHANGED in words for _to, words in letters] == [False, True]


def test_a_member_is_told_of_a_new_role_and_of_being_removed(
    client: FlaskClient, app: Flask, alice: Coordinator
) -> None:
    bob = a_coordinator("Bob", organisation=alice.organisation)
    edit_person(bob.person, language="es")
    letters = keep_letters(app)
    hers = sign_in(client, alice)

    for path, data in ((f"{bob.id}", {f"m{bob.id}-role": "viewer"}), (f"{bob.id}/removal", {})):
        hers.post(f"{MEMBERS}/{path}", data=data)
        wait_for_mail()

    assert coordinators_of(alice.organisation_id) == [alice]
    assert [to for to, _words in letters] == [bob.email] * 2
    assert letters[0][1].startswith("Tu rol en Benefit Nights ahora es: ")
    assert letters[1][1].startswith("Ya no formas parte de Benefit Nights")


def test_the_operators_commands_tell_them_too(app: Flask, alice: Coordinator) -> None:
    bob = a_coordinator("Bob", organisation=alice.organisation)
    letters, runner = keep_letters(app), app.test_cli_runner()

    results = [
        runner.invoke(args=["user", "role", bob.email, "viewer"]),
        runner.invoke(args=["user", "remove", bob.email]),
    ]

    assert [result.exit_code for result in results] == [0, 0]
    assert [to for to, _words in letters] == [bob.email] * 2
    assert letters[0][1].startswith("Your role at Benefit Nights is now: Viewer.")


def test_nobody_is_told_of_what_they_did_themselves(client: FlaskClient, alice: Coordinator, letters: Letters) -> None:
    a_coordinator("Bob", organisation=alice.organisation)

    sign_in(client, alice).post(f"{MEMBERS}/{alice.id}", data={f"m{alice.id}-role": "coordinator"})
    wait_for_mail()

    db.session.refresh(alice)
    assert (alice.role, letters) == ("coordinator", [])
