"""Calls that someone has to make, on the pages where they are shown and ticked."""

from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from coordinator.db import transaction
from coordinator.features.overview.queries.overview import overview_of
from coordinator.messaging.actions.calls import owe_call, withdraw_call
from coordinator.messaging.models import Call, CallKind, CallReason
from coordinator.messaging.queries.calls import open_calls, ticked_calls
from tests.builders import ANight, a_coordinator, a_night, a_slot, minutes, sign_in
from tests.reading import words

SHOW = "/coordinate/justice-in-motion"
PAGES = {"overview": SHOW, "people": f"{SHOW}/people", "list": f"{SHOW}/texts/call-list"}
SAYS = "Ana Reyes is now on at 8:45 PM (was 8:30 PM)."


@pytest.fixture
def night(app: object) -> ANight:
    night = a_night([a_slot("Ana Reyes", "20:30", answer="confirmed")])
    with transaction():
        night.person("Ana Reyes").phone = "+12125550142"
    return night


def owed(night: ANight, **columns: Any) -> Call:
    usual: dict[str, Any] = {
        "kind": "new_time",
        "why": "too_late",
        "about": "Ana Reyes",
        "says_at": night.at("20:45"),
        "was_at": night.at("20:30"),
        "anchor": "set_start",
        "dedupe_key": "a-call",
        "useful_until": night.at("21:00"),
    }
    place: dict[str, Any] = {"organisation_id": night.organisation.id, "event_id": night.event.id}
    return owe_call(person=night.person("Ana Reyes"), now=night.at("20:40"), **place, **usual | columns)


class Desk:
    """A coordinator in front of the pages, at 20:41."""

    def __init__(self, client: FlaskClient, night: ANight, who: str = "Alice", **columns: Any) -> None:
        self.night = night
        self.client = sign_in(client.application.test_client(), a_coordinator(who, **columns))

    def get(self, page: str) -> TestResponse:
        with time_machine.travel(self.night.at("20:41"), tick=False):
            return self.client.get(PAGES[page])

    def tick(self, call: Call, **fields: str) -> TestResponse:
        with time_machine.travel(self.night.at("20:41"), tick=False):
            return self.client.post(f"{SHOW}/texts/calls/{call.id}/tick", data=fields)


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> Desk:
    return Desk(client, night, organisation=night.organisation)


@pytest.mark.parametrize("page", PAGES)
def test_a_call_stands_on_every_page_with_the_number_and_what_to_say(alice: Desk, night: ANight, page: str) -> None:
    owed(night)

    answer = alice.get(page)

    assert f"{SAYS} It's too late for a text." in words(answer)
    assert 'href="tel:+12125550142"' in answer.text
    assert "(212) 555-0142" in words(answer)


@pytest.mark.parametrize("page", PAGES)
def test_a_ticked_call_is_no_longer_asked_for_and_the_tick_can_be_taken_back(
    alice: Desk, night: ANight, page: str
) -> None:
    call = owed(night)

    ticked = alice.tick(call, page=page)
    after = alice.get(page)
    standing = [(one.ticked_by, one.ticked_at) for one in ticked_calls(night.event.id, night.at("20:41"))]
    alice.tick(call, page=page, undo="1")

    assert ticked.location == PAGES[page]
    assert "Ana Reyes has been told." in words(after)
    assert f"Told: {call.person.name}" not in after.text
    assert standing == [("Alice", night.at("20:41"))]
    assert [one.id for one in open_calls(night.event.id, night.at("20:41"))] == [call.id]


def test_who_told_them_and_when_stands_on_the_list(alice: Desk, night: ANight) -> None:
    alice.tick(owed(night))

    assert f"{SAYS} Told by Alice at 8:41 PM. Not told after all" in words(alice.get("list"))


def test_a_tick_has_the_event_planned_anew(alice: Desk, night: ANight) -> None:
    call, revision = owed(night), night.event.revision

    alice.tick(call)

    assert night.slot("Ana Reyes").event.revision == revision + 1


def test_a_call_that_has_changed_meanwhile_is_ticked_and_said_to_have_changed(alice: Desk, night: ANight) -> None:
    call = owed(night)
    withdraw_call("a-call", now=night.at("20:40:30"))

    alice.tick(call)

    assert "This changed since you looked. Check what Ana Reyes needs to be told now." in words(alice.get("list"))


def test_a_page_that_shows_calls_changes_with_them(alice: Desk, night: ANight) -> None:
    before = alice.get("people").headers["ETag"]

    owed(night)

    assert alice.get("people").headers["ETag"] != before


def test_somebody_without_a_number_is_told_in_person(alice: Desk, night: ANight) -> None:
    with transaction():
        night.person("Ana Reyes").phone = None
    owed(night, why="no_phone")

    said = words(alice.get("people"))

    assert f"{SAYS} We don't have their number. Tell them in person." in said


def test_whoever_has_to_be_called_needs_it_once(night: ANight) -> None:
    with transaction():
        night.person("Ana Reyes").phone = None
    owed(night, why="no_phone")

    needs = overview_of(night.event, night.at("20:41")).needs

    assert [need.kind for need in needs if need.person and need.person.name == "Ana Reyes"] == ["call"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_kind_of_call_can_be_said_and_every_reason(alice: Desk, night: ANight, language: str) -> None:
    for number, kind in enumerate(CallKind):
        owed(night, kind=kind, dedupe_key=f"kind-{number}", useful_until=night.at("21:00") + minutes(number))
    for number, why in enumerate(CallReason):
        owed(night, why=why, dedupe_key=f"why-{number}", useful_until=night.at("22:00") + minutes(number))
    alice.client.get(f"{SHOW}?lang={language}")

    said = words(alice.get("people"))

    assert said.count("Ana Reyes : ") == len(CallKind) + len(CallReason)
    assert "None" not in said


def test_another_organisations_call_cannot_be_ticked(client: FlaskClient, night: ANight) -> None:
    call = owed(night)

    assert Desk(client, night, "Charlie").tick(call).status_code == 404
    assert [one.id for one in open_calls(night.event.id, night.at("20:41"))] == [call.id]
