"""A preview that names someone to call, on a phone: the press, the call, its tick, and the tick taken back."""

import os
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from coordinator.db import db, transaction
from coordinator.reminders.actions.plan import plan
from tests.browser.conftest import PageAt, Scheme
from tests.browser.live import seen_by
from tests.builders import ANight, a_coordinator, a_night, a_slot, sign_in
from tests.full_night import evening_of, evening_zone, wall


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    """Ana, who has a number and agreed to no texts, comes in 30 minutes."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    zone = evening_zone(now)
    night = a_night(
        [
            a_slot("Josh", wall(now, -10, zone), minutes=30, changeover=0, answer="confirmed"),
            a_slot("Ana Reyes", wall(now, 30, zone), minutes=40, changeover=10, answer="confirmed"),
        ],
        doors=None,
        curfew=wall(now, 180, zone),
        zone=zone,
        on=evening_of(now),
    )
    with transaction():
        night.person("Ana Reyes").phone, night.person("Ana Reyes").agreed_at = "+12125550142", None
    return night


def opened(page: Page, app: Flask, night: ANight, address: str, path: str) -> Page:
    alice = sign_in(app.test_client(), a_coordinator(organisation=night.organisation))
    return seen_by(page, alice, address, f"/coordinate/{night.event.slug}/{path}")


def pictured(page: Page, name: str) -> None:
    """A picture of the page, where someone wants to look at it."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (390, "light"), (1280, "light"), (1280, "dark")])
def test_a_call_is_shown_before_the_press_and_ticked_after_it(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, width: int, scheme: Scheme
) -> None:
    show = "show?verb=late&slot=ana-reyes&minutes=15"
    page = opened(page_at(width, scheme=scheme), sqlite_app, night, address, show)
    call = page.locator(".press-sheet").get_by_role("link", name="Call Ana Reyes, (212) 555-0142").first

    expect(call).to_have_attribute("href", "tel:+12125550142")
    expect(page.locator(".press-sheet form[data-look]").get_by_text("They haven't agreed to texts.")).to_be_visible()
    pictured(page, f"preview-{width}-{scheme}")
    page.get_by_role("button", name="Move by 15 minutes").click()
    expect(page.locator("#pressed")).to_contain_text("Ana Reyes 15 min late, you,")
    db.session.rollback()  # what the browser pressed is read anew
    plan(datetime.now(UTC), public_url=address)
    page.goto(f"{address}/coordinate/{night.event.slug}/people")

    expect(page.get_by_text("Someone needs to call them")).to_be_visible()
    pictured(page, f"people-{width}-{scheme}")
    page.get_by_role("button", name="Told: Ana Reyes").click()
    expect(page.get_by_text("Everyone has been told")).to_be_visible()
    page.get_by_text("1 person has been told").click()
    pictured(page, f"told-{width}-{scheme}")
    page.get_by_role("button", name="Not told after all: Ana Reyes").click()
    expect(page.get_by_role("button", name="Told: Ana Reyes")).to_be_visible()
    for path, name in (("", "overview"), ("/texts/call-list", "list")):
        page.goto(f"{address}/coordinate/{night.event.slug}{path}")
        pictured(page, f"{name}-{width}-{scheme}")
        expect(page.get_by_role("button", name="Told: Ana Reyes").first).to_be_visible()
