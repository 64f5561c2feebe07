"""Helping, from the link to the shift: five taps and two fields, or two taps where the phone is known."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from coordinator.db import db
from coordinator.messaging.models import Message
from tests.browser.conftest import PageAt, Scheme
from tests.browser.live import wrongs
from tests.builders import ANight, a_night, a_shift
from tests.features.sign_up.test_listing import eighty


@pytest.fixture(autouse=True)
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
    """What the newest text with a code says; a phone fills it in on its own."""
    db.session.rollback()
    newest = select(Message.body).where(Message.kind == "code").order_by(Message.id.desc()).limit(1)
    return (db.session.scalar(newest) or "")[-6:]


def mailed_digits() -> str:
    """What the newest email with a code says."""
    db.session.rollback()
    newest = select(Message).where(Message.kind == "code").order_by(Message.id.desc()).limit(1)
    return str((db.session.scalars(newest).one().mail or {})["subject"])[:6]


def signed_up(page: Page, address: str, shift: str = "Front door") -> Hand:
    hand = Hand()
    page.goto(f"{address}/e/justice-in-motion")
    hand.tap(page.get_by_role("link", name="See open shifts"))
    hand.tap(page.get_by_role("checkbox", name=shift))
    hand.tap(page.get_by_role("button", name="Continue"))
    hand.type(page.get_by_label("First name", exact=True), "Amara")
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

    expect(page.get_by_role("heading", level=1)).to_have_text("Hi Amara, you're signed up for Front door")
    assert (hand.taps, hand.fields) == (5, 2)
    assert on_shift(night, "front-door-2") == ["Dana", "Amara"]


@pytest.mark.parametrize("java_script", [True, False])
def test_by_email_is_one_tap_away_and_loses_nothing_that_was_typed(
    address: str, page_at: PageAt, night: ANight, complaints: list[str], *, java_script: bool
) -> None:
    page, hand = page_at(java_script=java_script), Hand()
    page.goto(f"{address}/e/justice-in-motion/volunteer/details?shift=front-door-2")
    hand.type(page.get_by_label("First name", exact=True), "Amara")
    hand.type(page.get_by_label("Mobile number"), "(415) 555-0142")

    hand.tap(page.get_by_role("radio", name="By email"))
    expect(page.get_by_label("Mobile number")).to_be_hidden()
    hand.type(page.get_by_label("Email", exact=True), "amara@show")
    hand.tap(page.get_by_role("button", name="Email me a code"))
    expect(page.get_by_label("Email", exact=True)).to_have_value("amara@show")
    expect(page.get_by_label("Mobile number")).to_have_value("(415) 555-0142")
    complaints.clear()  # of the refusal
    hand.type(page.get_by_label("Email", exact=True), "amara@show.example")
    hand.tap(page.get_by_role("button", name="Email me a code"))
    page.get_by_label("6-digit code").fill(mailed_digits())
    hand.tap(page.get_by_role("button", name="Confirm my shift"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Hi Amara, you're signed up for Front door")
    assert on_shift(night, "front-door-2") == ["Dana", "Amara"]


def test_a_known_browser_takes_another_shift_with_two_taps(address: str, page_at: PageAt, night: ANight) -> None:
    page, hand = page_at(), Hand()
    signed_up(page, address)
    page.goto(f"{address}/e/justice-in-motion/volunteer")

    hand.tap(page.get_by_role("checkbox", name="Clear up"))
    hand.tap(page.get_by_role("button", name="Sign me up"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Hi Amara, these are your shifts")
    assert (hand.taps, hand.fields) == (2, 0)
    assert on_shift(night, "clear-up-5") == ["Amara"]


def test_the_bar_names_what_is_picked(address: str, page_at: PageAt) -> None:
    page = page_at()
    page.goto(f"{address}/e/justice-in-motion/volunteer")
    bar = page.get_by_label("Your choice")

    expect(bar).to_contain_text("Choose a shift to continue")
    page.get_by_role("checkbox", name="Strike").click()

    expect(bar).to_contain_text("Strike, about 8:20–8:30 PM")


def test_several_and_a_clash_are_told_by_the_bar_and_before_the_code(
    address: str, page_at: PageAt, complaints: list[str]
) -> None:
    page = page_at()
    page.goto(f"{address}/e/justice-in-motion/volunteer")

    for name in ("Front door", "Strike"):
        page.get_by_role("checkbox", name=name).click()
    bar = page.get_by_label("Your choice").inner_text()
    page.get_by_role("button", name="Continue").click()

    assert bar.startswith("2 shifts selected")
    expect(page.get_by_role("alert")).to_have_text("Front door and Strike are at the same time. Choose one.")
    expect(page.get_by_role("checkbox", name="Strike")).to_be_checked()
    assert wrongs(page, 390) == []
    complaints.clear()  # a refused form is an answer of 422, which the browser remarks


def test_a_friend_says_yes_by_the_link_that_was_passed_on(address: str, page_at: PageAt, night: ANight) -> None:
    ana, bo = page_at(), page_at(scheme="dark")
    ana.goto(f"{address}/e/justice-in-motion/volunteer/details?shift=clear-up-5")
    ana.get_by_label("First name", exact=True).fill("Ana")
    ana.get_by_label("Mobile number").fill("(415) 555-0142")
    ana.get_by_text("Bring a friend").click()
    ana.get_by_label("First name of your friend").fill("Bo")
    ana.get_by_role("button", name="Text me a code").click()
    ana.get_by_label("6-digit code").fill(digits())
    ana.get_by_role("button", name="Confirm my shift").click()
    path = (ana.locator("a.address").first.get_attribute("href") or "").partition("/e/")[2]

    bo.goto(f"{address}/e/{path}")
    looked = wrongs(bo, 390) + wrongs(ana, 390)
    bo.get_by_label("Mobile number").fill("(415) 555-0177")
    bo.get_by_role("button", name="Text me a code").click()
    bo.get_by_label("6-digit code").fill(digits())
    bo.get_by_role("button", name="Confirm my shift").click()

    expect(bo.get_by_role("heading", level=1)).to_have_text("Hi Bo, you're signed up for Clear up")
    assert looked == []
    assert on_shift(night, "clear-up-5") == ["Ana", "Bo"]


def test_one_shift_is_changed_for_another_in_two_taps(address: str, page_at: PageAt, night: ANight) -> None:
    page, hand = page_at(java_script=False), Hand()
    signed_up(page, address)

    page.get_by_role("link", name="Switch shifts").click()
    looked = page.get_by_role("radio").count()
    hand.tap(page.get_by_role("radio", name="Set up chairs"))
    hand.tap(page.get_by_role("button", name="Switch to this shift"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Hi Amara, you're signed up for Set up chairs")
    assert (looked, hand.taps) == (3, 2)
    assert (on_shift(night, "front-door-2"), on_shift(night, "set-up-chairs-1")) == (["Dana"], ["Amara"])


def test_a_wrong_number_is_said_beside_it_and_kept(address: str, page_at: PageAt, complaints: list[str]) -> None:
    page = page_at()
    page.goto(f"{address}/e/justice-in-motion/volunteer/details?shift=front-door-2")

    page.get_by_label("First name", exact=True).fill("Amara")
    page.get_by_label("Mobile number").fill("555-01")
    page.get_by_role("button", name="Text me a code").click()

    expect(page.get_by_label("Mobile number")).to_have_value("555-01")
    expect(page.get_by_label("First name", exact=True)).to_have_value("Amara")
    expect(page.get_by_role("alert")).to_contain_text("Write it like (212) 555-0101")
    assert wrongs(page, 390) == []
    complaints.clear()  # as above


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (390, "light"), (1280, "dark")])
def test_eighty_shifts_are_narrowed_jumped_in_and_taken_without_javascript(
    address: str, page_at: PageAt, width: int, scheme: Scheme
) -> None:
    a_night(shifts=eighty(), slug="festival", on=(datetime.now(UTC) + timedelta(days=5)).date())
    page, seen = page_at(width, scheme, java_script=False), page_at(width, scheme)
    seen.goto(f"{address}/e/festival/volunteer")
    page.goto(f"{address}/e/festival/volunteer")

    page.get_by_role("link", name="Evening").click()
    page.locator(".jumps a", has_text="Kitchen").last.click()
    page.get_by_role("checkbox", name="Kitchen 5:00–6:00 PM").last.click()
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_label("First name", exact=True)).to_be_visible()
    assert wrongs(seen, width) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_page_of_it_fits_and_is_accessible(address: str, page_at: PageAt, width: int, scheme: Scheme) -> None:
    page, found = page_at(width, scheme), {}
    for path in ("", "/volunteer", "/volunteer/details?shift=front-door-2"):
        page.goto(f"{address}/e/justice-in-motion{path}")
        found[path] = wrongs(page, width)
    page.get_by_label("First name", exact=True).fill("Amara")
    page.get_by_label("Mobile number").fill("(415) 555-0142")
    page.get_by_role("button", name="Text me a code").click()
    found["/volunteer/code"] = wrongs(page, width)
    page.get_by_label("6-digit code").fill(digits())
    page.get_by_role("button", name="Confirm my shift").click()
    found["/me"] = wrongs(page, width)
    page.get_by_role("link", name="Switch shifts").click()
    found["/change"] = wrongs(page, width)

    assert [(path, wrong) for path, wrong in found.items() if wrong] == []
