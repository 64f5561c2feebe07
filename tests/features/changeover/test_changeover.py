"""The card of a changeover: who leaves, who comes, who helps, the minutes, the ticks, and the start they lead to."""

import re

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from coordinator.accounts.models import Actor, Coordinator
from coordinator.db import transaction
from coordinator.shownight.actions.pressing import end_set, start_set
from tests.builders import ANight, a_coordinator, a_night, a_shift, sign_in, three_acts
from tests.reading import words

SAM = Actor("Sam Stage")
PAGE = "/coordinate/justice-in-motion/changeover/carlos-lumbi"


class Wings:
    """Somebody's phone in the wings, while Josh is over and Carlos is next."""

    def __init__(self, client: FlaskClient, night: ANight, who: Coordinator) -> None:
        self.night, self.client = night, sign_in(client.application.test_client(), who)

    def look(self, wall: str = "20:24", page: str = PAGE) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.get(page)

    def tick(self, part: str, wall: str = "20:24", **fields: str) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.post(f"{PAGE}/{part}", data=fields)


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    crew = a_shift("Stage crew", follows="Carlos Lumbi", people=("Bea Hands", "Leo Late"))
    night = a_night(three_acts(), shifts=[crew])
    with transaction():
        carlos, shift = night.slot("Carlos Lumbi"), night.shift("stage-crew-1")
        carlos.note = "Two vocal mics, DI for guitar"
        carlos.said_here_at = night.at("19:40")
        shift.sign_ups[0].state = "checked_in"
    start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:00"))
    end_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:21"))
    return night


@pytest.fixture
def sam(client: FlaskClient, night: ANight) -> Wings:
    return Wings(client, night, a_coordinator("Sam Stage", organisation=night.organisation, role="stage_manager"))


def test_what_stands_on_it(sam: Wings) -> None:
    page = words(sam.look())

    assert "Out Josh Granowski off since 8:21 PM In Carlos Lumbi Here since 7:40 PM" in page
    assert "6 min left Starts 8:30 PM Planned 10 min At least 5 min" in page
    assert "Two vocal mics, DI for guitar" in page
    assert "Crew Bea Hands Stage crew Here Leo Late Stage crew" in page
    assert "Everything is ready" not in page


def test_who_is_still_on_and_who_is_late(sam: Wings) -> None:
    before = words(sam.look(page=PAGE.replace("carlos-lumbi", "josh-granowski")))
    late = words(sam.look("20:33"))

    assert "Out Nobody In Josh Granowski" in before
    assert "3 min late" in late


def test_each_tick_is_signed_and_the_last_one_offers_the_start(sam: Wings) -> None:
    sam.tick("stage")
    sam.tick("sound", "20:25")
    two = words(sam.look("20:26"))
    sam.tick("act", "20:26")
    three = sam.look("20:26")

    assert "Stage is set Sam Stage, 8:24 PM" in two
    assert "Sound is ready Sam Stage, 8:25 PM" in two
    assert "Everything is ready" not in two
    assert "Everything is ready Start Carlos Lumbi" in words(three)

    action = re.search(r'action="([^"]*/show/carlos-lumbi/start)"', three.text)
    shown = re.search(r'name="shown" value="([^"]*)"', three.text)
    assert action is not None
    assert shown is not None
    with time_machine.travel(sam.night.at("20:26"), tick=False):
        answer = sam.client.post(action[1], data={"shown": shown[1]})
    assert answer.status_code == 303
    assert sam.night.slot("Carlos Lumbi").started_at == sam.night.at("20:26")
    assert "Carlos Lumbi is on." in words(sam.look("20:27"))


def test_a_tick_is_taken_back(sam: Wings) -> None:
    for part in ("stage", "sound", "act"):
        sam.tick(part)
    sam.tick("sound", "20:25", undo="1")
    page = words(sam.look("20:25"))

    assert "Everything is ready" not in page
    assert "Stage is set Sam Stage, 8:24 PM" in page


def test_a_tick_that_comes_too_late_says_so(sam: Wings) -> None:
    start_set(sam.night.slot("Carlos Lumbi").id, actor=SAM, now=sam.night.at("20:30"))

    sam.tick("stage", "20:31")

    assert "Carlos Lumbi has already started." in words(sam.look("20:31"))


def test_others_look_on_live_and_press_nothing(client: FlaskClient, night: ANight, sam: Wings) -> None:
    viewer = Wings(client, night, a_coordinator("Vera", organisation=night.organisation, role="viewer"))
    first = viewer.look()
    refused = viewer.tick("stage")
    sam.tick("stage")
    after = viewer.look()

    assert 'data-live-every="5"' in first.text
    assert refused.status_code == 403
    assert first.headers["ETag"] != after.headers["ETag"]
    assert "Stage is set Sam Stage, 8:24 PM" in words(after)
    assert "<form" not in after.text.partition('id="changeover"')[2].partition("</section>")[0]


def test_only_ones_own_stages(client: FlaskClient, night: ANight) -> None:
    other = a_coordinator("Otto", organisation=night.organisation, role="stage_manager")
    with transaction():
        other.stage_ids = [999_999]
    otto = Wings(client, night, other)

    assert otto.look().status_code == 200
    assert otto.tick("stage").status_code == 403


def test_strangers_and_unknown_slots(client: FlaskClient, night: ANight, sam: Wings) -> None:
    charlie = Wings(client, night, a_coordinator("Charlie"))

    assert charlie.look().status_code == 404
    assert charlie.tick("stage").status_code == 404
    assert sam.look(page=PAGE.replace("carlos-lumbi", "nobody")).status_code == 404
    assert sam.tick("lights").status_code == 404
