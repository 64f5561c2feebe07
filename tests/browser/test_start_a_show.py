"""From a pasted flyer to the running order in a browser: read, fixed, created, moved."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from coordinator.accounts.models import Coordinator
from tests.browser.conftest import PageAt, Scheme
from tests.browser.live import seen_by, wrongs
from tests.builders import a_coordinator, a_message, a_night, sign_in

FLYER = (Path(__file__).parents[1] / "core" / "flyers" / "30-speeches-and-a-raffle.txt").read_text(encoding="utf-8")


@pytest.fixture
def alice(sqlite_app: Flask) -> Coordinator:
    return a_coordinator("Alice")


def opened(page: Page, app: Flask, alice: Coordinator, address: str, path: str) -> Page:
    return seen_by(page, sign_in(app.test_client(), alice), address, f"/coordinate/{path}")


def acts(page: Page) -> list[str]:
    return page.locator(".order-list .n b").all_inner_texts()


@pytest.mark.parametrize("java_script", [True, False])
def test_a_flyer_becomes_a_show_that_can_be_moved_about(
    sqlite_app: Flask, alice: Coordinator, address: str, page_at: PageAt, java_script: bool
) -> None:
    page = opened(page_at(1280, java_script=java_script), sqlite_app, alice, address, "new")

    page.get_by_label("The flyer").fill(FLYER)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What we read")
    expect(page.get_by_text("Times without AM or PM were read as afternoon or evening.")).to_be_visible()

    polly = page.locator("fieldset", has=page.locator('input[value="Polly Amber"]'))
    polly.get_by_label("Name").fill("Polly Amber Duo")
    polly.get_by_label("Starts").fill("20:55")
    page.get_by_role("button", name="Create the show").click()
    expect(page.get_by_text("The show was created. Now say who plays in each act.")).to_be_visible()

    page.get_by_role("link", name="Running order").last.click()
    assert acts(page)[-3:] == ["Raffle draw", "Polly Amber Duo", "Night Bus Home"]
    page.get_by_role("button", name="Move down: Polly Amber Duo").press("Enter")
    expect(page.get_by_text("The changeover before Night Bus Home is 3 min too short.")).to_be_visible()
    page.get_by_role("button", name="Yes, save it").press("Enter")
    expect(page.get_by_text("Polly Amber Duo was moved.")).to_be_visible()
    assert acts(page)[-3:] == ["Raffle draw", "Night Bus Home", "Polly Amber Duo"]


def test_a_slot_is_dragged_to_its_place(sqlite_app: Flask, alice: Coordinator, address: str, page_at: PageAt) -> None:
    a_night(organisation=alice.organisation)
    page = opened(page_at(1280), sqlite_app, alice, address, "justice-in-motion/order")

    page.locator("#slot-josh-granowski .grip").drag_to(page.locator("#slot-carlos-lumbi .acts"))

    expect(page.get_by_text("Josh Granowski was moved.")).to_be_visible()
    assert acts(page) == ["Carlos Lumbi", "Josh Granowski", "The Poor Nobodys"]


def test_whoever_was_told_is_named_before_a_move_is_kept(
    sqlite_app: Flask, alice: Coordinator, address: str, page_at: PageAt
) -> None:
    now = datetime.now(UTC)
    night = a_night(organisation=alice.organisation, on=(now + timedelta(days=5)).date())
    josh: dict[str, Any] = {"slot_id": night.slot("Josh Granowski").id, "anchor": "set_start"}
    sent = {"state": "delivered", "claimed_at": now, "says_at": night.at("20:00")}
    a_message(night, night.person("Josh Granowski"), **josh | sent)
    page = opened(page_at(390), sqlite_app, alice, address, "justice-in-motion/order")

    page.get_by_role("button", name="Move down: Josh Granowski").click()
    expect(page.get_by_text("1 person gets a text")).to_be_visible()
    page.get_by_role("button", name="Yes, save it").click()

    expect(page.get_by_text("Josh Granowski was moved.")).to_be_visible()
    assert acts(page) == ["Carlos Lumbi", "Josh Granowski", "The Poor Nobodys"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_what_was_read_fits_and_can_be_pressed(
    sqlite_app: Flask, alice: Coordinator, address: str, page_at: PageAt, width: int, scheme: Scheme
) -> None:
    page = opened(page_at(width, scheme), sqlite_app, alice, address, "new")
    page.get_by_label("The flyer").fill(FLYER)
    page.get_by_role("button", name="Read it").click()

    page.locator("details summary").locator("visible=true").last.scroll_into_view_if_needed()

    assert wrongs(page, width) == []
