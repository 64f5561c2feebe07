"""The show night in a browser: a choice shows what it moves at once, and without JavaScript by a button."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, Route, expect

from coordinator.accounts.models import Actor
from coordinator.db import db
from coordinator.shownight.actions.pressing import declare_late, start_set
from tests.browser.conftest import PageAt
from tests.browser.live import seen_by
from tests.builders import ANight, a_coordinator, a_message, a_night, a_slot, minutes, sign_in
from tests.full_night import evening_of, evening_zone, wall

WIDTHS = (320, 390, 1280)


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    """Josh is on since 10 minutes; Carlos, who was told, comes in 30 and Ana in 80."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    zone = evening_zone(now)
    night = a_night(
        [
            a_slot("Josh", wall(now, -10, zone), minutes=30, changeover=0),
            a_slot("Carlos", wall(now, 30, zone), minutes=40, changeover=10),
            a_slot("Ana", wall(now, 80, zone), minutes=30, changeover=10),
        ],
        doors=None,
        curfew=wall(now, 180, zone),
        zone=zone,
        on=evening_of(now),
    )
    start_set(night.slot("Josh").id, actor=Actor("Sam"), now=now - minutes(10))
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


def opened(page: Page, app: Flask, night: ANight, address: str) -> Page:
    """The show night, as Alice sees it."""
    alice = sign_in(app.test_client(), a_coordinator(organisation=night.organisation))
    return seen_by(page, alice, address, f"/coordinate/{night.event.slug}/show")


def moving(page: Page) -> Locator:
    """The sheet that moves Carlos, opened."""
    page.locator("#coming").get_by_role("link", name="Move").click()
    return page.locator("#look-late-carlos")


@pytest.fixture
def page(sqlite_app: Flask, night: ANight, address: str, page_at: PageAt) -> Page:
    return opened(page_at(scheme="dark"), sqlite_app, night, address)


def ended_at(night: ANight) -> datetime | None:
    """When Josh finished, as the server wrote it."""
    db.session.rollback()  # what this test read before is old by now
    return night.slot("Josh").ended_at


def test_choosing_minutes_shows_at_once_what_they_move(page: Page) -> None:
    card = moving(page)
    page.evaluate("window.sameDocument = true")

    card.get_by_role("radio", name="+15").check()

    expect(card.get_by_role("button", name="Move by 15 minutes")).to_be_visible()
    expect(card.locator("form[data-look]").get_by_text("1 person gets a text")).to_be_visible()
    assert "by=15" in page.url
    assert page.evaluate("window.sameDocument") is True


def test_other_minutes_are_typed(page: Page) -> None:
    card = moving(page)
    expect(card.get_by_label("Minutes", exact=True)).to_be_hidden()

    card.get_by_role("radio", name="Other").check()
    card.get_by_label("Minutes", exact=True).fill("7")
    card.get_by_label("Minutes", exact=True).press("Enter")

    expect(card.get_by_role("button", name="Move by 7 minutes")).to_be_visible()


def late_by(night: ANight) -> timedelta | None:
    """How late Carlos was declared, as the server wrote it."""
    db.session.rollback()
    return night.slot("Carlos").late_by


def test_typed_minutes_disarm_the_button_until_they_are_shown(page: Page, night: ANight) -> None:
    card = moving(page)
    asked: list[Route] = []
    answered = False

    def hold(route: Route) -> None:
        if answered:
            route.continue_()
        else:
            asked.append(route)

    page.route("**/show?*", hold)  # the answer takes its time
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    card.get_by_role("radio", name="Other").check()
    card.get_by_label("Minutes", exact=True).fill("7")
    ten = card.get_by_role("button", name="Move by 10 minutes")
    expect(ten).to_be_disabled()
    ten.evaluate("button => button.click()")
    card.locator("form[data-look]").evaluate("form => form.requestSubmit(form.querySelector('[data-arm]'))")
    before = late_by(night)
    answered = True
    for route in asked:
        route.continue_()
    seven = card.get_by_role("button", name="Move by 7 minutes")
    expect(seven).to_be_enabled()
    expect(card.locator("form[data-look]").get_by_text("1 person gets a text")).to_be_visible()
    seven.click()

    expect(page.locator("#pressed")).to_contain_text("Carlos 7 min late")
    assert (before, late_by(night)) == (None, minutes(7))
    assert len(sent) == 1


def test_what_somebody_else_changed_meanwhile_comes_back_to_be_looked_at(page: Page, night: ANight) -> None:
    card = moving(page)
    page.route(
        "**/show?*", lambda route: route.abort() if not route.request.is_navigation_request() else route.continue_()
    )
    now = datetime.now(UTC)
    declare_late(night.slot("Ana").id, 45, actor=Actor("Sam"), now=now)

    card.get_by_role("button", name="Move by 10 minutes").click()

    expect(card.get_by_role("alert")).to_contain_text("Marked by Sam: Ana 45 min late")
    assert late_by(night) is None
    card.get_by_role("button", name="Move by 10 minutes").click()
    expect(page.locator("#pressed")).to_contain_text("Carlos 10 min late")
    assert late_by(night) == minutes(10)


def test_two_taps_are_one_press(page: Page, night: ANight) -> None:
    moving(page).get_by_role("button", name="Move by 10 minutes").dblclick()

    expect(page.locator("#pressed")).to_contain_text("Carlos 10 min late")
    expect(page.get_by_text("Nothing has been marked yet.")).to_have_count(0)


def test_minutes_typed_without_javascript_are_shown_before_they_are_pressed(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt
) -> None:
    page = opened(page_at(java_script=False), sqlite_app, night, address)
    card = moving(page)

    card.locator("label", has_text="Other").click()
    card.get_by_label("Minutes", exact=True).fill("7")
    card.get_by_role("button", name="Move by 10 minutes").click()
    expect(card.get_by_role("alert")).to_contain_text("You hadn't seen what this choice does.")
    nothing = late_by(night)
    card.get_by_role("button", name="Move by 7 minutes").click()

    expect(page.locator("#pressed")).to_contain_text("Carlos 7 min late")
    assert (nothing, late_by(night)) == (None, minutes(7))


@pytest.fixture
def unpressed(sqlite_app: Flask) -> ANight:
    """Josh was to begin 50 minutes ago, Carlos 20 minutes ago; Ana comes in 40. Nobody has pressed anything."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    zone = evening_zone(now)
    return a_night(
        [
            a_slot("Josh", wall(now, -50, zone), minutes=20, changeover=0),
            a_slot("Carlos", wall(now, -20, zone), minutes=40, changeover=10),
            a_slot("Ana", wall(now, 40, zone), minutes=30, changeover=10),
        ],
        slug="unpressed",
        doors=None,
        curfew=wall(now, 180, zone),
        zone=zone,
        on=evening_of(now),
    )


def pressed(night: ANight) -> list[str]:
    """The names of those whose start was pressed, as the server wrote it."""
    db.session.rollback()
    return [name for name in ("Josh", "Carlos", "Ana") if night.slot(name).started_at]


@pytest.mark.parametrize("java_script", [True, False])
def test_who_takes_charge_late_says_what_is_on_in_one_press_that_is_undone_as_one(
    sqlite_app: Flask, unpressed: ANight, address: str, page_at: PageAt, java_script: bool
) -> None:
    page = opened(page_at(java_script=java_script), sqlite_app, unpressed, address)

    page.get_by_role("button", name="Run this stage").click()
    expect(page.locator("#run")).to_be_hidden()
    page.locator("#alerts-fold > summary", has_text="Is Josh on?").click()
    question = page.locator("#alert-question-josh")
    expect(question).to_contain_text("the times here have stopped")
    question.get_by_role("button", name="Carlos is on").click()
    expect(page.locator("#on").get_by_role("heading", name="Carlos")).to_be_visible()
    both = pressed(unpressed)
    page.locator("#pressed").get_by_role("button").click()
    expect(page.locator("#alerts-fold > summary", has_text="Is Josh on?")).to_be_visible()

    assert both == ["Josh", "Carlos"]
    assert pressed(unpressed) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_question_fits_every_screen(
    sqlite_app: Flask, unpressed: ANight, address: str, page_at: PageAt, width: int
) -> None:
    page = opened(page_at(width), sqlite_app, unpressed, address)
    page.get_by_role("button", name="Run this stage").click()
    expect(page.locator("#run")).to_be_hidden()
    for answer in page.locator("#alerts details").all():
        answer.evaluate("answer => { answer.open = true }")
    expect(page.locator("#alert-question-josh")).to_be_visible()

    small = page.evaluate(
        """[...document.querySelectorAll("#alerts :is(a, button, summary)")]
           .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""
    )

    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_press_is_undone_with_one_tap(page: Page, night: ANight) -> None:
    page.get_by_role("button", name="Set finished").click()
    expect(page.locator("#pressed")).to_contain_text("Main stage: Josh finished, you,")
    finished = ended_at(night)

    page.locator("#pressed").get_by_role("button").click()

    expect(page.locator("#on").get_by_role("heading", name="Josh")).to_be_visible()
    assert finished is not None
    assert ended_at(night) is None


def test_all_of_it_works_without_javascript(sqlite_app: Flask, night: ANight, address: str, page_at: PageAt) -> None:
    page = opened(page_at(java_script=False), sqlite_app, night, address)
    card = moving(page)

    card.get_by_role("radio", name="+15").check()
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
    page.locator("#coming").get_by_role("link", name="Move").click()
    for line in page.locator("details").all():
        line.evaluate("line => line.open = true")

    small = page.evaluate(
        """[...document.querySelectorAll("a, button, summary, label:has(input), input:not([type=radio])")]
           .filter((one) => one.checkVisibility() && !one.classList.contains("skip"))
           .filter((one) => one.getBoundingClientRect().height < 44 || one.getBoundingClientRect().width < 44)
           .map((one) => one.outerHTML)"""
    )

    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
