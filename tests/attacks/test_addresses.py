"""Strangers who guess passwords, from one address or many, with whatever headers, lock nobody out."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.attacks.server import ALICE, PASSWORD, PATIENCE, ROOT, SECRET, Browser, Server, a_link_for_alice, web
from tests.databases import copy_of

ENVIRONMENT = {"PATH": os.environ["PATH"], "SECRET_KEY": SECRET}
REFUSED = "Too many tries. Please try again in"


@pytest.fixture(scope="module")
def behind_a_proxy(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The web process behind a proxy on this machine, which the test plays."""
    folder = tmp_path_factory.mktemp("proxied")
    with copy_of(sqlite_template) as url, web(url, folder, TRUSTED_PROXIES="127.0.0.1") as started:
        started.link = a_link_for_alice(url, folder)
        started.database_url = url
        yield started


def try_to_sign_in(browser: Browser, password: str, email: str = ALICE) -> str:
    """What the page says: nothing when it let them in."""
    answer = browser.press("/sign-in", email=email, password=password)
    return answer.text if answer.status == 422 else ""


def test_wrong_passwords_from_hundreds_of_addresses_lock_the_owner_out_of_nothing(
    behind_a_proxy: Server,
) -> None:
    known = Browser(behind_a_proxy, X_Forwarded_For="203.0.113.1")
    assert try_to_sign_in(known, PASSWORD) == ""
    known.press("/sign-out", on="/coordinate/new")
    stranger = Browser(behind_a_proxy)
    token = stranger.token("/sign-in")
    for number in range(300):
        stranger.headers = {"X_Forwarded_For": f"1.1.1.1, 198.{18 + number // 250}.7.{number % 250}"}
        assert stranger.ask("/sign-in", f"csrf_token={token}&email={ALICE}&password=guess", method="POST").status == 422
    new = Browser(behind_a_proxy, X_Forwarded_For="203.0.113.2")

    assert try_to_sign_in(known, PASSWORD) == ""
    assert REFUSED in try_to_sign_in(new, PASSWORD)
    assert "All shows" in new.press(behind_a_proxy.link).text


def test_whoever_guesses_is_refused_after_the_fifth_time(behind_a_proxy: Server) -> None:
    guesser = Browser(behind_a_proxy, X_Forwarded_For="203.0.113.77")
    said = [try_to_sign_in(guesser, "guessed", "bob@show.example") for _ in range(6)]

    assert [REFUSED in page for page in said] == [False] * 5 + [True]


@pytest.mark.parametrize("junk", ["unknown", ",,,", "1.2.3", "[::", "\u00e9", "a" * 8000, "::1%lo", "127.0.0.1, x"])
def test_junk_in_the_header_is_never_an_error(behind_a_proxy: Server, junk: str) -> None:
    browser = Browser(behind_a_proxy, X_Forwarded_For=junk)

    assert browser.press("/sign-in", email="nobody@show.example", password="guess").status == 422


def test_a_strangers_own_word_about_where_they_are_is_not_taken(server: Server) -> None:
    for number in range(20):
        stranger = Browser(server, X_Forwarded_For=f"198.51.100.{number}")
        assert REFUSED not in try_to_sign_in(stranger, f"guess {number}") or number >= 5

    assert REFUSED in try_to_sign_in(Browser(server, X_Forwarded_For="198.51.100.99"), "guess")


def doctors_word(asked: Server, says: Callable[[str], str] = lambda said: "203.0.113.5") -> str:
    """What the doctor says of a proxy in front that writes the header in this manner."""
    with asked.proxied(says) as address:
        said = subprocess.run(
            [sys.executable, "-m", "flask", "doctor"],
            env={**ENVIRONMENT, "PUBLIC_URL": address, "DATABASE_URL": asked.database_url},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        ).stdout
    return next((line for line in said.splitlines() if " proxy: " in line), "")


@pytest.mark.parametrize(("trusted", "well"), [("", False), ("127.0.0.1", True)])
def test_the_doctor_names_a_proxy_that_is_not_trusted(
    behind_a_proxy: Server, server: Server, trusted: str, well: bool
) -> None:
    said = doctors_word(behind_a_proxy if trusted else server)

    assert ("OK       proxy: callers are told apart, behind a proxy at 127.0.0.1" in said) == well
    assert ("TROUBLE  proxy: requests come from a proxy at 127.0.0.1 that isn't trusted" in said) != well


@pytest.mark.parametrize(
    ("says", "word"),
    [
        (lambda said: "203.0.113.5", "OK       proxy: callers are told apart"),
        (lambda said: f"{said}, 203.0.113.5".lstrip(", "), "OK       proxy: callers are told apart"),
        (lambda said: said or "203.0.113.5", "TROUBLE  proxy: a caller can claim any address"),
        (lambda said: said, "TROUBLE  proxy: the proxy at 127.0.0.1 doesn't say who's calling"),
        (lambda said: f"{said}, 127.0.0.1".lstrip(", "), "UNKNOWN  proxy: couldn't tell whether callers can claim"),
    ],
    ids=["writes its own", "adds to it", "passes it on", "only passes it on", "asked from a trusted machine"],
)
def test_the_doctor_finds_a_proxy_that_passes_on_what_callers_write(
    behind_a_proxy: Server, says: Callable[[str], str], word: str
) -> None:
    assert doctors_word(behind_a_proxy, says).startswith(word)
