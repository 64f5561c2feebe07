"""Someone with two things at once, in a browser: seen on three pages, and the ways out without JavaScript."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, Scheme
from tests.browser.live import seen_by, wrongs
from tests.builders import ANight, a_coordinator, a_night, a_shift, sign_in

JOSH = "Josh Granowski"
TITLE = f"{JOSH} has two things at once"
PAGES = ["", "/volunteers/risk", "/order"]


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    """In five days from now: Josh plays at 8 and has the door from 7 to 9, Carlos has to clear the stage too late."""
    on = (datetime.now(UTC) + timedelta(days=5)).date()
    shifts = [
        a_shift("Front door", "19:00", "21:00", people=(JOSH, "Ana Ruiz"), place="Street", max=3),
        a_shift("Bar", "21:15", "22:00", people=("Carlos Lumbi",), place="Bar in the garden behind the house"),
    ]
    return a_night(shifts=shifts, on=on)


def opened(page: Page, app: Flask, night: ANight, address: str, path: str) -> Page:
    """A page as Alice sees it."""
    alice = sign_in(app.test_client(), a_coordinator(organisation=night.organisation))
    return seen_by(page, alice, address, f"/coordinate/{night.event.slug}{path}")


@pytest.mark.parametrize("path", PAGES)
def test_one_press_takes_them_off_and_one_more_puts_them_back(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, path: str
) -> None:
    page = opened(page_at(java_script=False), sqlite_app, night, address, path)
    where = page.url
    expect(page.get_by_text(TITLE)).to_be_visible()

    page.get_by_role("button", name="Take off Front door").click()

    expect(page.get_by_text(f"{JOSH} was removed from Front door.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(f"{JOSH} is back on Front door.")).to_be_visible()
    page.goto(where)
    expect(page.get_by_text(TITLE)).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
def test_one_press_says_that_it_is_fine_and_one_more_shows_it_again(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, path: str
) -> None:
    page = opened(page_at(java_script=False), sqlite_app, night, address, path)
    where = page.url

    page.get_by_role("button", name=f"It's fine: {JOSH}").click()

    assert page.url == where
    expect(page.get_by_text("It shows again if it gets worse.")).to_be_visible()
    expect(page.get_by_text(TITLE)).to_be_hidden()
    page.goto(f"{address}/coordinate/{night.event.slug}/volunteers/risk")
    page.get_by_text("1 said to be fine").click()
    expect(page.get_by_text("Alice said that it's fine.")).to_be_visible()
    page.get_by_role("button", name=f"Show it again: {JOSH}").click()
    page.goto(where)
    expect(page.get_by_text(TITLE)).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
def test_cover_is_asked_for_in_one_press(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, path: str
) -> None:
    page = opened(page_at(java_script=False), sqlite_app, night, address, path)
    where = page.url

    page.get_by_role("button", name="Find cover: Front door").click()

    expect(page.get_by_text("We're looking for someone for Front door.")).to_be_visible()
    page.goto(where)
    expect(page.get_by_text("We're looking for cover for Front door.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_it_fits_and_is_accessible(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, path: str, width: int, scheme: Scheme
) -> None:
    page = opened(page_at(width, scheme), sqlite_app, night, address, path)

    assert wrongs(page, width) == []
