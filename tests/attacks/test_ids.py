"""Numbers that no row can have lead nowhere, and what opens a personal link is never written into a log."""

import sqlite3
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.attacks.nights import Attacked
from tests.attacks.server import Browser
from tests.walking import Stop

TOO_LARGE = (str(2**63), "9" * 19, "9" * 30, "9" * 4_400)


@pytest.fixture(scope="module")
def alice(night: Attacked) -> Browser:
    alice = Browser(night.server)
    alice.sign_in()
    return alice


def test_a_number_that_no_row_can_have_leads_nowhere(night: Attacked, alice: Browser) -> None:
    csrf = urlencode({"csrf_token": alice.token("/coordinate/new")})
    wrong = []

    for stop in [*night.gets, *night.posts]:
        for path in _with_numbers(stop):
            answer = alice.ask(path, csrf if stop.method == "POST" else None, method=stop.method)
            if answer.status not in {404, 405}:  # 405: what is left of the address leads elsewhere
                wrong.append((stop.rule, answer.status))

    assert wrong == []


def test_a_number_of_any_length_in_a_form_is_answered_with_words(night: Attacked, alice: Browser) -> None:
    wrong, seen = [], set()

    for stop, form in night.forms(alice):
        for name in form.fields.keys() - {"csrf_token"}:
            for number in ("9" * 30, "-" + "9" * 4_400):
                sent = urlencode({**form.fields, name: number})
                answer = alice.ask(form.action or stop.path, sent, method="POST")
                seen.add(name)
                if answer.status >= 500:
                    wrong.append((stop.rule, form.action, name, answer.status))

    assert wrong == []
    assert {name.rpartition("-")[2] for name in seen} >= {"length", "changeover", "minutes"}


def test_no_log_holds_what_opens_a_link(night: Attacked, alice: Browser) -> None:
    for path in (f"/me/{night.token}", f"/me/{night.token}/slots/{'9' * 30}/answer", f"/me/{night.token}.ics"):
        for method in ("GET", "POST", "PUT"):
            night.server.ask(path, method=method, body="" if method != "GET" else None)
    with sqlite3.connect(night.server.database_url.removeprefix("sqlite:///")) as database:
        database.execute("ALTER TABLE people RENAME TO nobody")
    assert night.server.ask(f"/me/{night.token}").status >= 500

    log = night.server.log()
    assert "the database did not answer" in log
    assert night.token not in log


def _with_numbers(stop: Stop) -> Iterator[str]:
    if "<int" not in stop.rule:
        return
    parts = stop.rule.strip("/").split("/")
    filled = stop.path.partition("?")[0].strip("/").split("/")
    for place, part in enumerate(parts):
        if part.startswith("<int"):
            for number in TOO_LARGE:
                yield "/" + "/".join([*filled[:place], number, *filled[place + 1 :]])
