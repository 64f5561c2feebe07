"""A real Chromium for the tests in this folder.

The fixture ``page_at`` opens pages of any width, light or dark. Pages can reach only this machine. A page that logs an
error to its console fails its test, unless the test empties ``complaints``.
"""

import os
import shutil
from collections.abc import Iterator
from typing import Literal, NoReturn, Protocol

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, sync_playwright

from tests.browser.live import served

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
OURS = ("http://127.0.0.1:", "http://127.0.0.1/", "http://localhost:")
HEIGHT = 844
PATIENCE_MS = 10_000

Scheme = Literal["light", "dark", "no-preference"]


class PageAt(Protocol):
    """Opens an empty page in its own context, ``width`` CSS pixels wide, with a color scheme."""

    def __call__(
        self, width: int = 390, scheme: Scheme = "light", *, java_script: bool = True, base_url: str | None = None
    ) -> Page: ...


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of the whole run: the program in CHROMIUM, or else ``chromium`` on the PATH.

    Without one the test fails in CI and is skipped elsewhere.
    """
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        _do_without()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """Console errors and exceptions of the test's pages: one sentence each, oldest first."""
    return []


@pytest.fixture
def address(sqlite_app: Flask) -> Iterator[str]:
    """The app's address. Request it before ``page_at``, so that pages are closed before the server stops."""
    with served(sqlite_app) as address:
        yield address


@pytest.fixture
def page_at(chromium: Browser, complaints: list[str]) -> Iterator[PageAt]:
    contexts: list[BrowserContext] = []

    def open_page(
        width: int = 390, scheme: Scheme = "light", *, java_script: bool = True, base_url: str | None = None
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme=scheme,
            java_script_enabled=java_script,
            base_url=base_url,
            service_workers="block",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.route("**/*", _only_this_machine)
        page = context.new_page()
        page.on("console", lambda message: _note(message, complaints))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _do_without() -> NoReturn:
    reason = "NO BROWSER: nothing in tests/browser was tested. Install chromium, or name one in CHROMIUM."
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def _only_this_machine(route: Route) -> None:
    """Data and blob addresses never get here: they need no network."""
    if route.request.url.startswith(OURS):
        route.continue_()
    else:
        route.abort("blockedbyclient")


def _note(message: ConsoleMessage, complaints: list[str]) -> None:
    if message.type == "error":
        complaints.append(f"{message.location['url']}: {message.text}")
