"""Arrivals on a phone: one tap marks a performer or somebody of the crew here, for everyone's eyes and thumbs."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from coordinator.accounts.models import Actor
from coordinator.db import db
from coordinator.lineup.actions.answers import mark_side_stage, say_here
from coordinator.shownight.actions.pressing import end_set, start_set
from tests.browser.conftest import HEIGHT, PageAt, Scheme
from tests.browser.live import seen_by, wrongs
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_slot, minutes, sign_in
from tests.full_night import evening_of, evening_zone, wall

SAM = Actor("Sam Stage")
DONE = ("Ada", "Ben", "Cleo", "Duke")  # they have played


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    """Four have played, Josh is on, Wren waits beside the stage, Carlos and Dana have missed their call."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    zone = evening_zone(now)
    starts = {name: -150 + 30 * number for number, name in enumerate((*DONE, "Josh"))}
    coming = {"Wren": 10, "Carlos": 50, "Marta": 100}
    slots = [
        a_slot(name, wall(now, start, zone), minutes=25, changeover=5, answer="confirmed")
        for name, start in (starts | coming).items()
    ]
    shifts = [a_shift("Front door", wall(now, -5, zone), wall(now, 90, zone), people=("Dana Door",))]
    night = a_night(slots, shifts=shifts, doors=None, curfew=None, zone=zone, on=evening_of(now))
    for name in DONE:
        slot = night.slot(name)
        start_set(slot.id, actor=SAM, now=slot.starts_at)
        end_set(slot.id, actor=SAM, now=slot.starts_at + minutes(25))
    start_set(night.slot("Josh").id, actor=SAM, now=now - minutes(30))
    wren = night.slot("Wren")
    say_here(wren, call_at=now - minutes(50), actor=SAM, now=now - minutes(55))
    mark_side_stage(wren, actor=SAM, now=now - minutes(5))
    return night


def opened(page: Page, app: Flask, night: ANight, address: str, path: str = "people") -> Page:
    alice = sign_in(app.test_client(), a_coordinator(organisation=night.organisation))
    return seen_by(page, alice, address, f"/coordinate/{night.event.slug}/{path}")


def tap(page: Page, what: Locator) -> None:
    """What can be seen and reached without scrolling."""
    expect(what).to_be_visible()
    box, head = what.bounding_box(), page.locator(".head").bounding_box()
    assert box is not None
    assert head is not None
    assert head["y"] + head["height"] <= box["y"]
    assert box["y"] + box["height"] <= HEIGHT - 64
    what.click()


@pytest.mark.parametrize("java_script", [True, False])
@pytest.mark.parametrize("name", ["Carlos", "Dana Door"])
def test_one_tap_without_scrolling_marks_somebody_here(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, name: str, java_script: bool
) -> None:
    page = opened(page_at(java_script=java_script), sqlite_app, night, address)
    line = page.locator("#arrivals li", has_text=name)
    missing = line.locator(".tags").inner_text()

    tap(page, page.get_by_role("button", name=f"Here: {name}"))
    expect(line.locator(".tags")).to_contain_text("On now" if name == "Dana Door" else "Here since")

    db.session.rollback()
    sign_up = night.shift("front-door-1").sign_ups[0]
    assert "Missing" in missing
    assert (night.slot("Carlos").said_here_at is not None, sign_up.state) == (
        (True, "confirmed") if name == "Carlos" else (False, "checked_in")
    )


def test_who_is_done_is_folded_away(sqlite_app: Flask, night: ANight, address: str, page_at: PageAt) -> None:
    page = opened(page_at(), sqlite_app, night, address)
    ada = page.locator("#arrivals-done li", has_text="Ada")
    expect(ada).to_be_hidden()

    page.locator("#arrivals-done summary").click()

    expect(ada).to_be_visible()
    expect(ada).to_contain_text("Done")


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_and_press_it(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, width: int, scheme: Scheme
) -> None:
    page = opened(page_at(width, scheme), sqlite_app, night, address)
    page.locator("#arrivals-done summary").click()

    assert wrongs(page, width) == []
