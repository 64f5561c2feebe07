"""Arrivals: performers and crew by call time, where each stands, and Here in one press."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.accounts.models import AuditEntry
from coordinator.db import db
from coordinator.lineup.actions.answers import mark_side_stage, say_here, say_late
from coordinator.shownight.actions.pressing import cancel_slot, start_set
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_slot, minutes, sign_in
from tests.features.show_night.pressing import SAM, at_time
from tests.reading import words

PAGE = "/coordinate/justice-in-motion/people"


@pytest.fixture
def night(app: Flask) -> ANight:
    """Josh at 20:00, Carlos at 20:30, Marta at 21:30 who cannot; Dana at the door from 19:15, called at 19:00."""
    return a_night(
        [
            a_slot("Josh Granowski", "20:00", minutes=20, answer="confirmed"),
            a_slot("Carlos Lumbi", "20:30", answer="invited"),
            a_slot("Marta Sol", "21:30", answer="declined"),
        ],
        shifts=[a_shift("Front door", "19:15", "20:45", people=("Dana Door",), call=minutes(15))],
    )


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> FlaskClient:
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    return client


def lines(client: FlaskClient, night: ANight, wall: str) -> list[str]:
    with at_time(night, wall):
        page = words(client.get(PAGE))
    listed = page.partition("Performers and crew by call time.")[2]
    return [f"{name}: {said}" for name, said in re.findall(STANDING, listed)]


NAMES = "Dana Door|Josh Granowski|Carlos Lumbi|Marta Sol"
STANDING = rf"\b({NAMES}) .*?(Expected|Says late|Missing|No-show|Here since [\d:]+ PM|Side stage|On now|Done)\b"


def test_everybody_is_in_one_list_by_call_time_but_for_who_cannot(alice: FlaskClient, night: ANight) -> None:
    assert lines(alice, night, "18:30") == ["Dana Door: Expected", "Josh Granowski: Expected", "Carlos Lumbi: Expected"]


def test_each_stands_where_the_night_does(alice: FlaskClient, night: ANight) -> None:
    josh, carlos = night.slot("Josh Granowski"), night.slot("Carlos Lumbi")
    missing = lines(alice, night, "19:05")
    say_here(josh, call_at=night.at("19:00"), actor=SAM, now=night.at("19:06"))
    person = night.person("Carlos Lumbi")
    say_late(carlos, timedelta(minutes=20), now=night.at("19:20"), starts_at=night.at("20:50"), person=person)
    late = lines(alice, night, "19:40")
    mark_side_stage(josh, actor=SAM, now=night.at("19:50"))
    waiting = lines(alice, night, "19:51")
    start_set(josh.id, actor=SAM, now=night.at("20:00"))
    on = lines(alice, night, "20:01")

    assert [missing[1], late[1], late[2], waiting[1], on[1]] == [
        "Josh Granowski: Missing",
        "Josh Granowski: Here since 7:06 PM",
        "Carlos Lumbi: Says late",
        "Josh Granowski: Side stage",
        "Josh Granowski: On now",
    ]


def test_here_and_side_stage_are_one_press_each_and_can_be_taken_back(alice: FlaskClient, night: ANight) -> None:
    josh, said = night.slot("Josh Granowski"), []
    with at_time(night, "19:10"):
        for place, undo in (("here", ""), ("side-stage", ""), ("side-stage", "1"), ("here", "1")):
            answer = alice.post(f"{PAGE}/{josh.key}/{place}", data={"undo": undo} if undo else {})
            assert answer.location.endswith(PAGE)
            db.session.refresh(josh)
            said.append((josh.said_here_at is not None, josh.side_stage_at is not None))

    assert said == [(True, False), (True, True), (True, False), (False, False)]
    recorded = db.session.scalars(select(AuditEntry.what).where(AuditEntry.what.like("slot.%"))).all()
    assert recorded == ["slot.said_here", "slot.side_stage", "slot.not_side_stage", "slot.said_not_here"]


def test_somebody_of_the_crew_is_marked_here_from_this_page_too(alice: FlaskClient, night: ANight) -> None:
    sign_up = night.shift("front-door-1").sign_ups[0]
    with at_time(night, "19:10"):
        answer = alice.post(
            f"/coordinate/justice-in-motion/volunteers/tonight/{sign_up.id}/here", data={"back": "people"}
        )

    assert answer.location.endswith(PAGE)
    assert "Dana Door: Here since 7:10 PM" in lines(alice, night, "19:11")


def test_whoever_only_looks_presses_nothing(client: FlaskClient, night: ANight) -> None:
    sign_in(client, a_coordinator("Vic", organisation=night.organisation, role="viewer"))

    with at_time(night, "19:10"):
        page = client.get(PAGE).text
        refused = client.post(f"{PAGE}/{night.slot('Josh Granowski').key}/here").status_code

    assert ("Here: Josh" in page, refused, night.slot("Josh Granowski").said_here_at) == (False, 403, None)


def test_a_no_show_is_called_the_same_here_and_on_the_sheet(alice: FlaskClient, night: ANight) -> None:
    sheet, dana = "/coordinate/justice-in-motion/volunteers/tonight", night.shift("front-door-1").sign_ups[0]
    with at_time(night, "19:05"):
        missing = (lines(alice, night, "19:05")[0], "Missing" in words(alice.get(sheet)))
    with at_time(night, "19:30"):
        alice.post(f"{sheet}/{dana.id}/no_show")
        marked = (lines(alice, night, "19:30")[0], "7:15–8:45 PM No-show" in words(alice.get(sheet)))

    assert (missing, marked) == (("Dana Door: Missing", True), ("Dana Door: No-show", True))


def test_whoever_nobody_has_seen_is_a_no_show_once_the_shift_is_over(alice: FlaskClient, night: ANight) -> None:
    said = [lines(alice, night, wall)[0] for wall in ("20:44", "20:45")]

    assert said == ["Dana Door: Missing", "Dana Door: No-show"]


def test_nobody_waits_for_crew_whose_act_is_canceled(app: Flask, client: FlaskClient) -> None:
    slots = [a_slot("Josh Granowski", "20:00"), a_slot("Carlos Lumbi", "21:00", changeover=10)]
    night = a_night(slots, shifts=[a_shift("Stage crew", follows="Carlos Lumbi", people=("Ana Ruiz",))])
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    cancel_slot(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("20:55"))

    with at_time(night, "20:55"):
        page = words(client.get(PAGE))

    assert "Ana Ruiz" not in page
