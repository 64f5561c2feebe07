"""Now and next, for everybody: as people are told, on one screen, and cheap however many look."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.signals import template_rendered
from flask.testing import FlaskClient

from coordinator.features.boards.views.reporting import FROM_ONE_ADDRESS
from coordinator.shownight.actions.pressing import declare_late, end_set
from coordinator.shownight.queries.boards import screens_of
from tests.builders import ANight, a_night, a_slot, a_stage
from tests.features.boards.conftest import HOUSE, SAM, Opened
from tests.features.show_night.pressing import at_time
from tests.queries import counted
from tests.reading import words


@pytest.fixture
def rendered(app: Flask) -> Iterator[list[str]]:
    """The names of the templates that were rendered."""
    names: list[str] = []

    def note(sender: Flask, template: object, **rest: object) -> None:
        names.append(str(getattr(template, "name", "")))

    with template_rendered.connected_to(note, app):
        yield names


def test_it_says_what_is_on_and_what_is_next_on_each_stage(opened: Opened) -> None:
    page = words(opened(HOUSE, "20:20"))

    assert "Main stage Now Carlos Lumbi Next 8:55 PM Las Flores" in page
    assert "Garden Now Brass Hat Next 9:00 PM Marimba Sur" in page  # nobody runs it: it goes by its plan


def test_it_says_what_is_told_and_not_what_the_clock_pushes(opened: Opened, night: ANight) -> None:
    late = words(opened(HOUSE, "21:03"))
    end_set(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("21:04"))
    ended = words(opened(HOUSE, "21:04"))
    declare_late(night.slot("Las Flores").id, 40, actor=SAM, now=night.at("21:05"))
    declared = words(opened(HOUSE, "21:05"))

    assert "Now Carlos Lumbi Next 8:55 PM Las Flores" in late
    assert "Main stage Next 9:09 PM Las Flores" in ended
    assert "Main stage Next 9:30 PM Las Flores" in declared


def test_before_the_day_of_the_show_it_says_the_day(opened: Opened, night: ANight) -> None:
    assert "Next Fri, Dec 4, 8:15 PM Brass Hat" in words(opened(HOUSE, "20:20-1"))


def test_a_stage_where_everything_is_over_says_so(opened: Opened, night: ANight) -> None:
    assert "Garden That's all for tonight" in words(opened(HOUSE, "22:30"))


def test_a_screen_shows_six_stages_at_a_time_and_a_phone_all(client: FlaskClient, app: Flask) -> None:
    night = a_night(stages=[a_stage(f"Stage {each}", [a_slot(f"Act {each}", "20:00")]) for each in range(1, 11)])
    found = {}

    for name, path in (("phone", HOUSE), ("screen", f"{HOUSE}?screen=foyer")):
        for at in ("20:00", "20:00:10"):
            with at_time(night, at):
                page = words(client.get(path))
            found[name, at] = {f"Stage {each}" for each in range(1, 11) if f"Stage {each} " in page}

    everything = {f"Stage {each}" for each in range(1, 11)}
    assert found["phone", "20:00"] == found["phone", "20:00:10"] == everything
    assert sorted(len(found["screen", at]) for at in ("20:00", "20:00:10")) == [4, 6]
    assert found["screen", "20:00"] | found["screen", "20:00:10"] == everything


def test_nothing_can_be_pressed_and_it_is_read_without_a_script(opened: Opened) -> None:
    page = opened(HOUSE, "20:20").text

    assert [each for each in ("<form", "<button", "<input", "<select") if each in page] == []
    assert page.count("<a ") == 1  # the way past the head, for who reads by ear
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in page


def test_a_thousand_who_look_at_once_have_it_made_once(opened: Opened, rendered: list[str], night: ANight) -> None:
    pages = {opened(HOUSE, "20:20").text for _ in range(5)}
    spanish = opened(HOUSE, "20:20", **{"Accept-Language": "es"})
    end_set(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("20:20"))
    opened(HOUSE, "20:20")

    assert len(pages) == 1
    assert "Ahora" in spanish.text
    assert rendered.count("boards/board.html") == 3


def test_whoever_has_it_already_costs_one_query(opened: Opened) -> None:
    etag = opened(HOUSE, "20:20").headers["ETag"]

    with counted() as statements:
        same = opened(HOUSE, "20:20", **{"If-None-Match": etag})

    assert (same.status_code, same.data, len(statements)) == (304, b"", 1)


def test_looking_writes_nothing_unless_it_was_opened_as_a_screen(opened: Opened, night: ANight) -> None:
    for path in (HOUSE, f"{HOUSE}?screen=new", f"{HOUSE}?screen=", f"{HOUSE}?screen=Ä!"):
        assert opened(path, "20:20").status_code == 200
    before = screens_of(night.event.id)

    opened(f"{HOUSE}?screen=foyer", "20:20", **{"User-Agent": "Mozilla/5.0 (SMART-TV; Tizen 7) Chrome/94"})

    assert before == []
    assert [(each.key, each.kind, each.browser) for each in screens_of(night.event.id)] == [
        ("foyer", "now_next", "Chrome, Samsung TV")
    ]


def test_whoever_makes_up_screens_is_soon_not_heard(opened: Opened, night: ANight) -> None:
    for number in range(FROM_ONE_ADDRESS + 5):
        opened(f"{HOUSE}?screen=made-up-{number}", "20:20")
    made_up = len(screens_of(night.event.id))
    opened(f"{HOUSE}?screen=made-up-0", "20:25")
    with counted() as statements:
        opened(f"{HOUSE}?screen=one-more", "20:25")

    assert made_up == FROM_ONE_ADDRESS
    assert [screen.key for screen in screens_of(night.event.id) if screen.seen_at == night.at("20:25")] == ["made-up-0"]
    assert [each for each in statements if not each.startswith("SELECT")] == []
