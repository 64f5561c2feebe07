"""What static/js/live.js does with a page under a person's eyes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Response, render_template_string
from playwright.sync_api import Page, expect

from coordinator.web.live import live_page
from tests.browser.conftest import PageAt
from tests.browser.live import served
from tests.web.conftest import a_small_app

NIGHT = """
{% extends 'layouts/page.html' %}{% from 'components/live.html' import connection %}
{% set live_every = 5 %}{% set live_zone = 'UTC' %}{% block title %}Tonight{% endblock %}
{% block content %}
<section id="now" data-live><h1>{{ on }}</h1>
  <label>Note <input name="note"></label>{% if late %}<p>Late</p>{% endif %}</section>
<p id="still">{{ on }}</p>{{ connection() }}
{% endblock %}
"""


@dataclass
class Night:
    """A page about what is on, how often it was asked for, and what was answered."""

    on: str = "Josh Granowski"
    late: bool = False
    broken: bool = False
    answers: list[int] = field(default_factory=list)
    address: str = ""

    def page(self) -> Response:
        if self.broken:
            self.answers.append(503)
            return Response("", 503)
        answer = live_page(f"{self.on}-{self.late}", lambda: render_template_string(NIGHT, on=self.on, late=self.late))
        self.answers.append(answer.status_code)
        return answer


@pytest.fixture
def night() -> Iterator[Night]:
    night, app = Night(), a_small_app()
    app.add_url_rule("/night", "night", night.page)
    with served(app) as address:
        night.address = f"{address}/night"
        yield night


@pytest.fixture
def page(night: Night, page_at: PageAt) -> Page:
    page = page_at()
    page.clock.install()
    page.goto(night.address)
    return page


def wait(page: Page, night: Night, seconds: int) -> None:
    """Let time pass on the page until it has asked and been answered once more."""
    before = len(night.answers)
    page.clock.fast_forward(seconds * 1000)
    for _ in range(100):
        if len(night.answers) > before:
            break
        page.wait_for_timeout(20)
    page.wait_for_timeout(100)


def test_an_unchanged_page_is_asked_for_and_answered_with_nothing(page: Page, night: Night) -> None:
    wait(page, night, 7)
    wait(page, night, 7)

    assert night.answers == [200, 304, 304]


def test_what_changed_is_laid_in_and_what_was_being_typed_stays(page: Page, night: Night) -> None:
    note = page.get_by_label("Note")
    note.fill("ask about the piano")

    night.on, night.late = "Carlos Lumbi", True
    wait(page, night, 7)

    expect(page.get_by_role("heading")).to_have_text("Carlos Lumbi")
    expect(page.get_by_text("Late")).to_be_visible()
    expect(note).to_have_value("ask about the piano")
    expect(note).to_be_focused()
    expect(page.locator("#still")).to_have_text("Josh Granowski")


def test_half_a_minute_without_an_answer_is_said_and_taken_back(
    page: Page, night: Night, complaints: list[str]
) -> None:
    said = page.get_by_role("status")
    expect(said).to_have_text("")

    night.broken = True
    for _ in range(5):
        wait(page, night, 16)
    expect(said).to_contain_text("No connection since")

    night.broken = False
    wait(page, night, 20)
    expect(said).to_have_text("")
    complaints.clear()  # the browser itself notes each 503


@pytest.mark.parametrize(
    ("language", "clock", "said"),
    [
        ("en", "12:00", "Updated noon"),
        ("en", "00:00", "Updated midnight"),
        ("en", "12:15", "Updated 12:15 PM"),
        ("es", "13:15", "Actualizado a la 1:15 p.\xa0m."),
        ("es", "20:30", "Actualizado a las 8:30 p.\xa0m."),
    ],
)
def test_the_clock_of_the_last_answer_is_said_as_the_page_says_times(
    page_at: PageAt, night: Night, language: str, clock: str, said: str
) -> None:
    page = page_at()
    page.clock.install(time=f"2026-12-04T{clock}:00Z")
    page.goto(f"{night.address}?lang={language}")
    wait(page, night, 7)

    expect(page.locator("[data-updated]")).to_have_text(said)


def test_a_page_that_nobody_looks_at_asks_nothing(page: Page, night: Night) -> None:
    page.evaluate(
        "Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    page.clock.fast_forward(60_000)
    page.wait_for_timeout(200)
    assert night.answers == [200]

    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(300)
    assert night.answers == [200, 304]
