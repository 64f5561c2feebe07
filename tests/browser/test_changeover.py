"""The changeover card on two phones in the wings: ticks are live, seconds count, the last tick offers the start."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from coordinator.accounts.models import Actor, Coordinator
from coordinator.db import db
from coordinator.shownight.actions.pressing import end_set, start_set
from coordinator.web.session_cookie import COOKIE
from tests.browser.conftest import PageAt
from tests.browser.live import wrongs
from tests.browser.test_every_page import session_of
from tests.builders import ANight, a_coordinator, a_night, a_slot, minutes
from tests.full_night import evening_of, evening_zone, wall

PAGE = "/coordinate/justice-in-motion/changeover/bo"
SAM = Actor("Sam")


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    zone = evening_zone(now)
    slots = [
        a_slot("Ash", wall(now, -20, zone), minutes=15),
        a_slot("Bo", wall(now, 5, zone), minutes=30, changeover=10, note="Two vocal mics"),
    ]
    night = a_night(slots, zone=zone, on=evening_of(now), doors=None, curfew=None)
    start_set(night.slot("Ash").id, actor=SAM, now=now - minutes(20))
    end_set(night.slot("Ash").id, actor=SAM, now=now - minutes(4))
    return night


def phone_of(page: Page, app: Flask, who: Coordinator, address: str) -> Page:
    page.context.add_cookies([{"name": COOKIE, "value": session_of(app, who), "url": address}])
    page.goto(address + PAGE)
    return page


@pytest.mark.parametrize("java_script", [True, False])
def test_three_ticks_and_the_start(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, java_script: bool
) -> None:
    sam = a_coordinator("Sam Stage", organisation=night.organisation, role="stage_manager")
    page = phone_of(page_at(390, "dark", java_script=java_script), sqlite_app, sam, address)
    wrong = wrongs(page, 390) if java_script else []

    for part in ("Stage is set", "Sound is ready", "Act is ready"):
        page.get_by_role("button", name=part, exact=True).click()
        expect(page.get_by_role("button", name=f"Undo: {part}")).to_be_visible()
    wrong += wrongs(page, 390) if java_script else []
    page.get_by_role("button", name="Start Bo").click()
    page.wait_for_url("**/show**")

    db.session.rollback()
    assert wrong == []
    assert night.slot("Bo").started_at is not None


def test_a_tick_on_one_phone_shows_on_the_other_and_seconds_count(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt
) -> None:
    sam = a_coordinator("Sam Stage", organisation=night.organisation, role="stage_manager")
    vera = a_coordinator("Vera View", organisation=night.organisation, role="viewer")
    one = phone_of(page_at(390), sqlite_app, sam, address)
    two = phone_of(page_at(390), sqlite_app, vera, address)

    expect(two.locator("[data-left] b")).to_have_text(re.compile(r"^\d:\d\d$"))
    one.get_by_role("button", name="Sound is ready", exact=True).click()
    expect(two.get_by_text(re.compile("Sam Stage, "))).to_be_visible(timeout=12_000)
    expect(two.get_by_role("button", name="Undo: Sound is ready")).to_have_count(0)
