"""The show night in a browser: a choice shows what it moves at once, and without JavaScript by a button."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.serving import BaseWSGIServer, make_server

from coordinator.db import db
from coordinator.shownight.actions import By, start_set
from tests.browser.conftest import PageAt
from tests.builders import ANight, a_coordinator, a_message, a_night, a_slot, minutes, sign_in

WIDTHS = (320, 390, 1280)


def wall(now: datetime, from_now: int) -> str:
    """The wall time so many minutes from now, as the builders read it: ``00:10+1`` after midnight."""
    then = now + minutes(from_now)
    days = (then.date() - now.date()).days
    return f"{then:%H:%M}" + (f"{days:+d}" if days else "")


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    """Josh is on since 10 minutes; Carlos, who was told, comes in 30 and Ana in 80."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    night = a_night(
        [
            a_slot("Josh", wall(now, -10), minutes=30, changeover=0),
            a_slot("Carlos", wall(now, 30), minutes=40, changeover=10),
            a_slot("Ana", wall(now, 80), minutes=30, changeover=10),
        ],
        doors=None,
        curfew=wall(now, 180),
        zone="UTC",
        on=now.date(),
    )
    start_set(night.slot("Josh").id, by=By("Sam"), now=now - minutes(10))
    carlos = night.slot("Carlos")
    a_message(
        night,
        night.person("Carlos"),
        slot_id=carlos.id,
        anchor="set_start",
        says_at=carlos.starts_at,
        claimed_at=now - minutes(30),
        state="delivered",
    )
    return night


@pytest.fixture
def address(sqlite_app: Flask, night: ANight) -> Iterator[str]:
    """Where the app answers. Asked for before ``page_at``, so that pages are closed before it stops answering."""
    server: BaseWSGIServer = make_server("127.0.0.1", 0, sqlite_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def opened(page: Page, app: Flask, night: ANight, address: str) -> Page:
    """The show night, as Alice sees it."""
    client = sign_in(app.test_client(), a_coordinator(organisation=night.organisation))
    cookie = client.get_cookie("session")
    assert cookie is not None
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
    page.goto(f"{address}/coordinate/justice-in-motion/show")
    return page


@pytest.fixture
def page(sqlite_app: Flask, night: ANight, address: str, page_at: PageAt) -> Page:
    return opened(page_at(scheme="dark"), sqlite_app, night, address)


def ended_at(night: ANight) -> datetime | None:
    """When Josh finished, as the server wrote it."""
    db.session.rollback()  # what this test read before is old by now
    return night.slot("Josh").ended_at


def test_choosing_minutes_shows_at_once_what_they_move(page: Page) -> None:
    page.evaluate("window.sameDocument = true")
    card = page.locator("#look-late-carlos")

    card.get_by_role("radio", name="15 min").check()

    expect(card.get_by_role("button", name="Move by 15 minutes")).to_be_visible()
    expect(card.get_by_text("1 person gets a text")).to_be_visible()
    assert "minutes=15" in page.url
    assert page.evaluate("window.sameDocument") is True


def test_other_minutes_are_typed(page: Page) -> None:
    card = page.locator("#look-late-carlos")
    expect(card.get_by_label("Minutes", exact=True)).to_be_hidden()

    card.get_by_role("radio", name="Other").check()
    card.get_by_label("Minutes", exact=True).fill("7")
    card.get_by_label("Minutes", exact=True).press("Enter")

    expect(card.get_by_role("button", name="Move by 7 minutes")).to_be_visible()


def test_a_press_is_undone_with_one_tap(page: Page, night: ANight) -> None:
    page.get_by_role("button", name="Set finished").click()
    expect(page.locator("#pressed")).to_contain_text("Josh finished")
    finished = ended_at(night)

    page.get_by_role("button", name="Undo", exact=True).click()

    expect(page.get_by_role("heading", name="Josh")).to_be_visible()
    assert finished is not None
    assert ended_at(night) is None


def test_all_of_it_works_without_javascript(sqlite_app: Flask, night: ANight, address: str, page_at: PageAt) -> None:
    page = opened(page_at(java_script=False), sqlite_app, night, address)
    card = page.locator("#look-late-carlos")

    card.get_by_role("radio", name="15 min").check()
    card.get_by_role("button", name="Show what moves").click()
    card.get_by_role("button", name="Move by 15 minutes").click()

    expect(page.locator("#pressed")).to_contain_text("Carlos 15 min late")
    db.session.rollback()
    assert night.slot("Carlos").late_by == minutes(15)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_too_small_to_press_or_wider_than_the_screen(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, width: int
) -> None:
    page = opened(page_at(width), sqlite_app, night, address)
    for line in page.locator(".order details").all():
        line.evaluate("line => line.open = true")

    small = page.evaluate(
        """[...document.querySelectorAll("a, button, summary, label:has(input), input:not([type=radio])")]
           .filter((one) => one.checkVisibility() && !one.classList.contains("skip"))
           .filter((one) => one.getBoundingClientRect().height < 44 || one.getBoundingClientRect().width < 44)
           .map((one) => one.outerHTML)"""
    )

    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
