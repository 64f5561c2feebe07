"""The code by the stage door, and whoever reads it."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.core.cover import door_token
from coordinator.db import db
from coordinator.messaging.queries.doors import door_counts
from coordinator.people.actions.persons import edit_person
from coordinator.shifts.models import Mark, SignUp
from coordinator.web import known
from tests.builders import ANight, a_coordinator, a_night, a_shift, sign_in
from tests.reading import words

SCREEN = "/coordinate/justice-in-motion/door"
HERE = "/e/justice-in-motion/here"
SCAN_FIRST = "Scan the code on the screen by the door first."


class Phone:
    """Someone's phone at the door, or at home."""

    def __init__(self, client: FlaskClient, night: ANight) -> None:
        self.night, self.client = night, client.application.test_client()

    def get(self, path: str, wall: str, seconds: int = 0) -> TestResponse:
        with time_machine.travel(self.night.at(wall) + timedelta(seconds=seconds), tick=False):
            return self.client.get(path)

    def post(self, path: str, wall: str, **fields: str) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.post(f"{HERE}/{path}", data=fields)

    def scan(self, shown: str, read: str = "", seconds: int = 0) -> TestResponse:
        """Read the code that the door shows at one wall time, at the same or at another."""
        secret = self.client.application.config["SECRET_KEY"]
        token = door_token(secret, self.night.event.id, self.night.at(shown))
        return self.get(f"{HERE}/{token}", read or shown, seconds)


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    night = a_night(
        shifts=[
            a_shift("Front door", "19:15", "20:45", people=("Dana Door", "José Bell"), place="Street side"),
            a_shift("Clear up", "22:30", "23:30", people=("Dana Door", "Cleo Clear")),
        ]
    )
    for name, phone in (("Dana Door", "+12125550111"), ("José Bell", "+13475550111"), ("Cleo Clear", "+12125550122")):
        edit_person(night.person(name), phone=phone)
    return night


@pytest.fixture
def phone(client: FlaskClient, night: ANight) -> Phone:
    return Phone(client, night)


def sign_up_ids(name: str) -> list[int]:
    found = select(SignUp.id).where(SignUp.person.has(name=name)).order_by(SignUp.id)
    return list(db.session.scalars(found))


def marks() -> list[tuple[str, str, str]]:
    return [(each.mark, each.via, each.by) for each in db.session.scalars(select(Mark).order_by(Mark.id))]


def test_the_screen_shows_another_code_every_half_minute_and_loads_itself(app: Flask, night: ANight) -> None:
    alice = sign_in(app.test_client(), a_coordinator("Alice", organisation=night.organisation))
    pages = []
    for seconds in (0, 29, 30):
        with time_machine.travel(night.at("19:00") + timedelta(seconds=seconds), tick=False):
            pages.append(alice.get(SCREEN).text)
    shown = [re.findall(r'<svg class="code".*?<path d="([^"]+)"', page, re.DOTALL) for page in pages]
    assert [len(codes) for codes in shown] == [1, 1, 1]

    assert shown[0] == shown[1] != shown[2]
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in pages[0]


def test_the_screen_is_for_the_house_alone(app: Flask, night: ANight) -> None:
    bob = sign_in(app.test_client(), a_coordinator("Bob", organisation=night.organisation, role="coordinator"))
    charlie = sign_in(app.test_client(), a_coordinator("Charlie"))

    statuses = [each.get(SCREEN).status_code for each in (bob, charlie, app.test_client())]

    assert statuses == [200, 404, 303]


@pytest.mark.parametrize(("seconds", "status"), [(0, 303), (89, 303), (90, 410)])
def test_a_code_is_good_for_a_minute_and_a_half(phone: Phone, seconds: int, status: int) -> None:
    assert phone.scan("19:00", seconds=seconds).status_code == status


def test_reading_the_code_says_nothing_and_gives_ten_minutes_to_say_it(phone: Phone) -> None:
    scanned = phone.scan("19:00")
    first_asked = [SCAN_FIRST in words(phone.get(HERE, wall)) for wall in ("19:00", "19:09", "19:10")]

    assert urlsplit(scanned.location).path == HERE
    assert first_asked == [False, False, True]
    assert marks() == []


def test_whoever_did_not_read_it_is_sent_to_the_door(phone: Phone) -> None:
    dana = sign_up_ids("Dana Door")[0]

    shown = words(phone.get(HERE, "19:00"))
    statuses = [phone.post(path, "19:00").status_code for path in ("who", str(dana), "somebody-else")]
    phone.client.set_cookie("door", "made-up.at-home", path=HERE)
    statuses.append(phone.post(str(dana), "19:00").status_code)

    assert SCAN_FIRST in shown
    assert statuses == [403] * 4
    assert marks() == []


def test_the_code_of_one_show_lets_nobody_into_another(phone: Phone, night: ANight) -> None:
    a_night(organisation=night.organisation, slug="other")
    phone.scan("19:00")
    kept = phone.client.get_cookie("door", path=HERE)
    assert kept is not None
    phone.client.set_cookie("door", kept.value, path="/e/other/here")

    assert SCAN_FIRST in words(phone.get("/e/other/here", "19:00"))


def test_a_name_and_four_digits_find_the_shift_and_a_press_says_it(phone: Phone, night: ANight) -> None:
    phone.scan("19:00")
    asked = phone.get(HERE, "19:00")
    found = phone.post("who", "19:01", name=" jose ", digits="0111")
    shown = phone.get(HERE, "19:01")
    before = marks()
    phone.post(str(sign_up_ids("José Bell")[0]), "19:02")

    assert "Who are you?" in words(asked)
    assert found.status_code == 303
    assert "Hi José" in words(shown)
    assert "Front door 7:15–8:45 PM, Street side I'm here" in words(shown)
    assert before == []
    assert marks() == [("here", "door", "José Bell")]
    assert "You're checked in" in words(phone.get(HERE, "19:02"))
    assert db.session.get_one(SignUp, sign_up_ids("José Bell")[0]).here_at == night.at("19:02")


def test_a_press_is_taken_back(phone: Phone) -> None:
    phone.scan("19:00")
    phone.post("who", "19:01", name="Dana Door", digits="+1 212 555 0111")
    dana = str(sign_up_ids("Dana Door")[0])

    phone.post(dana, "19:02")
    phone.post(dana, "19:03", undo="1")

    assert [mark for mark, _, _ in marks()] == ["here", "not_here"]
    assert db.session.get_one(SignUp, int(dana)).state == "confirmed"


def test_a_browser_that_knows_its_owner_needs_no_typing(app: Flask, phone: Phone, night: ANight) -> None:
    with app.test_request_context():
        response = app.make_response("")
        known.remember(response, night.person("Dana Door"))
    phone.client.set_cookie("known", response.headers["Set-Cookie"].split("=", 1)[1].split(";")[0], path="/e/")
    phone.scan("19:00")

    mine = words(phone.get(HERE, "19:00"))
    phone.post("somebody-else", "19:00")

    assert "Hi Dana" in mine
    assert "Who are you?" in words(phone.get(HERE, "19:00"))


def test_only_shifts_that_are_on_or_begin_within_the_hour_can_be_said(phone: Phone) -> None:
    first, later = sign_up_ids("Dana Door")
    phone.scan("19:00")
    phone.post("who", "19:00", name="Dana", digits="0111")

    too_early = phone.post(str(later), "19:00").status_code
    somebody_elses = phone.post(str(sign_up_ids("José Bell")[0]), "19:00").status_code
    phone.scan("20:44")
    phone.post("who", "20:44", name="Dana", digits="0111")
    over = phone.post(str(first), "20:45").status_code
    phone.scan("21:30")
    phone.post("who", "21:30", name="Dana", digits="0111")
    in_time = phone.post(str(later), "21:30").status_code

    assert (too_early, somebody_elses, over, in_time) == (404, 404, 404, 303)


@pytest.mark.parametrize(
    ("name", "digits"),
    [
        ("Dana", "0112"),
        ("Ana", "0111"),
        ("", "0111"),
        ("Dana", ""),
        ("Dana", "%%%%"),
        ("Dana", "111"),
        ("Cleo", "0122"),
    ],
)
def test_who_cannot_be_found_is_told_so_and_nothing_typed_is_lost(phone: Phone, name: str, digits: str) -> None:
    phone.scan("19:00")

    answer = phone.post("who", "19:00", name=name, digits=digits)

    assert answer.status_code == 422
    assert f'value="{name}"' in answer.text
    assert "555" not in words(answer)


def test_wrong_digits_are_tried_five_times_and_then_even_the_right_ones_wait(phone: Phone) -> None:
    phone.scan("19:00")
    for digits in range(5):
        phone.post("who", "19:00", name="Dána", digits=f"000{digits}")

    refused = phone.post("who", "19:01", name="dana", digits="0111")
    phone.scan("19:16")
    later = phone.post("who", "19:16", name="Dana", digits="0111")

    assert "Too many tries." in words(refused)
    assert (refused.status_code, later.status_code) == (422, 303)


def test_a_show_that_is_not_published_shows_nothing_to_who_did_not_read_the_code(client: FlaskClient) -> None:
    night = a_night(published=False)
    phone = Phone(client, night)

    before = [phone.get(path, "19:00").status_code for path in (HERE, f"{HERE}/{'a' * 16}")]
    phone.scan("19:00")

    assert (before, phone.get(HERE, "19:00").status_code) == ([404, 404], 200)


def test_every_try_is_counted_with_what_came_of_it_and_shown_to_the_owners(phone: Phone, night: ANight) -> None:
    alice = sign_in(phone.client.application.test_client(), a_coordinator("Alice", organisation=night.organisation))
    phone.scan("19:00")
    tries = [("Dana", "0111"), ("José Bell", "0111"), *[("Dana", "0199")] * 7]

    statuses = [phone.post("who", "19:00", name=name, digits=digits).status_code for name, digits in tries]

    assert statuses == [303, 303, *[422] * 7]
    assert dict(door_counts(night.organisation.id, night.at("19:00"))) == {
        ("door", "right"): 2,
        ("door", "wrong"): 5,
        ("door", "too_often"): 2,
    }
    with time_machine.travel(night.at("19:30"), tick=False):
        shown = words(alice.get("/coordinate/organisation/doors"))
    for line in (
        "Found by name and number 2 2",
        "Nobody found: wrong name or number 5 5",
        "Refused: too many wrong tries 2 2",
    ):
        assert line in shown


def test_scanning_and_a_form_that_lacks_something_count_as_no_try(phone: Phone, night: ANight) -> None:
    phone.scan("19:00")

    phone.post("who", "19:00", name="Dana", digits="")
    phone.post("somebody-else", "19:00")

    assert dict(door_counts(night.organisation.id, night.at("19:00"))) == {}
