"""At the door: the code on a screen, the page behind it, and the kiosk, each step for everyone's eyes and thumbs."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from coordinator.core.cover import door_token
from coordinator.db import db
from coordinator.people.actions.persons import edit_person
from coordinator.shifts.models import Mark
from coordinator.web.session_cookie import COOKIE
from tests.browser.conftest import PageAt
from tests.browser.live import wrongs
from tests.browser.test_every_page import session_of
from tests.builders import ANight, a_coordinator, a_night, a_shift
from tests.full_night import evening_of, evening_zone, wall

SLUG = "justice-in-motion"


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    zone = evening_zone(now)
    people = ("Dana Door", "José Bell", "Zoe Last")
    door = a_shift("Front door", wall(now, 20, zone), wall(now, 120, zone), people=people, place="Street side")
    night = a_night([], shifts=[door], zone=zone, on=evening_of(now), doors=None, curfew=None)
    for name, phone in zip(people, ("+12125550111", "+13475550111", "+12125550122"), strict=True):
        edit_person(night.person(name), phone=phone)
    return night


def marks() -> list[tuple[str, str, str]]:
    db.session.rollback()
    found = db.session.scalars(select(Mark).order_by(Mark.id))
    return [(each.sign_up.person.name, each.mark, each.via) for each in found]


def scanned(page: Page, app: Flask, night: ANight, address: str) -> None:
    token = door_token(app.config["SECRET_KEY"], night.event.id, datetime.now(UTC))
    page.goto(f"{address}/e/{SLUG}/here/{token}")


def as_alice(page: Page, app: Flask, night: ANight, address: str) -> Page:
    session = session_of(app, a_coordinator("Alice", organisation=night.organisation))
    page.context.add_cookies([{"name": COOKIE, "value": session, "url": address}])
    return page


@pytest.mark.parametrize("java_script", [True, False])
def test_from_the_code_to_here_in_two_presses(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, java_script: bool
) -> None:
    page = page_at(390, "dark", java_script=java_script)
    scanned(page, sqlite_app, night, address)
    wrong = wrongs(page, 390) if java_script else []

    page.get_by_label("First name").fill("jose")
    page.get_by_label("Last 4 digits of your mobile number").fill("0111")
    page.get_by_role("button", name="Find me").click()
    expect(page.get_by_role("heading", name="Front door")).to_be_visible()
    wrong += wrongs(page, 390) if java_script else []
    before = marks()
    page.get_by_role("button", name="I'm here: Front door").click()
    expect(page.get_by_text("You're checked in: Front door at")).to_be_visible()

    assert wrong == []
    assert before == []
    assert marks() == [("José Bell", "here", "door")]


def test_the_code_on_the_screen_leads_to_the_page_behind_it(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt
) -> None:
    page = as_alice(page_at(1024), sqlite_app, night, address)
    page.goto(f"{address}/coordinate/{SLUG}/door")

    code = page.get_by_role("img", name="Code to scan with a phone.")
    box = code.bounding_box()

    assert box is not None
    assert min(box["width"], box["height"]) > 250
    assert wrongs(page, 1024) == []


@pytest.mark.parametrize("java_script", [True, False])
def test_the_kiosk_goes_from_digits_to_name_to_here(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, java_script: bool
) -> None:
    page = as_alice(page_at(1024, java_script=java_script), sqlite_app, night, address)
    page.goto(f"{address}/coordinate/{SLUG}/kiosk")
    page.get_by_role("button", name="Open a kiosk").click()
    page.get_by_role("button", name="Use this device and sign out").click()
    expect(page.get_by_role("heading", name="Playing or helping tonight?")).to_be_visible()
    wrong = wrongs(page, 1024) if java_script else []

    page.get_by_label("Last 4 digits of your mobile number").fill("0111")
    page.get_by_role("button", name="Next").click()
    wrong += wrongs(page, 1024) if java_script else []
    page.get_by_role("button", name="Dana").click()
    wrong += wrongs(page, 1024) if java_script else []
    page.get_by_role("button", name="Here").click()
    expect(page.get_by_role("heading", name="Thank you, Dana")).to_be_visible()
    wrong += wrongs(page, 1024) if java_script else []

    expect(page.get_by_role("heading", name="Playing or helping tonight?")).to_be_visible(timeout=15_000)
    page.goto(f"{address}/coordinate/{SLUG}/volunteers/tonight")

    assert wrong == []
    assert marks() == [("Dana Door", "here", "kiosk")]
    assert "/sign-in" in page.url
