"""A performer's own page in a browser, with JavaScript and without."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import expect

from coordinator.db import db
from tests.browser.conftest import PageAt, Scheme
from tests.browser.live import served, wrongs
from tests.builders import ANight, a_night, a_shift
from tests.links import token_of


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    """In five days from now, whenever that is."""
    on = (datetime.now(UTC) + timedelta(days=5)).date()
    return a_night(shifts=[a_shift("Clear up", "22:15", "23:15", people=("Carlos Lumbi",))], on=on)


@pytest.fixture
def address(sqlite_app: Flask, night: ANight) -> Iterator[str]:
    token = token_of(night.person("Carlos Lumbi"))
    with served(sqlite_app) as address:
        yield f"{address}/me/{token}"


def answer_of(night: ANight) -> tuple[str, str | None]:
    db.session.rollback()
    slot = night.slot("Carlos Lumbi")
    return slot.answer, slot.asks_for


def test_one_tap_after_the_link_says_yes_and_the_answer_can_be_changed_without_javascript(
    address: str, page_at: PageAt, night: ANight
) -> None:
    page = page_at(java_script=False)
    page.goto(address)

    page.get_by_role("button", name="Yes, I'll play").click()
    expect(page.get_by_text("You said yes. You're playing.")).to_be_visible()
    yes = answer_of(night)
    page.get_by_text("Change my answer").click()
    page.get_by_role("button", name="I can't", exact=True).click()

    expect(page.get_by_text("You said you can't play.")).to_be_visible()
    assert (yes, answer_of(night)) == (("confirmed", None), ("declined", None))


def test_another_time_can_be_asked_for_without_javascript(address: str, page_at: PageAt, night: ANight) -> None:
    page = page_at(java_script=False)
    page.goto(address)

    page.get_by_text("Need a different time?").click()
    page.get_by_label("What time would work for you?").fill("After 9 would be better")
    page.get_by_role("button", name="Ask for a different time").click()

    expect(page.get_by_text("You asked for a different time:")).to_be_visible()
    assert answer_of(night) == ("invited", "After 9 would be better")


def test_the_language_is_one_press(address: str, page_at: PageAt) -> None:
    page = page_at()
    page.goto(address)

    page.get_by_role("button", name="Español").click()

    expect(page.locator("html")).to_have_attribute("lang", "es")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_and_is_accessible_in_every_state(
    address: str, page_at: PageAt, complaints: list[str], width: int, scheme: Scheme
) -> None:
    page, found = page_at(width, scheme), []
    page.goto(address)
    page.get_by_text("Need a different time?").click()
    found += wrongs(page, width)
    page.get_by_role("button", name="Ask for a different time").click()
    found += wrongs(page, width)
    assert len(complaints) == 1  # the console remarks that nothing was written
    complaints.clear()
    page.goto(address)
    page.get_by_role("button", name="Yes, I'll play").click()
    page.get_by_text("Change my answer").click()
    page.get_by_text("Not Carlos?").click()
    found += wrongs(page, width)

    assert found == []
