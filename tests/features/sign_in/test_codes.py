"""The second step of signing in: nobody is in before the code, whichever door they came to."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from pyotp import TOTP

from coordinator import clock
from coordinator.accounts.actions.passwords import set_password
from coordinator.accounts.actions.sign_in_links import sign_in_link
from coordinator.accounts.actions.two_step import turn_on
from coordinator.accounts.models import Actor, Coordinator
from coordinator.accounts.queries import authenticator_of
from coordinator.services import services
from tests.builders import MADE_AT, a_coordinator
from tests.mailing import keep_letters, wait_for_mail
from tests.reading import read_page

ACCOUNT, CODE = "/coordinate/account", "/sign-in/code"
PASSWORD, SALT = "correct horse battery", "salt"


@pytest.fixture
def alice(app: Flask) -> Coordinator:
    alice = a_coordinator("Alice")
    set_password(alice.account, PASSWORD, MADE_AT, actor=Actor.of(alice))
    return alice


@pytest.fixture
def recovery(alice: Coordinator) -> list[str]:
    """Alice's recovery codes: two-step sign-in is on."""
    codes, yesterday = services().time_codes, clock.now() - timedelta(days=1)
    shown = TOTP(codes.secret(SALT)).at(yesterday)
    return turn_on(alice.account, SALT, shown, codes, yesterday, actor=Actor.of(alice))


@pytest.fixture
def letters(app: Flask) -> list[tuple[str, str]]:
    return keep_letters(app)


def shown() -> str:
    """What Alice's app shows now."""
    return TOTP(services().time_codes.secret(SALT)).at(clock.now())


def is_in(client: FlaskClient) -> bool:
    return client.get(ACCOUNT).status_code == 200


def by_password(client: FlaskClient, alice: Coordinator, where: str = "/sign-in") -> str | None:
    return client.post(where, data={"email": alice.email, "password": PASSWORD}).location


def test_a_password_alone_opens_nothing(client: FlaskClient, alice: Coordinator, recovery: list[str]) -> None:
    sent_to = by_password(client, alice)

    assert (sent_to, is_in(client), client.get_cookie("signed_in")) == (CODE, False, None)
    assert client.get_cookie("browser", path="/sign-in") is None
    assert client.get(CODE).status_code == 200


def test_the_code_lets_in_and_leads_where_the_person_was_going(
    client: FlaskClient, alice: Coordinator, recovery: list[str]
) -> None:
    sent_to = by_password(client, alice, f"/sign-in?next={ACCOUNT}")

    answer = client.post(sent_to or "", data={"code": shown()})

    assert (sent_to, answer.location, is_in(client)) == (f"{CODE}?next={ACCOUNT}", ACCOUNT, True)
    assert client.get_cookie("second_step", path="/sign-in") is None


def test_a_wrong_code_is_told_and_keeps_the_person_out(
    client: FlaskClient, alice: Coordinator, recovery: list[str]
) -> None:
    by_password(client, alice)

    wrong = client.post(CODE, data={"code": "12345"})
    nothing = client.post(CODE, data={"code": " "})

    assert (wrong.status_code, nothing.status_code, is_in(client)) == (422, 422, False)
    assert "That isn't your app's code now, or it was used before. Enter the next one." in read_page(wrong.text).words
    assert "Enter the 6 digits that the app shows." in read_page(nothing.text).words


def test_a_sign_in_link_asks_for_the_code_too(client: FlaskClient, alice: Coordinator, recovery: list[str]) -> None:
    answer = client.post(f"/sign-in/{sign_in_link(alice.account, clock.now())}")

    assert (answer.location, is_in(client)) == (CODE, False)
    client.post(CODE, data={"code": shown()})
    assert is_in(client)


def test_a_new_password_by_link_takes_no_second_factor_away(
    client: FlaskClient, alice: Coordinator, recovery: list[str]
) -> None:
    token = sign_in_link(alice.account, clock.now(), sets_password=True)

    answer = client.post(f"/sign-in/{token}", data={"password": "a tin of green tea", "again": "a tin of green tea"})

    assert (answer.location, is_in(client), authenticator_of(alice.account) is None) == (CODE, False, False)
    assert "Your password is set." in read_page(client.get(CODE).text).words


def test_without_two_step_sign_in_a_new_password_signs_in_and_says_so(client: FlaskClient, alice: Coordinator) -> None:
    token = sign_in_link(alice.account, clock.now(), sets_password=True)

    client.post(f"/sign-in/{token}", data={"password": "a tin of green tea", "again": "a tin of green tea"})

    assert "Your password is set. You're signed in." in read_page(client.get(ACCOUNT).text).words


def test_a_recovery_code_lets_in_once_and_the_account_is_told(
    app: Flask, client: FlaskClient, alice: Coordinator, recovery: list[str], letters: list[tuple[str, str]]
) -> None:
    by_password(client, alice)
    second = app.test_client()
    by_password(second, alice)

    client.post(CODE, data={"recovery": recovery[0]})
    again = second.post(CODE, data={"recovery": recovery[0]})

    wait_for_mail()
    assert (again.status_code, is_in(second)) == (422, False)
    assert "That isn't one of your recovery codes, or it was used before." in read_page(again.text).words
    assert "You have 9 left." in read_page(client.get(ACCOUNT).text).words
    assert [(to, words.splitlines()[0]) for to, words in letters] == [
        (alice.email, "Someone signed in to your account with a recovery code.")
    ]


@pytest.mark.parametrize("minutes", [9, 10])
def test_the_code_follows_within_ten_minutes(
    client: FlaskClient, alice: Coordinator, recovery: list[str], minutes: int
) -> None:
    by_password(client, alice)

    with time_machine.travel(clock.now() + timedelta(minutes=minutes)):
        answer = client.post(CODE, data={"code": shown()})

        assert (answer.location, is_in(client)) == (("/coordinate/", True) if minutes < 10 else ("/sign-in", False))


def test_another_browser_and_a_made_up_cookie_show_no_code(
    app: Flask, client: FlaskClient, alice: Coordinator, recovery: list[str]
) -> None:
    by_password(client, alice)
    stranger = app.test_client()
    without = stranger.post(CODE, data={"code": shown()})
    stranger.set_cookie("second_step", f'{{"account": {alice.account_id}}}', path="/sign-in")
    made_up = stranger.post(CODE, data={"code": shown()})

    assert (without.location, made_up.location, is_in(stranger)) == ("/sign-in", "/sign-in", False)


def test_a_code_that_was_seen_is_worth_nothing_afterwards(
    app: Flask, client: FlaskClient, alice: Coordinator, recovery: list[str]
) -> None:
    thief, seen = app.test_client(), shown()
    for each in (client, thief):
        by_password(each, alice)

    client.post(CODE, data={"code": seen})
    thief.post(CODE, data={"code": seen})

    assert (is_in(client), is_in(thief)) == (True, False)


def test_whoever_lost_everything_is_let_in_by_a_command(
    app: Flask, client: FlaskClient, alice: Coordinator, recovery: list[str], letters: list[tuple[str, str]]
) -> None:
    run = app.test_cli_runner().invoke

    done = run(args=["user", "reset-two-step", alice.email.upper()])
    again = run(args=["user", "reset-two-step", alice.email])
    nobody = run(args=["user", "reset-two-step", "nobody@show.example"])

    by_password(client, alice)
    assert (done.exit_code, is_in(client)) == (0, True)
    assert [again.stderr, nobody.stderr] == [
        f"Error: {alice.email} signs in with a password alone already.\n",
        "Error: There is no account for nobody@show.example.\n",
    ]
    assert letters[0][1].startswith("Whoever runs this Callboard turned off two-step sign-in for you, and removed")
