"""Turning two-step sign-in on and off on one's own account page."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyotp import TOTP

from coordinator import clock
from coordinator.accounts.models import Coordinator
from coordinator.accounts.queries import authenticator_of, recovery_codes_left
from tests.builders import a_coordinator, sign_in
from tests.mailing import keep_letters, wait_for_mail
from tests.reading import read_page

PAGE = "/coordinate/account/two-step"
RECOVERY_CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")


@pytest.fixture
def alice(app: Flask, client: FlaskClient) -> Coordinator:
    alice = a_coordinator("Alice")
    sign_in(client, alice)
    return alice


@pytest.fixture
def letters(app: Flask) -> list[tuple[str, str]]:
    return keep_letters(app)


def typed_secret(html: str) -> str:
    """The secret as it stands on the page, for whoever types it."""
    found = re.search(r'<p class="typed-secret mono">(.+?)</p>', html, re.DOTALL)
    assert found is not None
    return "".join(re.findall(r"<span>(\w+)</span>", found[1]))


def setup_in(html: str) -> str:
    found = re.search(r'name="setup"[^>]*value="([^"]+)"', html)
    assert found is not None
    return found[1]


def turn_on(client: FlaskClient) -> str:
    """Turn it on as a person does: the page that shows the recovery codes."""
    page = client.get(PAGE).text
    code = TOTP(typed_secret(page)).at(clock.now())
    answer = client.post(PAGE, data={"setup": setup_in(page), "code": code})
    assert answer.status_code == 200
    return answer.text


def test_the_secret_is_given_to_an_app_whose_first_code_turns_it_on(client: FlaskClient, alice: Coordinator) -> None:
    before = authenticator_of(alice.account)

    shown = turn_on(client)

    codes = RECOVERY_CODE.findall(read_page(shown).words)
    assert (before, authenticator_of(alice.account) is None, len(set(codes))) == (None, False, 10)
    later = read_page(client.get(PAGE).text).words
    assert ("You have 10 recovery codes left." in later, RECOVERY_CODE.findall(later)) == (True, [])


def test_the_codes_page_is_kept_in_no_cache(client: FlaskClient, alice: Coordinator) -> None:
    page = client.get(PAGE)

    answer = client.post(PAGE, data={"setup": setup_in(page.text), "code": TOTP(typed_secret(page.text)).now()})

    assert {page.headers["Cache-Control"], answer.headers["Cache-Control"]} == {"no-store"}


def test_a_wrong_first_code_keeps_the_same_secret(client: FlaskClient, alice: Coordinator) -> None:
    page = client.get(PAGE).text

    answer = client.post(PAGE, data={"setup": setup_in(page), "code": "12345"})

    assert (answer.status_code, typed_secret(answer.text)) == (422, typed_secret(page))
    assert "That isn't the app's code." in read_page(answer.text).words
    assert authenticator_of(alice.account) is None


def test_somebody_elses_setup_turns_nothing_on(app: Flask, client: FlaskClient, alice: Coordinator) -> None:
    bob = a_coordinator("Bob", organisation=alice.organisation)
    page = sign_in(app.test_client(), bob).get(PAGE).text
    known = {"setup": setup_in(page), "code": TOTP(typed_secret(page)).at(clock.now())}

    answers = [client.post(PAGE, data=known), client.post(PAGE, data={**known, "setup": "made up"})]

    assert [answer.location for answer in answers] == [PAGE, PAGE]
    assert authenticator_of(alice.account) is None


def test_new_recovery_codes_are_shown_once(client: FlaskClient, alice: Coordinator) -> None:
    old = RECOVERY_CODE.findall(turn_on(client))

    new = RECOVERY_CODE.findall(client.post(f"{PAGE}/recovery-codes").text)

    assert (len(set(new)), set(old) & set(new), recovery_codes_left(alice.account)) == (10, set(), 10)


def test_the_account_is_told_of_on_and_off(
    client: FlaskClient, alice: Coordinator, letters: list[tuple[str, str]]
) -> None:
    turn_on(client)
    answer = client.post(f"{PAGE}/off")
    client.post(f"{PAGE}/off")

    wait_for_mail()
    assert (answer.location, authenticator_of(alice.account)) == ("/coordinate/account#two-step", None)
    assert sorted((to, words.splitlines()[0]) for to, words in letters) == [
        (alice.email, "Signing in to your account no longer asks for a code."),
        (alice.email, "Signing in to your account now asks for a code."),
    ]
    assert all(words.endswith("http://localhost/coordinate/account\n") for _to, words in letters)


def test_without_it_there_are_no_recovery_codes(client: FlaskClient, alice: Coordinator) -> None:
    assert client.post(f"{PAGE}/recovery-codes").location == PAGE
    assert recovery_codes_left(alice.account) == 0
