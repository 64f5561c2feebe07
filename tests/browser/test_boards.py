"""The boards on a television: read from 10 m, counting by the second, awake, and plain about old news."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from coordinator.accounts.models import Actor
from coordinator.core.board_links import BoardLinks
from coordinator.db import db
from coordinator.money.actions import Money, count_money
from coordinator.money.models import MoneyKind
from coordinator.shownight.actions.boards import make_board_key, write_message
from coordinator.shownight.actions.holding import hold_stage
from coordinator.shownight.actions.pressing import end_set, extend_set, start_set
from coordinator.shownight.queries.boards import screens_of
from tests.browser.conftest import PATIENCE_MS, PageAt, Scheme
from tests.browser.live import wrongs
from tests.builders import ANight, a_night, a_shift, a_slot, a_stage
from tests.full_night import evening_of, evening_zone, wall

SAM = Actor("Sam Stage")
TELEVISION = {"width": 1920, "height": 1080}
LONG = "The Extraordinarily Long Named Orchestra of Upper Saint Clair and All Its Friends"
SIZES = """() => [...document.querySelectorAll("main *")]
    .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((each) => each.checkVisibility() && !each.closest(".sr") && each.getClientRects().length)
    .map((each) => ({ words: each.textContent.trim(), main: !!each.closest(".main"),
                      size: parseFloat(getComputedStyle(each).fontSize) / innerHeight * 100 }))"""
ROWS = """() => { // each line of text once, by where it stands
    const middles = [], texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const inside = texts.currentNode.parentElement, range = document.createRange();
      if (!texts.currentNode.data.trim() || !inside.checkVisibility({ visibilityProperty: true })) continue;
      range.selectNodeContents(texts.currentNode);
      middles.push(...[...range.getClientRects()].map(({ top, bottom }) => (top + bottom) / 2));
    }
    return middles.sort((a, b) => a - b).filter((middle, at, all) => !at || middle - all[at - 1] > 40).length; }"""
BEYOND = (
    "() => [document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth - innerWidth]"
)
LOCK = """window.locks = 0;
    Object.defineProperty(navigator, "wakeLock", { value: { request: async () => { window.locks += 1; } } });"""


@dataclass(frozen=True)
class Stage:
    """A show whose first act began so long ago, in whole or half minutes."""

    night: ANight
    now: datetime
    address: str

    @property
    def timer(self) -> str:
        return f"{self.address}/e/{self.night.event.slug}/stage/main-stage"


Play = Callable[..., Stage]


@pytest.fixture
def play(sqlite_app: Flask, address: str) -> Play:
    """Makes a show in which ``minutes`` of the first set are left."""

    def make(left: float, *, length: int = 40, name: str = "Carlos Lumbi", then: str = "Las Flores") -> Stage:
        now = datetime.now(UTC)
        zone, played = evening_zone(now), length - left
        slots = [
            a_slot(name, wall(now, -int(played) - 1, zone), minutes=length),
            a_slot(then, wall(now, 90, zone), minutes=30),
        ]
        night = a_night(slots, zone=zone, on=evening_of(now), doors=None, curfew=None)
        start_set(night.slot(name).id, actor=SAM, now=now - timedelta(minutes=played))
        return Stage(night, now, address)

    return make


def television(page_at: PageAt, *, java_script: bool = True, language: str = "en", address: str = "") -> Page:
    page = page_at(TELEVISION["width"], "dark", java_script=java_script)
    page.set_viewport_size(TELEVISION)  # type: ignore[arg-type]
    if address:
        page.context.add_cookies([{"name": "lang", "value": language, "url": address}])
    return page


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("left", [20, 4, 0.5, -2])
@pytest.mark.parametrize("long", [False, True])
def test_the_timer_is_read_from_ten_metres(play: Play, page_at: PageAt, left: float, long: bool, language: str) -> None:
    stage = play(left, name=LONG if long else "Carlos Lumbi", then=f"Next {LONG}" if long else "Las Flores")
    if long:
        said = "Please leave the piano, for the choir wants it on"
        until_at = stage.now + timedelta(hours=1)
        write_message(stage.night.event, said, stage=None, until_at=until_at, actor=SAM, now=stage.now)
    page = television(page_at, language=language, address=stage.address)
    page.goto(stage.timer)

    sizes = page.evaluate(SIZES)

    assert min(each["size"] for each in sizes if each["main"]) >= 22
    assert [each for each in sizes if not each["main"] and each["size"] < 9] == []
    assert page.evaluate(ROWS) <= 6
    assert page.evaluate(BEYOND) == [0, 0]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_stage_on_hold_says_so_in_letters_as_tall(play: Play, page_at: PageAt, language: str) -> None:
    stage = play(4, name=LONG)
    hold_stage(stage.night.stage.id, "Lightning", actor=SAM, now=stage.now)
    page = television(page_at, language=language, address=stage.address)
    page.goto(stage.timer)

    sizes = page.evaluate(SIZES)

    assert min(each["size"] for each in sizes if each["main"]) >= 22
    assert [each for each in sizes if not each["main"] and each["size"] < 9] == []
    assert page.locator(".main").evaluate("each => each.scrollWidth - each.clientWidth") <= 0
    assert page.evaluate(BEYOND) == [0, 0]


def test_it_counts_by_the_second_and_changes_its_words_at_each_mark(play: Play, page_at: PageAt) -> None:
    stage = play(5.2)
    page = television(page_at)
    page.clock.install(time=datetime.now(UTC))
    page.goto(stage.timer)
    count, phase = page.locator(".main"), page.locator("[data-phase]:visible")
    started = count.inner_text()

    seen = [(started[:2], phase.inner_text().strip())]
    for seconds in (20, 240, 60):
        page.clock.run_for(seconds * 1000)
        seen.append((count.inner_text()[:2], phase.inner_text().strip()))

    assert seen[0][0] == "5:"
    assert seen[0][1].startswith("until ")
    assert [words for _, words in seen[1:]] == ["ONE MORE SONG", "LAST SONG", "TIME IS UP"]
    assert [said for said, _ in seen[1:]] == ["4:", "0:", "+0"]


def test_what_is_pressed_reaches_the_timer(play: Play, page_at: PageAt) -> None:
    stage = play(0.5)
    page = television(page_at)
    page.goto(stage.timer)
    expect(page.get_by_text("LAST SONG")).to_be_visible()

    extend_set(stage.night.slot("Carlos Lumbi").id, 10, actor=SAM, now=stage.now)
    expect(page.locator("[data-phase=calm]")).to_be_visible(timeout=PATIENCE_MS)
    end_set(stage.night.slot("Carlos Lumbi").id, actor=SAM, now=stage.now)

    expect(page.get_by_role("heading", name="Next: Las Flores")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("Starts in")).to_be_visible()


def test_without_a_script_it_says_the_same_in_whole_minutes(play: Play, page_at: PageAt) -> None:
    stage = play(3.5)
    page = television(page_at, java_script=False)
    page.goto(stage.timer)

    assert page.locator(".main").inner_text() == "4 min"
    assert page.get_by_text("ONE MORE SONG").is_visible()
    assert [phase.is_visible() for phase in page.locator("[data-phase]").all()] == [False, True, False, False]


def test_it_stays_awake_and_reports_under_one_name(play: Play, page_at: PageAt) -> None:
    stage = play(20)
    page = television(page_at)
    page.add_init_script(LOCK)
    page.goto(stage.timer)
    first = page.url
    page.goto(stage.timer)
    page.wait_for_timeout(7_000)  # until it has asked once by itself
    db.session.rollback()

    assert page.evaluate("window.locks") >= 1
    assert page.url == first
    assert [(screen.kind, first.endswith(f"?screen={screen.key}")) for screen in screens_of(stage.night.event.id)] == [
        ("timer", True)
    ]


def test_now_and_next_in_a_hand_is_no_screen(play: Play, page_at: PageAt) -> None:
    stage = play(20)
    page = page_at(390, "light")
    page.add_init_script(LOCK)
    page.goto(f"{stage.address}/e/{stage.night.event.slug}/board")

    assert page.url.endswith("/board")
    assert page.evaluate("window.locks") == 0


def test_old_news_is_said_from_afar(play: Play, page_at: PageAt, complaints: list[str]) -> None:
    stage = play(20)
    page = television(page_at)
    page.clock.install()
    page.goto(stage.timer)
    page.route("**/stage/**", lambda route: route.abort())
    for _ in range(6):
        page.clock.run_for(10_000)
        page.wait_for_timeout(50)

    said = page.get_by_role("status")

    expect(said).to_contain_text("No news since")
    assert float(said.evaluate("each => parseFloat(getComputedStyle(each).fontSize) / innerHeight * 100")) >= 9
    assert page.evaluate(ROWS) <= 6
    complaints.clear()  # the browser notes each request that did not arrive


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("number", [1, 2, 6, 10])
def test_stages_fit_one_screen(sqlite_app: Flask, address: str, page_at: PageAt, number: int, scheme: Scheme) -> None:
    now = datetime.now(UTC)
    zone = evening_zone(now)
    stages = [
        a_stage(f"Stage {each}", [a_slot(f"{LONG} {each}", wall(now, -10, zone), minutes=20),
                                  a_slot(f"Next {LONG} {each}", wall(now, 40, zone), minutes=20)], curfew=None)
        for each in range(number)
    ]  # fmt: skip
    shifts = [a_shift("Stage help", follows=f"Next {LONG} 0", people=("Ana Ruiz", "Bo Late", "Cy Hand"))]
    night = a_night(stages=stages, shifts=shifts, zone=zone, on=evening_of(now), doors=None)
    for each in range(number):
        start_set(night.slot(f"{LONG} {each}").id, actor=SAM, now=now - timedelta(minutes=9))
    key = BoardLinks(sqlite_app.config["SECRET_KEY"]).key(make_board_key(night.event, actor=SAM, now=now).id)
    page = page_at(TELEVISION["width"], scheme)
    page.set_viewport_size(TELEVISION)  # type: ignore[arg-type]
    found = {}

    for name, path in (("house", "board?screen=foyer"), ("wall", f"wall/{key}")):
        page.goto(f"{address}/e/{night.event.slug}/{path}")
        rows = page.locator(".row").count()
        found[name] = (rows, page.evaluate(BEYOND), wrongs(page, TELEVISION["width"]))
        page.set_viewport_size(TELEVISION)  # type: ignore[arg-type]

    assert {name: (beyond, wrong) for name, (_, beyond, wrong) in found.items()} == dict.fromkeys(found, ([0, 0], []))
    assert all(0 < rows <= 6 for rows, _, _ in found.values())


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("sums", [[], ["1240.50"], ["2500"], ["1234567.50"]])
def test_the_goal_fits_one_screen_with_a_code_that_is_read_from_afar(
    sqlite_app: Flask, address: str, page_at: PageAt, sums: list[str], language: str
) -> None:
    give: dict[str, Any] = {
        "donation_url": "https://give.example/justice-in-motion?from=the-foyer",
        "donation_goal": Decimal(2000),
    }
    night = a_night([], doors=None, curfew=None, **give)
    for amount in sums:
        money = Money(MoneyKind.ONLINE, counters=1)
        count_money(night.event, money, Decimal(amount), "SS", actor=SAM, now=datetime.now(UTC))
    page = television(page_at, language=language, address=address)
    page.goto(f"{address}/e/{night.event.slug}/goal")

    sum_of_all = page.locator(".main")
    code = page.get_by_role("img").bounding_box()

    assert sum_of_all.evaluate("each => each.scrollWidth - each.clientWidth") <= 0
    assert code is not None
    assert min(code["width"], code["height"]) >= TELEVISION["height"] / 2
    assert page.evaluate(BEYOND) == [0, 0]
    assert wrongs(page, TELEVISION["width"]) == []
