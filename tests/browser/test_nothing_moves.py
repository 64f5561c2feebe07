"""While only time passes, nothing on the show night moves under the thumb."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from coordinator import clock
from coordinator.accounts.models import Actor
from coordinator.shownight.actions.charge import take_charge
from coordinator.shownight.actions.pressing import start_set
from tests.browser.conftest import PageAt
from tests.browser.live import seen_by
from tests.builders import ANight, a_coordinator, a_night, a_slot, minutes, sign_in
from tests.full_night import evening_of, evening_zone, wall

SAM = Actor("Sam Stage")
PLACES = """[...document.querySelectorAll("#now :is(.btn, summary), #order > h2, #order > ol > li, #charge")]
    .filter(each => each.checkVisibility())
    .map(each => [each.closest("[id]").id + " " + (each.matches(".btn") ? each.textContent.trim() : each.nodeName),
                  ...["left", "top", "right", "bottom"].map(side => Math.round(each.getBoundingClientRect()[side]))])"""


@pytest.fixture
def passing() -> Iterator[None]:
    """Time passes for the server only; afterwards it is what it was."""
    yield
    clock.go_by_the_machine()


def the_night(*, josh: int, carlos: int) -> ANight:
    """Josh is planned ``josh`` and Carlos ``carlos`` minutes from now; the changeover has five minutes to give."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    zone = evening_zone(now)
    return a_night(
        [
            a_slot("Josh", wall(now, josh, zone), minutes=30, changeover=0),
            a_slot("Carlos", wall(now, carlos, zone), minutes=40, changeover=10, note="Two vocal mics"),
            a_slot("Ana", wall(now, carlos + 50, zone), minutes=30, changeover=10, pinned=True),
        ],
        doors=None,
        curfew=wall(now, carlos + 85, zone),
        zone=zone,
        on=evening_of(now),
    )


def opened(page: Page, app: Flask, night: ANight, address: str) -> Page:
    alice = sign_in(app.test_client(), a_coordinator(organisation=night.organisation))
    seen_by(page, alice, address, f"/coordinate/{night.event.slug}/show")
    page.wait_for_load_state("networkidle")
    return page


def places_as_time_passes(page: Page, until: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """Where everything is that can be pressed, after each few minutes, as the page lays what the server says."""
    for passed in range(0, until + 1, 3):
        clock.be_wrong(minutes(passed))
        with page.expect_response(lambda answer: answer.ok and "/show" in answer.url):
            page.evaluate("document.dispatchEvent(new Event('live:ask'))")
        page.wait_for_timeout(150)
        yield passed, {f"{name} {at}": rest for at, (name, *rest) in enumerate(page.evaluate(PLACES))}


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.usefixtures("passing")
def test_nothing_moves_while_a_set_runs_over_and_pushes_the_next(
    sqlite_app: Flask, address: str, page_at: PageAt, width: int
) -> None:
    night = the_night(josh=-26, carlos=14)
    start_set(night.slot("Josh").id, actor=SAM, now=datetime.now(UTC) - minutes(26))
    page = opened(page_at(width), sqlite_app, night, address)
    was: dict[str, Any] = {}

    for passed, places in places_as_time_passes(page, 24):
        was = was or places
        assert {key: (was.get(key), at) for key, at in places.items() if was.get(key) != at} == {}, passed
        assert was.keys() == places.keys(), passed

    assert page.locator("#coming .told").inner_text().startswith("People have been told")
    assert "over curfew" in page.locator(".head").inner_text()


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.usefixtures("passing")
def test_nothing_moves_while_a_start_is_overdue_and_asked_about(
    sqlite_app: Flask, address: str, page_at: PageAt, width: int
) -> None:
    night = the_night(josh=4, carlos=44)
    take_charge(night.stages[0].id, actor=SAM, now=datetime.now(UTC))
    page = opened(page_at(width), sqlite_app, night, address)
    was: dict[str, Any] = {}

    for passed, places in places_as_time_passes(page, 21):
        was = was or places
        assert {key: (was.get(key), at) for key, at in places.items() if was.get(key) != at} == {}, passed

    assert page.locator("#coming .told").inner_text().startswith("People have been told")
