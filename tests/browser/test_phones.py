"""Simulated phones in a browser: texts ring on their own, an answer is one press, with JavaScript or without."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from coordinator.db import db
from coordinator.messaging.models import Direction, Message
from coordinator.messaging.simulated_gateway import SimulatedGateway
from tests.browser.conftest import PageAt, Scheme
from tests.browser.live import seen_by
from tests.builders import ANight, a_coordinator, a_night, sign_in
from tests.messaging.posting import a_text, send_due

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
ASK = "Josh, can you play at 8 pm on Fri 4 Dec? Reply C to confirm, X if you can't."


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    night = a_night()
    ring(night, ASK)
    return night


def ring(night: ANight, body: str) -> None:
    """A text arrives on Josh's phone."""
    now = datetime.now(UTC)
    a_text(night, night.person("Josh Granowski"), body, kind="note", due_at=now)
    send_due(SimulatedGateway(), now)


def opened(page: Page, app: Flask, night: ANight, address: str) -> Page:
    """The phones, as Alice sees them."""
    alice = sign_in(app.test_client(), a_coordinator(organisation=night.organisation))
    return seen_by(page, alice, address, "/phones")


@pytest.fixture
def page(sqlite_app: Flask, night: ANight, address: str, page_at: PageAt) -> Page:
    return opened(page_at(), sqlite_app, night, address)


def wrote() -> list[str]:
    """What came in from phones, as the server has it."""
    db.session.rollback()  # what this test read before is old by now
    return [message.body for message in db.session.query(Message).filter(Message.direction == Direction.IN)]


def test_a_text_rings_by_itself_and_what_is_being_typed_stays(page: Page, night: ANight) -> None:
    josh = page.get_by_role("region", name="Josh Granowski")
    typed = josh.get_by_label("Text from the phone of Josh Granowski")
    typed.fill("on my w")

    ring(night, "You are on in 15 minutes.")

    expect(josh.get_by_text("You are on in 15 minutes.")).to_be_visible()
    expect(typed).to_have_value("on my w")
    expect(typed).to_be_focused()


def test_the_newest_of_many_texts_is_in_sight(page: Page, night: ANight) -> None:
    for number in range(6):
        ring(night, f"{ASK} {number}")

    page.reload()

    expect(page.get_by_text(f"{ASK} 5")).to_be_in_viewport()
    expect(page.get_by_text(f"{ASK} 0")).not_to_be_in_viewport()


@pytest.mark.parametrize("java_script", [True, False])
def test_an_answer_is_one_press(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, *, java_script: bool
) -> None:
    page = opened(page_at(java_script=java_script), sqlite_app, night, address)
    josh = page.get_by_role("region", name="Josh Granowski")

    josh.get_by_role("button", name="C, confirm").click()
    expect(josh.get_by_text("From this phone: C")).to_be_visible()
    josh.get_by_label("Text from the phone of Josh Granowski").fill("see you then")
    josh.get_by_role("button", name="Send").click()

    expect(josh.get_by_text("see you then")).to_be_visible()
    assert wrote() == ["C", "see you then"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_fits_can_be_pressed_and_is_accessible(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, width: int, scheme: Scheme
) -> None:
    page = opened(page_at(width, scheme), sqlite_app, night, address)
    with page.expect_navigation():  # without its style sheets a page has two banners
        page.get_by_role("region", name="Carlos Lumbi").get_by_role("button", name="STOP").click()

    page.evaluate(AXE.read_text(encoding="utf-8"))  # a script tag would break the content policy
    found = page.evaluate("axe.run().then(({violations}) => violations.map(({id, nodes}) => id + nodes[0].html))")
    small = page.evaluate(
        """[...document.querySelectorAll('main button, main input:not([type=hidden])')]
        .filter(each => Math.min(each.offsetHeight, each.offsetWidth) < 44).map(each => each.outerHTML)"""
    )

    assert (found, small) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth") == width
