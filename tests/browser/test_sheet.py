"""The shift sheet on a phone that loses the network: nothing pressed is lost, nothing is marked twice."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, Route, expect
from sqlalchemy import select

from coordinator.db import db
from coordinator.shifts.models import Mark, SignUp
from coordinator.web.session_cookie import COOKIE
from tests.browser.conftest import PageAt
from tests.browser.cut import PAGES, Line, a_phone, kept_on, sent_from, until
from tests.browser.live import served
from tests.browser.test_every_page import session_of
from tests.builders import ANight, a_coordinator, a_night, a_shift
from tests.full_night import evening_of, evening_zone, wall

PAGE = "/coordinate/justice-in-motion/volunteers/tonight"


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    zone = evening_zone(now)
    door = a_shift("Front door", wall(now, -10, zone), wall(now, 90, zone), people=("Dana Door", "Ben Bell"))
    return a_night([], shifts=[door], zone=zone, on=evening_of(now), doors=None, curfew=None)


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def address(sqlite_app: Flask, night: ANight, line: Line) -> Iterator[str]:
    sqlite_app.before_request(lambda: ("", 503) if line.is_cut else None)
    with served(sqlite_app) as address:
        yield address


@pytest.fixture
def phone(chromium: Browser, sqlite_app: Flask, night: ANight, address: str) -> Iterator[Page]:
    """Alice's phone, with workers allowed; the sheet is open and kept."""
    context = a_phone(chromium, sqlite_app, night, address)
    page = context.new_page()
    page.goto(address + PAGE)
    kept_on(page)
    yield page
    context.close()


def row(page: Page, name: str) -> Locator:
    return page.locator(f'li[data-name="{name}"]')


def press(page: Page, words: str, name: str) -> None:
    page.get_by_role("button", name=f"{words}: {name}").click()


def marks() -> list[tuple[str, str]]:
    db.session.rollback()
    found = select(Mark).order_by(Mark.at)
    return [(each.sign_up.person.name, each.mark) for each in db.session.scalars(found)]


def test_a_press_is_taken_in_and_the_page_follows(phone: Page) -> None:
    press(phone, "Here", "Dana Door")

    expect(phone.locator("#g-here").locator("[data-name='Dana Door']")).to_be_visible()
    expect(phone.locator("#said")).to_contain_text("Dana Door is here.")
    assert marks() == [("Dana Door", "here")]


def test_without_network_the_sheet_stays_and_presses_are_kept_and_sent_later(phone: Page, line: Line) -> None:
    line.cut(phone)
    phone.reload()
    press(phone, "Here", "Dana Door")
    expect(row(phone, "Dana Door")).to_contain_text("Here: saved on this phone, will be sent")
    expect(phone.locator("#kept")).to_contain_text("1 tap is waiting for the network.")

    phone.reload()
    expect(row(phone, "Dana Door")).to_contain_text("Here: saved on this phone, will be sent")
    press(phone, "Here", "Ben Bell")
    expect(phone.locator("#kept")).to_contain_text("2 taps are waiting for the network.")
    before = marks()

    line.mend(phone)
    sent_from(phone)
    expect(phone.locator("#g-here").locator("[data-name='Ben Bell']")).to_be_visible()

    assert before == []
    assert marks() == [("Dana Door", "here"), ("Ben Bell", "here")]


def test_what_is_undone_before_it_is_sent_changes_nothing(phone: Page, line: Line) -> None:
    line.cut(phone)
    press(phone, "Here", "Dana Door")
    row(phone, "Dana Door").get_by_role("button", name="Undo").click()

    line.mend(phone)
    sent_from(phone)

    assert [mark for _, mark in marks()] in ([], ["here", "not_here"])
    assert db.session.scalars(select(SignUp.state).where(SignUp.person.has(name="Dana Door"))).one() == "confirmed"


def test_a_lost_answer_marks_nobody_twice(phone: Page) -> None:
    lost: list[str] = []

    def lose(route: Route) -> None:
        if not lost:
            lost.append("once")
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    phone.route("**/marks", lose)
    press(phone, "Here", "Dana Door")
    sent_from(phone)

    assert lost == ["once"]
    assert marks() == [("Dana Door", "here")]


def test_more_marks_than_one_request_takes_are_all_sent(phone: Page, line: Line) -> None:
    line.cut(phone)
    phone.evaluate(
        """() => {
            const { to, by, until } = document.querySelector("#mark-words").dataset;
            const body = { sign_up: 999_999, mark: "here", minutes: 0 };
            for (let count = 0; count < 400; count += 1) {
                globalThis.waiting.keep({ kind: "marks", body, to, by, until: Number(until) });
            }
        }"""
    )
    press(phone, "Here", "Dana Door")
    expect(phone.locator("#kept")).to_contain_text("401 taps are waiting for the network.")

    line.mend(phone)
    sent_from(phone)

    assert marks() == [("Dana Door", "here")]


def test_two_phones_that_mark_the_same_person_agree(
    phone: Page, line: Line, chromium: Browser, sqlite_app: Flask, night: ANight, address: str
) -> None:
    context = a_phone(chromium, sqlite_app, night, address, "Bob")
    other = context.new_page()
    other.goto(address + PAGE)
    line.cut(phone, other)
    press(phone, "Here", "Dana Door")
    press(other, "Here", "Dana Door")

    line.mend(other, phone)
    for page in (other, phone):
        sent_from(page)
        expect(page.locator("#g-here").locator("[data-name='Dana Door']")).to_be_visible()

    assert marks() == [("Dana Door", "here")] * 2
    first = db.session.scalars(select(Mark.at).order_by(Mark.at)).first()
    assert db.session.scalars(select(SignUp.here_at).where(SignUp.person.has(name="Dana Door"))).one() == first
    context.close()


def test_signing_out_loses_no_mark_and_keeps_no_sheet(phone: Page, line: Line, address: str) -> None:
    line.cut(phone)
    for name in ("Dana Door", "Ben Bell"):
        press(phone, "Here", name)
    session = next(each for each in phone.context.cookies() if each["name"] == COOKIE)
    phone.context.clear_cookies()
    line.mend(phone)
    expect(phone.locator("#kept")).to_contain_text("Sign in again to send 2 changes.")

    phone.locator("#kept").get_by_role("link", name="Sign in").click()
    expect(phone.get_by_text("Sign in again to send 2 changes.")).to_be_visible()
    until(phone, f"async () => {PAGES} === 0")
    before = marks()
    phone.context.add_cookies([{"name": COOKIE, "value": session["value"], "url": address}])
    phone.goto(address + PAGE)
    sent_from(phone)

    assert before == []
    assert sorted(marks()) == [("Ben Bell", "here"), ("Dana Door", "here")]


def test_a_sheet_whose_day_is_over_is_thrown_away(phone: Page) -> None:
    phone.evaluate(
        """async () => {
            const pages = await caches.open("callboard-night-pages");
            for (const request of await pages.keys()) {
                const page = await pages.match(request, { ignoreVary: true });
                const headers = new Headers(page.headers);
                headers.set("X-Keep-Until", "1");
                await pages.put(request, new Response(await page.text(), { headers }));
            }
            await globalThis.waiting.clearPages();
        }"""
    )

    assert phone.evaluate(f"async () => {PAGES}") == 0


def test_a_name_is_found_while_it_is_typed(phone: Page) -> None:
    phone.get_by_label("Find someone").fill("ben")

    expect(row(phone, "Ben Bell")).to_be_visible()
    expect(row(phone, "Dana Door")).to_be_hidden()


def test_all_of_it_works_without_javascript(sqlite_app: Flask, night: ANight, address: str, page_at: PageAt) -> None:
    page = page_at(java_script=False)
    session = session_of(sqlite_app, a_coordinator("Alice", organisation=night.organisation))
    page.context.add_cookies([{"name": COOKIE, "value": session, "url": address}])
    page.goto(address + PAGE)

    press(page, "Here", "Dana Door")
    expect(page.locator("#said")).to_contain_text("Dana Door is here.")
    page.locator("#said").get_by_role("button", name="Undo").click()

    expect(page.locator("#g-late").locator("[data-name='Dana Door']")).to_be_visible()
    assert marks() == [("Dana Door", "here"), ("Dana Door", "not_here")]
