"""Show night on a phone: every main job in two taps at most, without scrolling, with and without JavaScript."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from coordinator.accounts.models import Actor, Via
from coordinator.db import db
from coordinator.lineup.actions.answers import answer_slot, say_late
from coordinator.shownight.actions.pressing import cancel_slot, extend_set, start_set
from tests.browser.conftest import HEIGHT, PageAt
from tests.browser.live import seen_by, wrongs
from tests.builders import ANight, a_coordinator, a_night, a_slot, a_stage, minutes, sign_in
from tests.full_night import evening_of, evening_zone, wall

SAM = Actor("Sam Stage")
LONG = "The Extraordinarily Long-Named Brass Ensemble"
SHIFTS = """new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifted = (window.shifted ?? 0) + entry.value;
}).observe({type: "layout-shift", buffered: false})"""


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    """Two stages. Inside, Josh has run over his time by two minutes, a band with a long name comes next and isn't here,
    Ana says that she is late, and it will end after its curfew. In the garden Bo is on, and Wren comes next."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    zone = evening_zone(now)
    night = a_night(
        stages=[
            a_stage(
                "Inside",
                [
                    a_slot("Josh", wall(now, -32, zone), minutes=30, changeover=0),
                    a_slot(LONG, wall(now, 10, zone), minutes=40, changeover=10, note="Two vocal mics, DI left"),
                    a_slot("Ana", wall(now, 60, zone), minutes=30, changeover=10),
                ],
                curfew=wall(now, 85, zone),
            ),
            a_stage(
                "Garden",
                [
                    a_slot("Bo", wall(now, -20, zone), minutes=40, changeover=0),
                    a_slot("Wren", wall(now, 30, zone), minutes=30, changeover=10),
                ],
                curfew=wall(now, 180, zone),
            ),
        ],
        doors=None,
        zone=zone,
        on=evening_of(now),
    )
    start_set(night.slot("Josh").id, actor=SAM, now=now - minutes(32))
    start_set(night.slot("Bo").id, actor=SAM, now=now - minutes(20))
    ana = night.slot("Ana")
    say_late(ana, minutes(20), now=now - minutes(3), starts_at=ana.starts_at + minutes(20), person=ana.people[0])
    return night


@dataclass
class Thumb:
    """Taps what can be seen and reached without scrolling, and counts."""

    page: Page
    taps: int = 0
    tapped: list[str] = field(default_factory=list)

    def tap(self, what: Locator) -> None:
        self.page.wait_for_load_state()
        expect(what).to_be_visible()
        box, head, bar = (
            each.bounding_box() for each in (what, self.page.locator(".head"), self.page.locator("#last"))
        )
        assert box is not None
        assert head is not None
        assert bar is not None
        is_above = what.locator("xpath=ancestor::*[contains(@class, 'press-sheet') or @id='last']").count() > 0
        until = HEIGHT - 64 if is_above else bar["y"]
        assert head["y"] + head["height"] <= box["y"], (box, head)
        assert box["y"] + box["height"] <= until, (box, until)
        what.click()
        self.taps += 1


def opened(page: Page, app: Flask, night: ANight, address: str) -> Page:
    alice = sign_in(app.test_client(), a_coordinator(organisation=night.organisation))
    return seen_by(page, alice, address, f"/coordinate/{night.event.slug}/show")


def alerts(page: Page) -> Locator:
    return page.locator("#alerts-fold > summary")


def finish(thumb: Thumb) -> None:
    thumb.tap(thumb.page.get_by_role("button", name="Set finished"))


def start(thumb: Thumb) -> None:
    thumb.tap(thumb.page.get_by_role("button", name="Set started"))


def five_more(thumb: Thumb) -> None:
    thumb.tap(thumb.page.locator("#on").get_by_role("button", name="+5"))


def move_ten(thumb: Thumb) -> None:
    thumb.tap(thumb.page.locator("#coming").get_by_role("link", name="Move"))
    thumb.tap(thumb.page.locator(".press-sheet").get_by_role("button", name="Move by 10 minutes"))


def cancel(thumb: Thumb) -> None:
    thumb.tap(thumb.page.locator("#coming").get_by_role("link", name="Move"))
    thumb.tap(thumb.page.locator(".press-sheet").get_by_role("button", name="Cancel the set"))


def accept(thumb: Thumb) -> None:
    thumb.tap(alerts(thumb.page))
    thumb.tap(thumb.page.locator("#alert-late-ana").get_by_role("button", name="Accept"))


def mark_here(thumb: Thumb) -> None:
    thumb.tap(thumb.page.locator("#coming").get_by_role("button", name="Here"))


def mark_here_in_alert(thumb: Thumb) -> None:
    thumb.tap(alerts(thumb.page))
    thumb.tap(thumb.page.locator("#alerts .alert").get_by_role("button", name="Here").first)


def facts(night: ANight) -> dict[str, object]:
    db.session.rollback()
    josh, band, ana = night.slot("Josh"), night.slot(LONG), night.slot("Ana")
    return {
        "finished": josh.ended_at is not None,
        "started": band.started_at is not None,
        "longer": josh.extension,
        "moved": band.late_by is not None,
        "cancelled": band.cancelled_at is not None,
        "accepted": ana.late_by,
        "here": band.said_here_at is not None,
    }


JOBS: dict[str, tuple[Callable[[Thumb], None], str, object]] = {
    "finish": (finish, "finished", True),
    "start": (start, "started", True),
    "five more": (five_more, "longer", minutes(5)),
    "move ten": (move_ten, "moved", True),
    "cancel": (cancel, "cancelled", True),
    "accept": (accept, "accepted", minutes(20)),
    "mark here": (mark_here, "here", True),
    "mark here in the alert": (mark_here_in_alert, "here", True),
}


@pytest.mark.parametrize("job", JOBS)
@pytest.mark.parametrize("java_script", [True, False])
def test_every_main_job_takes_two_taps_without_scrolling(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, job: str, java_script: bool
) -> None:
    do, fact, expected = JOBS[job]
    thumb = Thumb(opened(page_at(java_script=java_script), sqlite_app, night, address))
    before = facts(night)

    do(thumb)
    if fact == "here":
        expect(thumb.page.locator("#coming .facts")).to_contain_text("since")
    else:
        expect(thumb.page.locator("#last")).to_contain_text("you,")

    after = facts(night)
    assert thumb.taps <= 2
    assert after[fact] == expected
    assert {name for name in after if after[name] != before[name]} == {fact}


def test_nothing_moves_while_somebody_else_presses_on_another_stage_and_alerts_come(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt
) -> None:
    page = opened(page_at(), sqlite_app, night, address)
    page.wait_for_load_state("networkidle")
    page.evaluate(SHIFTS)
    now = datetime.now(UTC)

    start_set(night.slot("Wren").id, actor=Actor("Bob"), now=now)
    wren = night.slot("Wren")
    say_late(night.slot(LONG), minutes(30), now=now, starts_at=now + minutes(60), person=night.slot(LONG).people[0])
    assert wren.started_at is not None
    expect(page.locator("#stages")).to_contain_text("Wren", timeout=15_000)
    expect(page.locator("#others")).to_have_text("Also on: Bob", timeout=15_000)
    page.wait_for_timeout(1200)

    assert page.evaluate("window.shifted ?? 0") == 0


def test_a_set_that_runs_over_counts_seconds_and_undo_is_gone_after_a_minute(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt
) -> None:
    page = opened(page_at(), sqlite_app, night, address)
    left = page.locator("#on .left b")
    first = left.text_content()
    expect(left).not_to_have_text(first or "")
    page.locator("#on").get_by_role("button", name="+2").click()
    bar = page.locator("#pressed")
    expect(bar).to_be_visible()

    bar.evaluate("bar => bar.dataset.goneAt = new Date(Date.now() - 1000).toISOString()")

    assert (first or "")[0] == "+"
    expect(bar).to_be_hidden()


def test_the_second_of_two_who_press_the_same_is_told_once_who_was_first(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt
) -> None:
    page = opened(page_at(), sqlite_app, night, address)
    page.route(
        "**/show", lambda route: route.abort() if not route.request.is_navigation_request() else route.continue_()
    )
    extend_set(night.slot("Josh").id, 5, actor=Actor("Ana"), now=datetime.now(UTC))

    page.locator("#on").get_by_role("button", name="+5").click()
    toast = page.locator(".toasts")
    expect(toast).to_contain_text("Ana marked that")
    once = night.slot("Josh").extension
    page.reload()

    expect(page.locator("#on")).to_be_visible()
    expect(page.locator(".toasts")).to_be_hidden()
    assert once == minutes(5)


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_alerts_sheet_and_dead_air_read_well_on_every_screen(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, width: int, scheme: str
) -> None:
    now = datetime.now(UTC)
    band = night.slot(LONG)
    cancel_slot(band.id, actor=SAM, now=now)
    ana = night.slot("Ana")
    answer_slot(ana, "declined", actor=Actor("Ana", via=Via.TEXT), now=now, people=ana.people)
    page = opened(page_at(width, scheme="dark"), sqlite_app, night, address)
    if scheme == "light":
        page.get_by_role("link", name="Light", exact=True).click()
    alerts(page).click()
    expect(page.locator("#alert-dead_air-ana")).to_be_visible()

    found = wrongs(page, width)
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.locator("#coming").get_by_role("link", name="Move").click()
    expect(page.locator(".press-sheet")).to_be_visible()

    assert [*found, *wrongs(page, width)] == []
