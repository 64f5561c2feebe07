"""The poster: who, when, where, and a code that opens the sign-up page."""

import re

import pytest
from flask import Flask

from coordinator.web.qr_codes import square_of
from tests.builders import a_coordinator, a_night, a_shift, sign_in


def test_the_poster_holds_the_address_as_words_and_as_a_code(sqlite_app: Flask) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45"), a_shift("Bar", "21:00", "22:00")])
    alice = a_coordinator("Alice", organisation=night.organisation)

    page = sign_in(sqlite_app.test_client(), alice).get("/coordinate/justice-in-motion/volunteers/poster")

    said = " ".join(re.sub(r"<[^>]+>", " ", page.text).split())
    assert "localhost/e/justice-in-motion/volunteer" in said
    assert "Front door · Bar" in said
    assert square_of("http://localhost/e/justice-in-motion/volunteer").path in page.text


@pytest.mark.parametrize("published", [True, False])
def test_the_poster_leads_to_the_board_that_the_public_may_see(sqlite_app: Flask, *, published: bool) -> None:
    night = a_night(published=published)
    alice = a_coordinator("Alice", organisation=night.organisation)

    page = sign_in(sqlite_app.test_client(), alice).get("/coordinate/justice-in-motion/volunteers/poster")

    assert (square_of("http://localhost/e/justice-in-motion/board").path in page.text) is published


def test_a_code_has_three_eyes_and_white_around_it() -> None:
    square = square_of("https://callboard.example/e/a-show/volunteer")
    dark = {(int(column), int(line)) for column, line in re.findall(r"M(\d+) (\d+)h1v1h-1z", square.path)}

    near, far = 4, square.size - 5
    for column, line in ((near, near), (far - 6, near), (near, far - 6)):
        ring = {(column + step, line) for step in range(7)} | {(column + step, line + 6) for step in range(7)}
        assert ring <= dark
    assert min(min(each) for each in dark) == near
    assert max(max(each) for each in dark) == far
