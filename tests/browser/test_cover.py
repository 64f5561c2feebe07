"""Asking for cover, taking a place and swapping in a browser, without JavaScript, and what it costs in taps."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import expect

from coordinator.accounts.actions.sign_in_links import sign_in_link
from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.shifts.actions.coming import stand_by
from coordinator.shifts.actions.covering import ask_for_cover
from coordinator.shifts.actions.volunteer_policy import edit_volunteer_policy
from coordinator.shifts.actions.waves import next_waves
from coordinator.shifts.models import HOLDING
from tests.browser.conftest import PageAt, Scheme
from tests.browser.live import wrongs
from tests.builders import MADE_AT, ANight, a_coordinator, a_night, a_shift
from tests.links import token_of
from tests.night import in_the_cast


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    """In five days from now: Ana has the door, Ben the bar, Cleo stands by, and nobody sleeps."""
    shifts = [
        a_shift("Front door", "19:00", "21:00", people=("Ana Ruiz",), max=1),
        a_shift("Bar", "19:30", "22:00", people=("Ben Ode",), max=1),
    ]
    on = (datetime.now(UTC) + timedelta(days=5)).date()
    made = a_night([], shifts=shifts, on=on, quiet_from=None, quiet_to=None)
    with transaction():
        cleo = in_the_cast(made, "Cleo Cedar")
    stand_by(made.event, cleo, actor=Actor("Alice"), now=MADE_AT)
    return made


def page_of(night: ANight, name: str) -> str:
    token = token_of(night.person(name))
    db.session.rollback()  # what the browser changes is read anew
    return f"/me/{token}"


def on_it(night: ANight, key: str) -> list[str]:
    db.session.rollback()
    return [each.person.name for each in night.shift(key).sign_ups if each.state in HOLDING]


def test_cover_is_two_taps_and_a_place_is_taken_with_one_without_javascript(
    address: str, page_at: PageAt, night: ANight
) -> None:
    page = page_at(java_script=False)
    page.goto(address + page_of(night, "Ana Ruiz"))
    page.get_by_text("Find someone to take my shift").click()
    page.get_by_role("button", name="Ask for cover").click()
    expect(page.get_by_text("We're looking for someone to take your shift.")).to_be_visible()

    next_waves(datetime.now(UTC))
    page.goto(address + page_of(night, "Cleo Cedar"))
    page.get_by_role("button", name="Yes, I'll take it").click()

    expect(page.get_by_text("Thank you. You're signed up for Front door.")).to_be_visible()
    assert on_it(night, "front-door-1") == ["Cleo Cedar"]


def test_a_swap_is_three_taps_and_one_for_the_other_without_javascript(
    address: str, page_at: PageAt, night: ANight
) -> None:
    page = page_at(java_script=False)
    page.goto(address + page_of(night, "Ana Ruiz"))
    page.get_by_text("Find someone to take my shift").click()
    page.get_by_role("link", name="Trade with someone").click()
    page.get_by_role("button", name="Ask to trade").click()
    expect(page.get_by_text("You asked Ben to trade.")).to_be_visible()

    page.goto(address + page_of(night, "Ben Ode"))
    page.get_by_role("button", name="Yes, trade").click()

    expect(page.get_by_text("Done. You traded shifts with Ana.")).to_be_visible()
    assert (on_it(night, "front-door-1"), on_it(night, "bar-2")) == (["Ben Ode"], ["Ana Ruiz"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_state_fits_and_is_accessible(
    sqlite_app: Flask, address: str, page_at: PageAt, night: ANight, width: int, scheme: Scheme
) -> None:
    edit_volunteer_policy(night.event, actor=Actor("Alice"), now=MADE_AT, asks_to_confirm=True)
    ask_for_cover(night.shift("front-door-1").sign_ups[0], now=datetime.now(UTC))
    next_waves(datetime.now(UTC))
    key = sign_in_link(a_coordinator("Alice", organisation=night.organisation).account, datetime.now(UTC))
    page, found = page_at(width, scheme), []

    for name in ("Ana Ruiz", "Ben Ode", "Cleo Cedar"):
        page.goto(address + page_of(night, name))
        for more in page.get_by_text("Find someone to take my shift").all():
            more.click()
        found += wrongs(page, width)
    page.goto(f"{address}{page_of(night, 'Ben Ode')}/shifts/{night.shift('bar-2').sign_ups[0].id}/swap")
    found += wrongs(page, width)
    page.goto(f"{address}/sign-in/{key}")
    found += wrongs(page, width)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{address}/coordinate/{night.event.slug}/volunteers/risk")
    found += wrongs(page, width)

    assert found == []
