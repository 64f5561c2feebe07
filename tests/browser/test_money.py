"""Counting money on two phones: each sees the other's number only after their own; live, and without JavaScript."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from coordinator.accounts.models import Coordinator
from coordinator.db import db
from coordinator.money.models import MoneyCount
from coordinator.web.session_cookie import COOKIE
from tests.browser.conftest import PageAt
from tests.browser.live import wrongs
from tests.browser.test_every_page import session_of
from tests.builders import ANight, a_coordinator, a_night
from tests.full_night import evening_of, evening_zone

PAGE = "/coordinate/justice-in-motion/money"


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    now = datetime.now(UTC)
    cause = "Justice in Motion"
    return a_night([], zone=evening_zone(now), on=evening_of(now), beneficiary=cause, doors=None, curfew=None)


def phone_of(page: Page, app: Flask, who: Coordinator, address: str) -> Page:
    page.context.add_cookies([{"name": COOKIE, "value": session_of(app, who), "url": address}])
    page.goto(address + PAGE)
    return page


@pytest.mark.parametrize("java_script", [True, False])
def test_two_phones_find_a_match_after_a_recount(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, java_script: bool
) -> None:
    alice = a_coordinator("Alice Brown", organisation=night.organisation)
    bob = a_coordinator("Bob Oh", organisation=night.organisation, role="check_in")
    one = phone_of(page_at(390, java_script=java_script), sqlite_app, alice, address)
    two = phone_of(page_at(390, "dark", java_script=java_script), sqlite_app, bob, address)
    wrong: list[str] = []

    one.locator("#new").get_by_label("Amount in USD").fill("1,240.50")
    one.locator("#new").get_by_role("button", name="Save my count").click()
    expect(one.get_by_text("You counted $1,240.50 (AB).")).to_be_visible()
    if not java_script:
        two.goto(address + PAGE)
    expect(two.get_by_text("Alice Brown has counted it.")).to_be_visible(timeout=12_000)
    expect(two.get_by_text("1,240.50")).to_have_count(0)
    wrong += [*wrongs(one, 390), *wrongs(two, 390)] if java_script else []

    two.locator("#counts").get_by_label("Amount in USD").fill("1,250.50")
    two.locator("#counts").get_by_role("button", name="Save my count").click()
    expect(two.get_by_text("Difference")).to_be_visible()
    wrong += wrongs(two, 390) if java_script else []
    two.get_by_role("button", name="Count again").click()

    for page, amount in ((two, "1240.50"), (one, "$1,240.50")):
        if not java_script:
            page.goto(address + PAGE)
        expect(page.locator("#counts").get_by_text("Your turn")).to_be_visible(timeout=12_000)
        page.locator("#counts").get_by_label("Amount in USD").fill(amount)
        page.locator("#counts").get_by_role("button", name="Save my count").click()
    expect(one.locator("#confirmed").get_by_text("$1,240.50")).to_be_visible()
    wrong += wrongs(one, 390) if java_script else []

    db.session.rollback()
    assert wrong == []
    assert db.session.scalars(select(MoneyCount.amount)).one() == Decimal("1240.50")
