"""The coordinators' page of shifts in a browser: it fits, can be pressed, and keeps what is being typed."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from coordinator.db import db
from tests.browser.conftest import PageAt, Scheme
from tests.browser.live import seen_by, wrongs
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
def long_night(sqlite_app: Flask) -> ANight:
    """The same with more shifts than are read at a glance."""
    on = (datetime.now(UTC) + timedelta(days=5)).date()
    bar = [a_shift("Bar", f"{10 + hour}:00", f"{11 + hour}:00", max=2) for hour in range(12)]
    door = [
        a_shift("Front door", "18:00", "19:00", people=("Dana Door",), max=1),
        a_shift("Front door", "19:00", "20:00", people=("Bo Elm",), min=2, max=3, place="Side door"),
    ]
    return a_night(shifts=[*bar, *door, a_shift("Tidy up", "09:00+1", "10:00+1")], on=on)


def opened(page: Page, app: Flask, night: ANight, address: str) -> Page:
    """The shifts, as Alice sees them."""
    alice = sign_in(app.test_client(), a_coordinator(organisation=night.organisation))
    return seen_by(page, alice, address, "/coordinate/justice-in-motion/volunteers")


def test_somebody_is_put_on_by_name_without_javascript(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt
) -> None:
    a_person("Eve Stone", organisation=night.organisation)
    page = opened(page_at(java_script=False), sqlite_app, night, address)

    page.get_by_role("link", name="7:15–8:45").click()
    page.get_by_text("Add a person").click()
    page.get_by_label("Name").fill("Eve Stone")
    page.get_by_role("button", name="Add to this shift").click()

    expect(page.get_by_text("Eve Stone is now on Front door.")).to_be_visible()
    db.session.rollback()
    assert [row.person.name for row in night.shift("front-door-1").holding] == ["Dana", "Eve Stone"]


def test_a_new_helper_appears_by_itself_and_what_is_being_typed_stays(
    sqlite_app: Flask, long_night: ANight, address: str, page_at: PageAt
) -> None:
    page = opened(page_at(), sqlite_app, long_night, address)
    typed = page.get_by_label("Person, role or place")
    typed.fill("Tea ta")

    a_sign_up(long_night, long_night.shift("bar-1"), "Eve")
    page.evaluate("window.dispatchEvent(new Event('online'))")  # it asks at once, not in 5 seconds

    expect(page.get_by_role("region", name="Bar")).to_contain_text("Eve")
    expect(typed).to_have_value("Tea ta")


def test_a_long_list_is_searched_and_jumped_in_without_javascript(
    sqlite_app: Flask, long_night: ANight, address: str, page_at: PageAt
) -> None:
    page = opened(page_at(390, java_script=False), sqlite_app, long_night, address)
    folded = page.get_by_role("link", name="6:00–7:00 PM , Front door")
    expect(folded).to_be_hidden()

    page.get_by_role("link", name="Front door 1 missing").click()
    page.get_by_role("heading", name="Front door").scroll_into_view_if_needed()
    expect(page.get_by_role("heading", name="Front door")).to_be_in_viewport()
    page.get_by_text("1 full shift").click()
    expect(folded).to_be_visible()
    page.get_by_label("Person, role or place").fill("dana")
    page.get_by_role("button", name="Find").click()

    expect(page.get_by_text("1 of 15 shifts")).to_be_visible()
    expect(folded).to_be_visible()


def test_somebody_free_is_put_on_from_the_grid_which_stays_where_it_was(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt
) -> None:
    page = opened(page_at(1280), sqlite_app, night, address)

    page.get_by_role("link", name="Who's needed when").click()
    page.locator("td[id^=cell-front-door-1] a").click()
    looked = wrongs(page, 1280)
    page.get_by_role("button", name="Put on: The Poor Nobodys").click()

    expect(page.get_by_text("The Poor Nobodys is now on Front door.")).to_be_in_viewport()
    expect(page.locator("td[id^=cell-front-door-1]")).to_be_in_viewport()
    assert looked == []
    assert wrongs(page, 1280) == []
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Who's needed when")).to_be_attached()
    db.session.rollback()
    assert [row.person.name for row in night.shift("front-door-1").holding] == ["Dana"]


def test_a_form_that_came_back_is_open_at_its_first_error_without_javascript(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, complaints: list[str]
) -> None:
    page = opened(page_at(390, java_script=False), sqlite_app, night, address)
    page.get_by_role("link", name="Add a shift", exact=True).click()

    page.get_by_label("Type of work").fill("Tea table")
    page.get_by_label("From").fill("20:00")
    page.get_by_label("To").fill("21:00")
    page.get_by_label("Spots").fill("")
    page.get_by_role("button", name="Add the shift").click()

    expect(page.get_by_label("Spots")).to_be_focused()
    expect(page.get_by_label("Spots")).to_be_in_viewport()
    expect(page.get_by_text("Enter a number, like 2.").last).to_be_in_viewport()
    expect(page.get_by_label("Type of work")).to_have_value("Tea table")
    complaints.clear()  # a refused form is an answer of 422, which the browser remarks


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_and_is_accessible(
    sqlite_app: Flask, long_night: ANight, address: str, page_at: PageAt, width: int, scheme: Scheme
) -> None:
    page = opened(page_at(width, scheme), sqlite_app, long_night, address)
    found = wrongs(page, width)

    for name in ("6:00–7:00 PM , Front door", "10:00–11:00 AM , Bar"):
        page.goto(f"{address}/coordinate/justice-in-motion/volunteers?what=")
        page.get_by_text("1 full shift").click()
        page.get_by_role("link", name=name).click()
        found += wrongs(page, width)

    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_shift_is_let_follow_a_slot_after_seeing_what_that_does(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, scheme: Scheme
) -> None:
    page = opened(page_at(390, scheme), sqlite_app, night, address)
    page.get_by_role("link", name="7:15–8:45").click()
    fixed = page.get_by_label("Day")

    expect(fixed).to_be_visible()
    page.get_by_label("Follow a slot").select_option(label="Carlos Lumbi, 8:30 PM")
    expect(fixed).to_be_hidden()
    page.get_by_role("button", name="Save").click()
    asked = wrongs(page, 390)
    expect(page.get_by_text("8:20–8:30 PM")).to_be_visible()
    page.get_by_role("button", name="Yes, save it").click()

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
    page.get_by_role("button", name="Add all 2 lines").click()

    expect(page.get_by_text("2 lines were added.")).to_be_visible()
    db.session.rollback()
    assert looked == []
    assert night.person("Eve Stone").phone == "+12125550171"
