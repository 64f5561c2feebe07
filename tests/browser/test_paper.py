"""Printed pages as a browser prints them, with long names and many of everything, on Letter and A4."""

import re
import zlib

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.conftest import PageAt
from tests.browser.live import seen_by
from tests.builders import AShift, ASlot, a_coordinator, a_night, a_shift, a_slot, a_stage, sign_in

PRINT = "/coordinate/justice-in-motion/print"
PAGES = ("running-order", "call-sheets", "shifts", "door", "calls", "badges")
LONG = "The Extraordinarily Long-Named Orchestra of the Lower East Side and All of Its Many Friends and Guests"
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
WIDTHS = {"Letter": 725, "A4": 703}  # CSS pixels between the margins
OUTSIDE = """() => [...document.querySelectorAll(".prints *")]
    .filter((each) => each.checkVisibility() && !each.closest(".sr, svg"))
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1
        || (each.matches("li, .stamp") && each.scrollWidth > each.clientWidth + 1)
        || (each.matches("li") && each.scrollHeight > each.clientHeight + 1)
        || (each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== "visible"))
    .map((each) => `${each.tagName}.${each.className}: ${each.textContent.trim().slice(0, 60)}`)"""


def wall(hour: int, minute: int, day: int) -> str:
    return f"{hour:02}:{minute:02}" + (f"+{day}" if day else "")


def acts() -> list[ASlot]:
    """Two days of 30, with a name of 200 letters, and one of 80 without a space."""
    names = [f"Act {number}" for number in range(60)]
    names[3], names[7] = (LONG * 2)[:200], UNBROKEN
    return [
        a_slot(name, wall(10 + number % 30 // 3, number % 3 * 20, number // 30), minutes=15, changeover=5)
        for number, name in enumerate(names)
    ]


def shifts() -> list[AShift]:
    roles = ("Front door", LONG[:120], UNBROKEN, "Bar", "Cocina y atención a artistas")
    return [
        a_shift(
            roles[number % 5],
            wall(9 + number % 40 // 4, 0, number // 40),
            wall(11 + number % 40 // 4, 0, number // 40),
            people=tuple(f"{'María de los Ángeles Fernández' if spot else LONG[:90]} {number}" for spot in range(2)),
            max=3 + number % 20,
        )
        for number in range(80)
    ]


@pytest.fixture
def desk(sqlite_app: Flask, address: str, page_at: PageAt) -> Page:
    """Alice's browser, in Spanish, which is the longer language."""
    night = a_night(
        stages=[a_stage("Main stage", acts()), a_stage(LONG[:120], [a_slot("Raffle Band", minutes=10)])],
        shifts=shifts(),
        days=2,
        title=(LONG * 2)[:200],
        venue_name=LONG,
    )
    client = sign_in(sqlite_app.test_client(), a_coordinator("Alice", organisation=night.organisation))
    page = page_at(1280)
    page.context.add_cookies([{"name": "lang", "value": "es", "url": address}])
    return seen_by(page, client, address, PRINT)


def inked(pdf: bytes) -> list[int]:
    """For each page of the PDF, how many pieces of text are drawn on it."""
    objects = {int(number): body for number, body in re.findall(rb"(\d+) 0 obj\s(.*?)endobj", pdf, flags=re.DOTALL)}
    sheets = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b", body)]
    contents = [objects[int(re.findall(rb"/Contents (\d+) 0 R", body)[0])] for body in sheets]
    streams = [re.split(rb"stream\r?\n", body, maxsplit=1)[1] for body in contents]
    return [len(re.findall(rb"T[jJ]\b", zlib.decompressobj().decompress(stream))) for stream in streams]


@pytest.mark.parametrize("paper", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_blank_and_nothing_is_clipped(desk: Page, address: str, path: str, paper: str) -> None:
    desk.goto(f"{address}{PRINT}/{path}")

    pages = inked(desk.pdf(format=paper))
    desk.emulate_media(media="print")
    desk.set_viewport_size({"width": WIDTHS[paper], "height": 1000})

    assert len(pages) > 2
    assert min(pages) > 3, pages
    assert desk.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("paper", WIDTHS)
def test_ten_badges_stand_on_each_page(desk: Page, address: str, paper: str) -> None:
    desk.goto(f"{address}{PRINT}/badges")
    people = desk.locator(".badges li").count()

    assert people == 60 + 1 + 160
    assert len(inked(desk.pdf(format=paper))) == -(-people // 10)


def test_each_act_has_a_page_and_each_page_a_code_for_the_paper_and_one_for_the_door(desk: Page, address: str) -> None:
    desk.goto(f"{address}{PRINT}/call-sheets")

    assert len(inked(desk.pdf(format="Letter"))) == desk.locator("article").count() == 61
    assert desk.locator("article").filter(has=desk.locator(".code").nth(1)).count() == 61


def test_every_code_is_drawn_in_the_dark_too(sqlite_app: Flask, address: str, page_at: PageAt) -> None:
    night = a_night()
    client = sign_in(sqlite_app.test_client(), a_coordinator("Alice", organisation=night.organisation))

    page = seen_by(page_at(scheme="dark"), client, address, f"{PRINT}/badges")
    square = page.locator(".badges .code").first
    drawn = square.screenshot()
    page.evaluate("document.querySelector('#drawn-code path').remove()")
    empty = square.screenshot()

    assert page.locator(".badges .code").count() == 3
    assert len(drawn) > 2 * len(empty)  # a square of one color is a short PNG


def test_a_short_list_is_one_page(sqlite_app: Flask, address: str, page_at: PageAt) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Ana Ruiz",))], slug="short")
    client = sign_in(sqlite_app.test_client(), a_coordinator("Alice", organisation=night.organisation))
    page, found = page_at(), {}

    for path in ("running-order", "shifts", "door", "calls", "badges"):
        seen_by(page, client, address, f"/coordinate/short/print/{path}")
        found[path] = inked(page.pdf(format="Letter"))

    assert {path: len(pages) for path, pages in found.items()} == dict.fromkeys(found, 1), found
