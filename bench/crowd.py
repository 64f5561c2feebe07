"""Simulated volunteers: each is a known browser with its own connection, over real HTTP."""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from threading import Barrier
from typing import Final
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response

from bench.processes import PATIENCE
from coordinator.people.models import Person
from coordinator.web.known import remember

TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')
Answer = tuple[int, str, str]  # status, redirect location, body


class Browser:
    """The browser of someone who has already verified their phone. Close it after use."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self._line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._cookies = dict(cookies)
        self._token = ""

    def open(self, path: str) -> str:
        """Returns the page and remembers its form token."""
        status, _, page = self._asked("GET", path)
        assert status == 200, (status, path)
        self._token = next(iter(TOKEN.findall(page)), "")
        return page

    def press(self, path: str, **fields: str) -> str:
        """Submits the form and follows the redirect; returns that page."""
        status, leads_to, _ = self._asked("POST", path, {"csrf_token": self._token, **fields})
        assert status in {303, 422}, (status, path)
        return leads_to

    def close(self) -> None:
        self._line.close()

    def _asked(self, method: str, path: str, form: dict[str, str] | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = self._line.getresponse()
        page = answer.read().decode()
        for told in answer.headers.get_all("Set-Cookie", []):
            self._cookies.update({name: kept.value for name, kept in SimpleCookie(told).items()})
        return answer.status, urlsplit(answer.headers.get("Location", "")).path, page


def cookies_of(app: Flask, person: Person) -> dict[str, str]:
    """The cookies of a browser whose owner has verified their phone."""
    with app.test_request_context():
        response = Response()
        remember(response, person)
    told = SimpleCookie(response.headers["Set-Cookie"])
    return {name: kept.value for name, kept in told.items()}


def sign_up_at_once(port: int, page: str, shift: str, cookies: Sequence[dict[str, str]]) -> list[bool]:
    """Everyone opens the page, then all submit for the shift at once. Returns who was told they got it."""
    together = Barrier(len(cookies))

    def one(kept: dict[str, str]) -> bool:
        with closing(Browser(port, kept)) as browser:
            browser.open(page)
            together.wait(PATIENCE)
            return browser.press(page, shift=shift).startswith("/me/")

    with ThreadPoolExecutor(len(cookies)) as pool:
        return list(pool.map(one, cookies, timeout=2 * PATIENCE))


def sign_up(port: int, page: str, shift: str, cookies: Sequence[dict[str, str]]) -> None:
    """The whole sign-up, by everyone at once: the page, the submission, the person's own page."""

    def one(kept: dict[str, str]) -> None:
        with closing(Browser(port, kept)) as browser:
            browser.open(page)
            own = browser.press(page, shift=shift)
            assert own.startswith("/me/"), own
            browser.open(own)

    with ThreadPoolExecutor(len(cookies)) as pool:
        for _ in pool.map(one, cookies, timeout=2 * PATIENCE):
            pass
