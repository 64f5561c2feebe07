"""Finding one's own page again, on a phone: a number, a code, and there it is."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from coordinator.db import db, transaction
from coordinator.messaging.models import Message
from tests.browser.conftest import PageAt, Scheme
from tests.browser.live import wrongs
from tests.builders import ANight, a_night, a_person, a_shift

PHONE = "+14155550142"


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    night = a_night(
        shifts=[a_shift("Front door", "19:15", "20:45", people=("Ana Ruiz",), max=3)],
        on=(datetime.now(UTC) + timedelta(days=5)).date(),
    )
    with transaction():
        night.person("Ana Ruiz").phone = PHONE
    return night


def digits() -> str:
    db.session.rollback()
    newest = select(Message.body).where(Message.kind == "code").order_by(Message.id.desc()).limit(1)
    return (db.session.scalar(newest) or "")[-6:]


def asks_for_a_code(page: Page, address: str) -> None:
    page.goto(f"{address}/e/justice-in-motion")
    page.get_by_role("link", name="My shifts").click()
    page.get_by_label("Mobile number").fill("415 555 0142")
    page.get_by_role("button", name="Text me a code").click()


@pytest.mark.parametrize("java_script", [True, False])
def test_a_number_and_a_code_open_the_page_and_the_phone_remembers_it(
    night: ANight, address: str, page_at: PageAt, *, java_script: bool
) -> None:
    page = page_at(390, java_script=java_script)
    asks_for_a_code(page, address)
    page.get_by_label("6-digit code").fill(digits())
    page.get_by_role("button", name="Open my page").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ana")
    expect(page.get_by_text("Front door").first).to_be_visible()

    page.goto(f"{address}/my")
    page.get_by_role("link", name="Open my page").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ana")
    page.goto(f"{address}/my")
    page.get_by_role("button", name="Not Ana?").click()

    expect(page.get_by_label("Mobile number")).to_be_visible()


def test_two_people_with_one_phone_are_asked_who_it_is(night: ANight, address: str, page_at: PageAt) -> None:
    a_person("Luis Ruiz", organisation=night.organisation, phone=PHONE)
    page = page_at(390)
    asks_for_a_code(page, address)
    page.get_by_label("6-digit code").fill(digits())
    page.get_by_role("button", name="Open my page").click()

    page.get_by_role("button", name="I'm Luis").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Luis")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_each_step_fits_and_is_accessible(
    night: ANight, address: str, page_at: PageAt, width: int, scheme: Scheme
) -> None:
    a_person("Luis Ruiz", organisation=night.organisation, phone=PHONE)
    page = page_at(width, scheme)
    page.goto(f"{address}/my")
    found = wrongs(page, width)
    asks_for_a_code(page, address)
    found += wrongs(page, width)
    page.get_by_label("6-digit code").fill(digits())
    page.get_by_role("button", name="Open my page").click()
    found += wrongs(page, width)
    page.get_by_role("button", name="I'm Ana").click()
    page.goto(f"{address}/my")

    assert found + wrongs(page, width) == []
