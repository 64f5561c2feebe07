"""The coordinators' page of shifts in a browser: it fits, can be pressed, and keeps what is being typed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from coordinator.db import db
from tests.browser.conftest import PageAt, Scheme
from tests.browser.live import served, wrongs
from tests.builders import ANight, a_coordinator, a_night, a_person, a_shift, a_sign_up, sign_in


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    """In five days from now, whenever that is."""
    on = (datetime.now(UTC) + timedelta(days=5)).date()
    shifts = [
        a_shift("Front door", "19:15", "20:45", max=3, people=("Dana",)),
        a_shift("Strike", follows="Carlos Lumbi"),
    ]
    return a_night(shifts=shifts, on=on)


@pytest.fixture
def address(sqlite_app: Flask, night: ANight) -> Iterator[str]:
    with served(sqlite_app) as address:
        yield address


def opened(page: Page, app: Flask, night: ANight, address: str) -> Page:
    """The shifts, as Alice sees them."""
    client = sign_in(app.test_client(), a_coordinator(organisation=night.organisation))
    cookie = client.get_cookie("session")
    assert cookie is not None
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
    page.goto(f"{address}/coordinate/justice-in-motion/volunteers")
    return page


def test_somebody_is_put_on_by_name_without_javascript(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt
) -> None:
    a_person("Eve Stone", organisation=night.organisation)
    page = opened(page_at(java_script=False), sqlite_app, night, address)
    door = page.get_by_role("region", name="Front door")

    door.get_by_text("Put somebody on").click()
    door.get_by_label("Name").fill("Eve Stone")
    door.get_by_role("button", name="Put on this shift").click()

    expect(page.get_by_text("Eve Stone is down for Front door.")).to_be_visible()
    db.session.rollback()
    assert [row.person.name for row in night.shift("front-door-1").holding] == ["Dana", "Eve Stone"]


def test_a_new_helper_appears_by_itself_and_what_is_being_typed_stays(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt
) -> None:
    page = opened(page_at(), sqlite_app, night, address)
    typed = page.get_by_label("What work")
    typed.fill("Tea ta")

    a_sign_up(night, night.shift("front-door-1"), "Eve")
    page.evaluate("window.dispatchEvent(new Event('online'))")  # it asks at once, not in 5 seconds

    expect(page.get_by_role("region", name="Front door")).to_contain_text("Eve")
    expect(typed).to_have_value("Tea ta")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_and_is_accessible(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, width: int, scheme: Scheme
) -> None:
    page = opened(page_at(width, scheme), sqlite_app, night, address)
    page.get_by_text("Put somebody on").first.click()

    assert wrongs(page, width) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_shift_is_let_follow_a_slot_after_seeing_what_that_does(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, scheme: Scheme
) -> None:
    page = opened(page_at(390, scheme), sqlite_app, night, address)
    page.get_by_role("link", name="Change the shift").first.click()
    fixed = page.get_by_label("Day")

    expect(fixed).to_be_visible()
    page.get_by_label("Follow a slot").select_option(label="Carlos Lumbi, 8:30 pm")
    expect(fixed).to_be_hidden()
    page.get_by_role("button", name="Keep the change").click()
    asked = wrongs(page, 390)
    expect(page.get_by_text("8:20 to 8:30 pm")).to_be_visible()
    page.get_by_role("button", name="Yes, keep it").click()

    expect(page.get_by_text("Front door was changed.")).to_be_visible()
    db.session.rollback()
    assert asked == []
    assert night.shift("front-door-1").starts_at == night.at("20:20")
    assert [row.person.name for row in night.shift("front-door-1").holding] == ["Dana"]


def test_a_table_is_looked_at_line_by_line_and_put_in(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt
) -> None:
    page = opened(page_at(390), sqlite_app, night, address)
    page.get_by_role("link", name="From a spreadsheet").click()

    page.get_by_label("The table").fill("name\tmobile\nEve Stone\t(212) 555-0171\nBo\t(212) 555-0172\n")
    page.get_by_role("button", name="Show what each line does").click()
    looked = wrongs(page, 390)
    page.get_by_role("button", name="Put in all 2 lines").click()

    expect(page.get_by_text("2 lines were put in.")).to_be_visible()
    db.session.rollback()
    assert looked == []
    assert night.person("Eve Stone").phone == "+12125550171"
