"""Show night on a phone that loses the network: its pages stay, presses wait and are sent once, at their instant."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from coordinator.accounts.actions.sign_in_links import sign_in_link
from coordinator.accounts.models import Actor
from coordinator.db import db
from coordinator.shifts.models import SignUp
from coordinator.shownight.actions.pressing import start_set
from coordinator.shownight.models import Press
from coordinator.web.errors import PROBLEM
from coordinator.web.session_cookie import COOKIE
from tests.browser.conftest import PageAt
from tests.browser.cut import PAGES, Line, a_phone, kept_on, sent_from, until
from tests.browser.live import seen_by, served, wrongs
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_slot, a_stage, minutes, sign_in
from tests.full_night import evening_of, evening_zone, wall

SHOW = "/coordinate/justice-in-motion/show"
SAM = Actor("Sam Stage")


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    """Two stages; inside, Josh is on and Ana comes next."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    zone = evening_zone(now)
    night = a_night(
        stages=[
            a_stage(
                "Inside",
                [
                    a_slot("Josh", wall(now, -20, zone), minutes=30, changeover=0),
                    a_slot("Ana", wall(now, 20, zone), minutes=40, changeover=10),
                    a_slot("Bo", wall(now, 80, zone), minutes=30, changeover=10),
                ],
                curfew=None,
            ),
            a_stage("Garden", [a_slot("Wren", wall(now, 30, zone), minutes=30, changeover=0)], curfew=None),
        ],
        shifts=[a_shift("Front door", wall(now, -10, zone), wall(now, 90, zone), people=("Dana Door",))],
        doors=None,
        zone=zone,
        on=evening_of(now),
    )
    start_set(night.slot("Josh").id, actor=SAM, now=now - minutes(20))
    return night


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
    """Alice's phone; show night is open, and the pages of the night are kept."""
    with a_phone(chromium, sqlite_app, night, address) as context:
        page = context.new_page()
        page.goto(address + SHOW)
        kept_on(page)
        yield page


def presses() -> list[tuple[str, str, str]]:
    """After Josh's start: which slot, what, by whom, in order of their own instants."""
    db.session.rollback()
    found = select(Press).where(Press.by != SAM.name, Press.undone_at.is_(None)).order_by(Press.at)
    return [(each.slot.key, each.verb, each.by) for each in db.session.scalars(found)]


def bar(page: Page) -> str:
    return " ".join((page.locator("#kept p").text_content() or "").split())


def test_the_pages_of_the_night_can_be_read_without_a_network(phone: Page, line: Line, address: str) -> None:
    phone.goto(f"{address}{SHOW}?stage=garden")
    until(phone, f"async () => {PAGES} === 5")
    line.cut(phone)

    seen = {}
    for path, words in [
        ("show", "Ana"),
        ("show?stage=garden", "Wren"),
        ("show?stage=inside", "Ana"),
        ("people", "Dana Door"),
        ("texts/call-list", "Call list"),
        ("volunteers/tonight", "Dana Door"),
    ]:
        phone.goto(f"{address}/coordinate/justice-in-motion/{path}")
        expect(phone.locator("[data-lost]")).to_contain_text("No connection since", timeout=40_000)
        seen[path] = words in phone.locator("main").inner_text()

    assert seen == dict.fromkeys(seen, True)


def test_a_press_without_a_network_waits_and_is_sent_once_with_its_own_instant(
    phone: Page, line: Line, night: ANight
) -> None:
    line.cut(phone)
    before = datetime.now(UTC)
    phone.get_by_role("button", name="Set started").click()
    expect(phone.locator("#coming .kept-note")).to_contain_text("Waiting for the network.")
    after = datetime.now(UTC)
    expect(phone.locator("#kept")).to_contain_text("1 tap is waiting for the network. Ana started,")
    phone.reload()
    expect(phone.locator("#coming .kept-note")).to_contain_text("Ana started,")
    phone.wait_for_timeout(1500)
    waited = presses()

    line.mend(phone)
    sent_from(phone)
    expect(phone.locator("#on")).to_contain_text("Ana")
    expect(phone.locator(".toasts")).to_contain_text("Ana started,")

    assert waited == []
    assert presses() == [("ana", "start", "Alice")]
    started_at = night.slot("Ana").started_at
    assert started_at is not None
    assert before - timedelta(seconds=1) <= started_at <= after + timedelta(seconds=1)
    assert datetime.now(UTC) - started_at > timedelta(seconds=1.5)


def test_a_line_that_dies_at_the_tap_never_ends_at_an_error_page(phone: Page, line: Line) -> None:
    phone.route(f"**{SHOW}/**", lambda route: route.abort("connectionreset"))

    phone.get_by_role("button", name="Set finished").click()
    expect(phone.locator("#on .kept-note")).to_contain_text("Josh finished,")
    phone.unroute(f"**{SHOW}/**")
    sent_from(phone)

    assert phone.url.endswith(SHOW)
    assert presses() == [("josh", "end", "Alice")]


def test_an_answer_that_is_lost_presses_nothing_twice(phone: Page) -> None:
    lost: list[str] = []

    def lose(route: Route) -> None:
        if len(lost) < 2:
            lost.append(route.request.url)
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    phone.route(f"**{SHOW}/**", lose)
    phone.locator("#on").get_by_role("button", name="+5").click()
    until(phone, "globalThis.waiting.everything().length === 1")
    sent_from(phone)

    assert [url.rpartition("/")[2] for url in lost] == ["extend", "presses"]
    assert presses() == [("josh", "extend", "Alice")]


def test_what_waits_can_be_taken_back_and_leaves_no_trace(phone: Page, line: Line) -> None:
    line.cut(phone)
    phone.get_by_role("button", name="Set started").click()
    phone.locator("#kept").get_by_role("button", name="Undo").click()
    expect(phone.locator(".kept-note")).to_have_count(0)
    expect(phone.get_by_role("button", name="Set started")).to_be_visible()

    line.mend(phone)
    sent_from(phone)

    assert presses() == []


def test_every_press_can_be_made_without_a_network(phone: Page, line: Line, night: ANight) -> None:
    line.cut(phone)
    phone.locator("#on").get_by_role("button", name="+5").click()
    phone.get_by_role("button", name="Set finished").click()
    phone.locator("#coming").get_by_role("button", name="Here").click()
    phone.locator("#coming .kept-note").first.wait_for()
    order = phone.locator("#slot-ana")
    order.locator("summary").click()
    order.get_by_role("link", name="Set started").click()
    phone.locator(".press-sheet").get_by_role("button", name="Set started").click()
    order.get_by_role("button", name="Set finished").click()
    phone.locator("#slot-bo summary").click()
    phone.locator("#slot-bo").get_by_role("link", name="Move").click()
    expect(phone.locator(".press-sheet h2")).to_have_text("Move Bo?")
    phone.locator(".press-sheet").get_by_role("button", name="+10").click()
    expect(phone.locator("#kept")).to_contain_text("6 taps are waiting for the network.")

    line.mend(phone)
    sent_from(phone)

    assert presses() == [
        ("josh", "extend", "Alice"),
        ("josh", "end", "Alice"),
        ("ana", "start", "Alice"),
        ("ana", "end", "Alice"),
        ("bo", "late", "Alice"),
    ]
    assert night.slot("Ana").said_here_at is not None
    assert night.slot("Bo").late_by == minutes(10)


def test_a_sheet_that_was_open_when_the_line_died_still_moves(phone: Page, line: Line, night: ANight) -> None:
    phone.locator("#coming").get_by_role("link", name="Move").click()
    phone.locator(".press-sheet").get_by_text("+15").wait_for()
    line.cut(phone)
    phone.locator(".press-sheet label").filter(has_text="+15").click()
    phone.get_by_text("No network: your tap is saved on this phone").wait_for()
    phone.locator(".press-sheet").get_by_role("button", name="+15").click()

    line.mend(phone)
    sent_from(phone)

    assert presses() == [("ana", "late", "Alice")]
    assert night.slot("Ana").late_by == minutes(15)


def test_two_phones_without_a_network_are_merged_in_order(
    phone: Page, line: Line, chromium: Browser, sqlite_app: Flask, night: ANight, address: str
) -> None:
    with ExitStack() as stack:
        other = stack.enter_context(a_phone(chromium, sqlite_app, night, address, "Bob")).new_page()
        other.goto(address + SHOW)
        line.cut(phone, other)
        phone.get_by_role("button", name="Set finished").click()
        phone.locator("#on .kept-note").wait_for()
        phone.wait_for_timeout(3000)  # more than what a request takes on a busy machine, which counts as later
        other.get_by_role("button", name="Set started").click()
        other.locator("#coming .kept-note").wait_for()
        phone.get_by_role("button", name="Set started").click()
        phone.locator("#coming .kept-note").wait_for()

        line.mend(other)
        sent_from(other)
        line.mend(phone)
        sent_from(phone)
        expect(phone.locator(".toasts")).to_contain_text("Not marked: Ana has already started.")
        expect(phone.locator("#on")).to_contain_text("Ana")

    assert presses() == [("josh", "end", "Alice"), ("ana", "start", "Bob")]


def test_arrivals_are_marked_without_a_network(phone: Page, line: Line, night: ANight, address: str) -> None:
    phone.goto(f"{address}/coordinate/justice-in-motion/people")
    line.cut(phone)
    for name in ("Ana", "Dana Door"):
        phone.get_by_role("button", name=f"Here: {name}").click()
        expect(phone.locator(f'li[data-name="{name}"] .kept-note')).to_contain_text(f"Here: {name},")
    expect(phone.locator("#kept")).to_contain_text("2 taps are waiting for the network. Here: Dana Door,")

    line.mend(phone)
    sent_from(phone)

    db.session.rollback()
    assert night.slot("Ana").said_here_at is not None
    assert db.session.scalars(select(SignUp.state)).all() == ["checked_in"]


def test_what_cannot_wait_is_said_and_never_ends_at_an_error_page(phone: Page, line: Line, address: str) -> None:
    line.cut(phone)
    phone.evaluate(
        """() => {
            const form = document.querySelector("#coming form");
            form.action = form.action.replace(/ana.start$/, "now/ana/on");
        }"""
    )
    phone.get_by_role("button", name="Set started").click()
    expect(phone.locator(".toasts")).to_contain_text("No network, so nothing was marked.")
    line.mend(phone)
    phone.goto(f"{address}/coordinate/justice-in-motion/people")
    kept_on(phone)
    line.cut(phone)
    phone.evaluate(
        """() => {
            const form = Object.assign(document.createElement("form"), { method: "post", action: "show/undo/1" });
            document.querySelector("main").append(form);
            form.submit();
        }"""
    )
    expect(phone.locator("#kept")).to_contain_text("No network, so nothing was marked.")

    assert phone.url == f"{address}/coordinate/justice-in-motion/people"
    assert presses() == []


def test_what_waits_is_sent_from_another_page(phone: Page, line: Line, address: str) -> None:
    line.cut(phone)
    phone.get_by_role("button", name="Set started").click()
    phone.goto(f"{address}/coordinate/justice-in-motion/people")
    expect(phone.locator("#kept")).to_contain_text("1 tap is waiting for the network.")

    line.mend(phone)
    sent_from(phone)

    assert presses() == [("ana", "start", "Alice")]


def test_signing_out_leaves_nothing_on_the_phone(phone: Page, line: Line, address: str) -> None:
    line.cut(phone)
    phone.get_by_role("button", name="Set started").click()
    phone.locator("#coming .kept-note").wait_for()
    phone.route("**/presses", lambda route: route.abort())
    line.mend(phone)
    phone.goto(f"{address}/coordinate/justice-in-motion")
    phone.locator("summary").filter(has_text="Menu").click()
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_label("Email")).to_be_visible()

    until(phone, f"async () => {PAGES} === 0 && globalThis.waiting.everything().length === 0")
    assert presses() == []


@pytest.mark.parametrize("sets_password", [False, True])
def test_a_link_that_signs_somebody_else_in_leaves_no_page_of_the_former_member(
    phone: Page, night: ANight, address: str, sets_password: bool
) -> None:
    until(phone, f"async () => {PAGES} > 0")
    bob = a_coordinator("Bob", organisation=night.organisation).account
    token = sign_in_link(bob, datetime.now(UTC), sets_password=sets_password)

    phone.goto(f"{address}/sign-in/{token}")

    until(phone, f"async () => {PAGES} === 0")


def test_whose_session_is_over_signs_in_again_and_nobody_else_sends_it(
    phone: Page, line: Line, sqlite_app: Flask, night: ANight, address: str, chromium: Browser
) -> None:
    line.cut(phone)
    phone.get_by_role("button", name="Set started").click()
    phone.locator("#coming .kept-note").wait_for()
    alice = next(each for each in phone.context.cookies() if each["name"] == COOKIE)
    phone.context.clear_cookies()
    line.mend(phone)
    expect(phone.locator("#kept")).to_contain_text("Sign in again to send 1 change.")
    phone.locator("#kept").get_by_role("link", name="Sign in").click()
    until(phone, f"async () => {PAGES} === 0")

    with a_phone(chromium, sqlite_app, night, address, "Bob") as context:
        bob = next(each for each in context.cookies() if each["name"] == COOKIE)
    phone.context.add_cookies([{"name": COOKIE, "value": bob["value"], "url": address}])
    phone.goto(address + SHOW)
    phone.wait_for_timeout(1000)
    by_bob = presses()
    phone.context.add_cookies([{"name": COOKIE, "value": alice["value"], "url": address}])
    phone.goto(address + SHOW)
    sent_from(phone)

    assert by_bob == []
    assert presses() == [("ana", "start", "Alice")]


def test_what_waits_is_not_sent_by_who_signs_in_in_another_tab(
    phone: Page, line: Line, sqlite_app: Flask, night: ANight, address: str, chromium: Browser
) -> None:
    line.cut(phone)
    phone.get_by_role("button", name="Set started").click()
    phone.locator("#coming .kept-note").wait_for()
    with a_phone(chromium, sqlite_app, night, address, "Bob") as context:
        bob = next(each for each in context.cookies() if each["name"] == COOKIE)
    phone.context.clear_cookies()
    phone.context.add_cookies([{"name": COOKIE, "value": bob["value"], "url": address}])
    sqlite_app.config["WTF_CSRF_ENABLED"] = True
    line.mend(phone)
    expect(phone.locator("#kept")).to_contain_text("Sign in again to send 1 change.")

    assert presses() == []


def test_a_press_over_which_the_house_stumbles_waits_and_is_sent_again(phone: Page) -> None:
    phone.route("**/extend", lambda route: route.fulfill(status=500, body="{}"), times=1)
    phone.locator("#on").get_by_role("button", name="+5").click()
    until(phone, "globalThis.waiting.everything().length === 1")
    sent_from(phone)

    assert presses() == [("josh", "extend", "Alice")]


def test_a_press_that_is_refused_is_never_lost_without_a_word(phone: Page, sqlite_app: Flask) -> None:
    sqlite_app.config["WTF_CSRF_ENABLED"] = True
    phone.evaluate("document.querySelectorAll('[name=csrf_token]').forEach((each) => (each.value = 'old'))")
    phone.locator("#on").get_by_role("button", name="+5").click()

    expect(phone.locator("main")).to_contain_text("This page was open too long")
    assert presses() == []


def test_what_waits_and_is_refused_waits_no_longer(phone: Page, line: Line) -> None:
    line.cut(phone)
    phone.get_by_role("button", name="Set started").click()
    phone.locator("#coming .kept-note").wait_for()
    refusal = '{"detail": "Your role can\'t do this."}'
    phone.route("**/presses", lambda route: route.fulfill(status=403, content_type=PROBLEM, body=refusal))
    line.mend(phone)
    sent_from(phone)

    expect(phone.locator(".toasts")).to_contain_text("Not marked: Your role can't do this.")
    assert presses() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390])
def test_what_waits_reads_well(
    sqlite_app: Flask, night: ANight, address: str, page_at: PageAt, complaints: list[str], width: int, scheme: str
) -> None:
    page = page_at(width, scheme="dark")
    seen_by(page, sign_in(sqlite_app.test_client(), a_coordinator(organisation=night.organisation)), address, SHOW)
    if scheme == "light":
        page.get_by_role("link", name="Light", exact=True).click()
        page.locator("html.theme-light").wait_for()
        page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.get_by_role("button", name="Set started").click()
    page.locator("#coming .kept-note").wait_for()
    page.locator("#on").get_by_role("button", name="+5").click()
    page.locator("#slot-bo summary").click()
    page.locator("#slot-bo").get_by_role("link", name="Move").click()
    expect(page.locator(".press-sheet h2")).to_have_text("Move Bo?")

    assert wrongs(page, width) == []
    complaints.clear()  # of requests that found no network
