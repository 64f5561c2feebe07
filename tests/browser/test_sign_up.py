"""Helping, from the link to the shift: five taps and two fields, or two taps where the phone is known."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from coordinator.db import db
from coordinator.messaging.models import Message
from tests.browser.conftest import PageAt, Scheme
from tests.browser.live import served, wrongs
from tests.builders import ANight, a_night, a_shift


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    """In five days from now, whenever that is."""
    return a_night(
        shifts=[
            a_shift("Set up chairs", "17:30", "19:00", max=4),
            a_shift("Front door", "19:15", "20:45", max=2, people=("Dana",)),
            a_shift("Stage helper", "19:45", "22:30", people=("Eve", "Finn")),
            a_shift("Strike", follows="Carlos Lumbi", max=2),
            a_shift("Clear up", "22:15", "23:15", max=4),
        ],
        on=(datetime.now(UTC) + timedelta(days=5)).date(),
    )


@pytest.fixture
def address(sqlite_app: Flask, night: ANight) -> Iterator[str]:
    with served(sqlite_app) as address:
        yield address


class Hand:
    """One thumb on a phone; it counts."""

    def __init__(self) -> None:
        self.taps, self.fields = 0, 0

    def tap(self, what: Locator) -> None:
        what.click()
        self.taps += 1

    def type(self, where: Locator, words: str) -> None:
        where.fill(words)
        self.fields += 1


def digits() -> str:
    """What the newest text with a code says; a phone fills it in by itself."""
    db.session.rollback()
    newest = select(Message.body).where(Message.kind == "code").order_by(Message.id.desc()).limit(1)
    return (db.session.scalar(newest) or "")[:6]


def signed_up(page: Page, address: str, shift: str = "Front door") -> Hand:
    hand = Hand()
    page.goto(f"{address}/e/justice-in-motion")
    hand.tap(page.get_by_role("link", name="See open shifts"))
    hand.tap(page.get_by_role("radio", name=shift))
    hand.tap(page.get_by_role("button", name="Continue"))
    hand.type(page.get_by_label("First name"), "Amara")
    hand.type(page.get_by_label("Mobile number"), "(415) 555-0142")
    hand.tap(page.get_by_role("button", name="Text me a code"))
    page.get_by_label("6-digit code").fill(digits())
    hand.tap(page.get_by_role("button", name="Confirm my shift"))
    return hand


def on_shift(night: ANight, key: str) -> list[str]:
    db.session.rollback()
    return [sign_up.person.name for sign_up in night.shift(key).holding]


@pytest.mark.parametrize("java_script", [True, False])
def test_a_stranger_is_down_for_a_shift_after_five_taps_and_two_fields(
    address: str, page_at: PageAt, night: ANight, *, java_script: bool
) -> None:
    page = page_at(java_script=java_script)

    hand = signed_up(page, address)

    expect(page.get_by_role("heading", level=1)).to_have_text("Hi Amara, you are down for Front door")
    assert (hand.taps, hand.fields) == (5, 2)
    assert on_shift(night, "front-door-2") == ["Dana", "Amara"]


def test_a_known_browser_takes_another_shift_with_two_taps(address: str, page_at: PageAt, night: ANight) -> None:
    page, hand = page_at(), Hand()
    signed_up(page, address)
    page.goto(f"{address}/e/justice-in-motion/volunteer")

    hand.tap(page.get_by_role("radio", name="Clear up"))
    hand.tap(page.get_by_role("button", name="Take this shift"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Hi Amara, these are your shifts")
    assert (hand.taps, hand.fields) == (2, 0)
    assert on_shift(night, "clear-up-5") == ["Amara"]


def test_the_bar_names_what_is_picked(address: str, page_at: PageAt) -> None:
    page = page_at()
    page.goto(f"{address}/e/justice-in-motion/volunteer")
    bar = page.get_by_label("Your choice")

    expect(bar).to_contain_text("Pick a shift to go on")
    page.get_by_role("radio", name="Strike").click()

    expect(bar).to_contain_text("Strike, about 8:20 to 8:30 pm")


def test_a_wrong_number_is_said_beside_it_and_kept(address: str, page_at: PageAt) -> None:
    page = page_at()
    page.goto(f"{address}/e/justice-in-motion/volunteer/details?shift=front-door-2")

    page.get_by_label("First name").fill("Amara")
    page.get_by_label("Mobile number").fill("555-01")
    page.get_by_role("button", name="Text me a code").click()

    expect(page.get_by_label("Mobile number")).to_have_value("555-01")
    expect(page.get_by_label("First name")).to_have_value("Amara")
    expect(page.get_by_role("alert")).to_contain_text("Write it like (212) 555-0101")
    assert wrongs(page, 390) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_page_of_it_fits_and_is_accessible(address: str, page_at: PageAt, width: int, scheme: Scheme) -> None:
    page, found = page_at(width, scheme), {}
    for path in ("", "/volunteer", "/volunteer/details?shift=front-door-2"):
        page.goto(f"{address}/e/justice-in-motion{path}")
        found[path] = wrongs(page, width)
    page.get_by_label("First name").fill("Amara")
    page.get_by_label("Mobile number").fill("(415) 555-0142")
    page.get_by_role("button", name="Text me a code").click()
    found["/volunteer/code"] = wrongs(page, width)
    page.get_by_label("6-digit code").fill(digits())
    page.get_by_role("button", name="Confirm my shift").click()
    found["/me"] = wrongs(page, width)

    assert [(path, wrong) for path, wrong in found.items() if wrong] == []
