"""A forgotten password: a link by email, once, for 15 minutes, that tells nobody who has an account."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from coordinator import clock
from coordinator.accounts.actions.passwords import set_password
from coordinator.accounts.models import Actor, Coordinator
from coordinator.services import services
from tests.builders import MADE_AT, a_coordinator
from tests.features.sign_in.mailed import Recorder
from tests.reading import read_page

OLD, NEW = "correct horse battery", "a tin of green tea"
FORGOTTEN = "/sign-in/forgotten"


@pytest.fixture
def letters(app: Flask) -> list[tuple[str, str]]:
    recorder = Recorder()
    app.extensions["callboard"] = replace(services(), mailer=recorder)
    return recorder.letters


@pytest.fixture
def alice(app: Flask) -> Coordinator:
    alice = a_coordinator("Alice")
    set_password(alice.account, OLD, MADE_AT, actor=Actor.of(alice))
    return alice


def link_in(letters: list[tuple[str, str]]) -> str:
    found = re.search(r"http://localhost(/sign-in/\S+)", letters[-1][1])
    assert found is not None
    return found[1]


def ask(client: FlaskClient, email: str) -> tuple[int, str]:
    answer = client.post(FORGOTTEN, data={"email": email})
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join()
    return answer.status_code, read_page(answer.text).words.replace(email, "…")


def signs_in(app: Flask, email: str, password: str) -> bool:
    return app.test_client().post("/sign-in", data={"email": email, "password": password}).status_code == 303


def test_the_link_sets_a_new_password_once(
    app: Flask, client: FlaskClient, alice: Coordinator, letters: list[tuple[str, str]]
) -> None:
    ask(client, alice.email)
    link = link_in(letters)

    common = client.post(link, data={"password": "1q2w3e4r5t", "again": "1q2w3e4r5t"})
    done = client.post(link, data={"password": NEW, "again": NEW})

    assert (letters[0][0], common.status_code, done.status_code) == (alice.email, 422, 303)
    assert (signs_in(app, alice.email, NEW), signs_in(app, alice.email, OLD)) == (True, False)
    assert app.test_client().post(link, data={"password": OLD, "again": OLD}).status_code == 410


def test_nobody_learns_who_has_an_account(
    client: FlaskClient, alice: Coordinator, letters: list[tuple[str, str]]
) -> None:
    assert ask(client, alice.email) == ask(client, "nobody@show.example")
    assert [to for to, _words in letters] == [alice.email]


def test_the_link_is_over_after_fifteen_minutes(
    client: FlaskClient, alice: Coordinator, letters: list[tuple[str, str]]
) -> None:
    ask(client, alice.email)

    with time_machine.travel(clock.now() + timedelta(minutes=15)):
        assert client.get(link_in(letters)).status_code == 410


def test_one_email_gets_three_links_an_hour(
    client: FlaskClient, alice: Coordinator, letters: list[tuple[str, str]]
) -> None:
    answers = [ask(client, alice.email)[0] for _ in range(4)]

    assert answers == [200, 200, 200, 422]
    assert len(letters) == 3


def test_where_no_email_is_sent_the_page_says_whom_to_ask(client: FlaskClient, alice: Coordinator) -> None:
    page = client.get(FORGOTTEN)

    assert "This Callboard sends no emails. Ask whoever runs it for a sign-in link." in read_page(page.text).words
    assert "<form" not in page.text.partition("<main")[2].partition("</main>")[0]
