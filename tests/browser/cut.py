"""Phones that lose the network: a line to the house that can be cut, and what the browser has kept."""

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from coordinator.web.session_cookie import COOKIE
from tests.browser.conftest import PATIENCE_MS
from tests.browser.test_every_page import session_of
from tests.builders import ANight, a_coordinator

PAGES = "(await (await caches.open('callboard-night-pages')).keys()).length"
ASSETS = "(await (await caches.open('callboard-night-assets')).keys()).length"


class Line:
    """The line to the house. Chromium's own switch forgets workers that start later, so both ends are cut."""

    is_cut = False

    def cut(self, *pages: Page) -> None:
        self.is_cut = True
        for page in pages:
            page.context.set_offline(True)

    def mend(self, *pages: Page) -> None:
        self.is_cut = False
        for page in pages:
            page.context.set_offline(False)


def a_phone(chromium: Browser, app: Flask, night: ANight, address: str, who: str = "Alice") -> BrowserContext:
    """A phone with workers allowed, on which this coordinator is signed in."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, service_workers="allow")
    context.set_default_timeout(PATIENCE_MS)
    session = session_of(app, a_coordinator(who, organisation=night.organisation))
    context.add_cookies([{"name": COOKIE, "value": session, "url": address}])
    return context


def until(page: Page, question: str) -> None:
    """Wait until the page says yes; ``wait_for_function`` would need what the content policy refuses."""
    for _ in range(PATIENCE_MS // 50):
        if page.evaluate(question):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"it never became true: {question}")


def kept_on(page: Page, pages: int = 4) -> None:
    """Wait until the worker has so many pages and what they are made of."""
    until(page, f"async () => {PAGES} >= {pages} && {ASSETS} >= 6")


def sent_from(page: Page) -> None:
    until(page, "globalThis.waiting.everything().length === 0")
