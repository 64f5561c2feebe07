"""Every page of the app's own map in a real browser: for everyone's eyes and thumbs, on any phone, in both lights."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import CDPSession, Page

from coordinator.accounts.models import Coordinator
from coordinator.web.session_cookie import COOKIE
from tests.browser.conftest import PageAt, Scheme
from tests.browser.live import served, wrongs
from tests.builders import sign_in
from tests.full_night import FullNight, a_full_night
from tests.walking import Stop, stops

PHONE, SMALLEST, DESK = 390, 320, 1280  # CSS pixels
USUAL, LARGER = 16, 24  # px of the browser's own text: 150 %

Problem = tuple[str, str]


@pytest.fixture
def full(sqlite_app: Flask) -> FullNight:
    return a_full_night(datetime.now(UTC))


@pytest.fixture
def walk(sqlite_app: Flask, full: FullNight) -> list[Stop]:
    return stops(sqlite_app, full)


@pytest.fixture
def address(sqlite_app: Flask, full: FullNight) -> Iterator[str]:
    with served(sqlite_app) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_and_pressed_by_everybody(
    address: str, page_at: PageAt, sqlite_app: Flask, full: FullNight, walk: list[Stop], scheme: Scheme
) -> None:
    pages = doors(page_at, sqlite_app, full, address, scheme)
    wrong: list[Problem] = []

    for stop, page in opened(walk, pages, address):
        wrong += [(stop.path, each) for each in wrongs(page, PHONE)]

    assert wrong == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_moves_sideways(
    address: str, page_at: PageAt, sqlite_app: Flask, full: FullNight, walk: list[Stop], language: str
) -> None:
    pages = doors(page_at, sqlite_app, full, address, "light")
    for page in pages.values():
        page.context.add_cookies([{"name": "lang", "value": language, "url": address}])
    wide: list[Problem] = []

    for stop, page in opened(walk, pages, address):
        for width, text in ((SMALLEST, USUAL), (PHONE, LARGER), (DESK, USUAL)):
            with text_of(page, text):
                page.set_viewport_size({"width": width, "height": 800})
                wide += [(stop.path, f"{width} px, text of {text} px: {each}") for each in beyond(page)]

    assert wide == []


def doors(page_at: PageAt, app: Flask, full: FullNight, address: str, scheme: Scheme) -> dict[bool, Page]:
    """Alice's browser for the pages of coordinators, someone's for all others; that one was promised a code."""
    alice, somebody = page_at(PHONE, scheme), page_at(PHONE, scheme)
    for page, coordinator in ((alice, full.alice), (somebody, None)):
        cookies = {"theme": scheme} | ({COOKIE: session_of(app, coordinator)} if coordinator else {})
        page.context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    somebody.goto(f"{address}/e/{full.night.event.slug}/volunteer/details?shift={full.shift}")
    somebody.get_by_label("First name", exact=True).fill("Noor")
    somebody.get_by_label("Mobile number").fill("(212) 555-0199")
    somebody.get_by_role("button", name="Text me a code").click()
    somebody.wait_for_url("**/code")
    return {True: alice, False: somebody}


def session_of(app: Flask, coordinator: Coordinator) -> str:
    cookie = sign_in(app.test_client(), coordinator).get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def opened(walk: list[Stop], pages: dict[bool, Page], address: str) -> Iterator[tuple[Stop, Page]]:
    """Each stop that is a page, in the browser of whom it is for, with all its folds open."""
    for stop in walk:
        page = pages[stop.for_coordinators]
        answer = page.request.head(address + stop.path)
        if answer.ok and answer.headers.get("content-type", "").startswith("text/html"):
            page.set_viewport_size({"width": PHONE, "height": 844})
            page.goto(address + stop.path)
            page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
            yield stop, page


@contextmanager
def text_of(page: Page, size: int) -> Iterator[None]:
    """The browser's own text as large as someone may have set it."""
    devtools: CDPSession = page.context.new_cdp_session(page)
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{size}px"
    yield
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": USUAL, "fixed": USUAL}})
    devtools.detach()


def beyond(page: Page) -> list[str]:
    """What reaches beyond the right edge, when the page moves sideways at all."""
    return list(
        page.evaluate(
            """() => document.documentElement.scrollWidth <= innerWidth ? [] : [
              `${document.documentElement.scrollWidth} px wide`,
              ...[...document.body.querySelectorAll("*")]
                .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5)
                .map((each) => `${each.tagName}.${each.className}: ${each.textContent.trim().slice(0, 60)}`)]"""
        )
    )
