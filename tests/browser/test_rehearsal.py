"""The rehearsal in a browser: the night plays by itself at 60 times its speed, and step by step without JavaScript."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, Scheme
from tests.browser.live import seen_by, wrongs
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_slot, a_stage_manager, sign_in

CALL = "Josh, be there 7pm; you're on at 8pm"


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    night = a_night(
        [
            a_slot("Josh Granowski", minutes=30, answer="confirmed"),
            a_slot("Carlos Lumbi", minutes=30, changeover=10, answer="confirmed"),
        ],
        shifts=[a_shift("Door", "19:15", "20:45", people=("Dana",))],
        published=True,
    )
    a_stage_manager(night, "Sam Stage")
    return night


def opened(page: Page, app: Flask, night: ANight, address: str, play: str = "Play: Calm night") -> Page:
    """The rehearsal of this script, as Alice sees it, before anything has happened."""
    alice = sign_in(app.test_client(), a_coordinator(organisation=night.organisation))
    seen_by(page, alice, address, f"/coordinate/{night.event.slug}/rehearsal")
    page.get_by_role("button", name=play).click()
    expect(page.get_by_text("This is a rehearsal. Nothing is sent and nothing is saved.")).to_be_visible()
    return page


def jump(page: Page, name: str) -> None:
    page.get_by_text("Jump to").click()
    page.get_by_role("button", name=name, exact=True).click()
    if page.get_by_role("button", name=name, exact=True).is_visible():
        page.get_by_text("Jump to").click()


def test_at_60_times_its_speed_texts_arrive_and_sets_start(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt
) -> None:
    page = opened(page_at(1280), sqlite_app, night, address)
    stage, josh = page.get_by_role("region", name="Main stage"), page.get_by_role("region", name="Josh Granowski")
    jump(page, "First set")
    expect(page.locator(".transport [data-clock]")).to_have_text("8:00")
    carlos = page.get_by_role("region", name="Carlos Lumbi")
    expect(stage.get_by_text("8:00–8:30 PM")).to_be_visible()
    before = carlos.locator(".bubble:visible").count()

    page.get_by_role("button", name="60× speed").click()

    expect(stage.get_by_text("8:40–9:10 PM")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Pause").click()
    assert carlos.locator(".bubble:visible").count() > before
    assert josh.get_by_text(CALL).is_visible()


@pytest.mark.parametrize("java_script", [True, False])
def test_step_by_step_and_with_a_happening_by_hand(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, *, java_script: bool
) -> None:
    page = opened(page_at(java_script=java_script), sqlite_app, night, address, "Play: Nobody presses anything")
    josh = page.get_by_role("region", name="Josh Granowski")
    expect(josh.locator(".bubble:visible")).to_have_count(0)
    jump(page, "Doors")
    expect(josh.get_by_text(CALL)).to_be_visible()
    page.get_by_label("Act", exact=True).select_option("josh-granowski")
    page.get_by_label("Minutes", exact=True).fill("20")

    page.get_by_role("button", name="Is late").click()
    expect(page.get_by_text("20 min late").first).to_be_visible()
    page.get_by_role("button", name="Next text").click()
    expect(josh.get_by_text("new time: you're on at 8:20pm, was 8pm")).to_be_visible()
    page.get_by_role("button", name="Next minute").click()

    expect(page.locator(".transport .clock")).to_contain_text("7:32")


@pytest.mark.parametrize("java_script", [True, False])
def test_enter_on_a_phone_sends_its_text(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, *, java_script: bool
) -> None:
    page = opened(page_at(1280, java_script=java_script), sqlite_app, night, address)
    jump(page, "Doors")
    josh = page.get_by_role("region", name="Josh Granowski")

    josh.get_by_label("Text from the phone of Josh Granowski").fill("late 10")
    josh.get_by_label("Text from the phone of Josh Granowski").press("Enter")

    expect(josh.locator(".bubble.mine:visible")).to_contain_text("late 10")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_pages_fit_can_be_pressed_and_are_accessible(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, width: int, scheme: Scheme
) -> None:
    page = opened(page_at(width, scheme), sqlite_app, night, address, "Play: First act 25 minutes late")
    jump(page, "First set")

    assert wrongs(page, width) == []
