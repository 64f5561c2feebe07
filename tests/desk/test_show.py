import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.models import AuditEntry
from coordinator.db import db, transaction
from coordinator.shownight.actions import By, cancel_slot, declare_late, end_set, start_set
from coordinator.shownight.models import Press
from tests.builders import (
    ANight,
    a_coordinator,
    a_message,
    a_night,
    a_shift,
    a_slot,
    a_stage,
    minutes,
    sign_in,
)
from tests.queries import counted

PAGE = "/coordinate/justice-in-motion/show"
SAM = By("Sam Stage")


def words(response: TestResponse) -> str:
    """What a person reads on the page, in one line."""
    body = re.sub(r"<head>.*?</head>", "", response.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def at_time(night: ANight, wall: str) -> Any:
    return time_machine.travel(night.at(wall), tick=False)


@pytest.fixture
def night(app: Flask) -> ANight:
    """The sample night with Josh done, 10 minutes late, and Carlos on since 20:40; the last act was told 21:30."""
    night = a_night(shifts=[a_shift("Stage help", follows="The Poor Nobodys", people=("Ana", "Bo"))])
    start_set(night.slot("Josh Granowski").id, by=SAM, now=night.at("20:10"))
    end_set(night.slot("Josh Granowski").id, by=SAM, now=night.at("20:30"))
    start_set(night.slot("Carlos Lumbi").id, by=SAM, now=night.at("20:40"))
    a_message(
        night,
        night.person("The Poor Nobodys"),
        slot_id=night.slot("The Poor Nobodys").id,
        anchor="set_start",
        says_at=night.at("21:30"),
        claimed_at=night.at("20:30"),
        state="delivered",
    )
    return night


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> Iterator[FlaskClient]:
    """The owner, signed in, at 20:52."""
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    with at_time(night, "20:52"):
        yield client


def test_the_page_says_what_is_on_and_what_comes_next(alice: FlaskClient) -> None:
    page = words(alice.get(PAGE))

    assert "8:52 pm 10 min late" in page
    assert "On now Started 8:40 Carlos Lumbi Call 28 min left of 40 9:20 pm should end" in page
    assert "12 of 40 minutes played Set finished" in page
    assert "Next 9:30 pm The Poor Nobodys Call Not confirmed Set started" in page
    assert "8:10 planned 8:00 Josh Granowski Played 20 minutes Done" in page
    assert "9:20 Changeover 10 minutes, 2 stage helpers At its minimum, 10 min short" in page
    assert "Ends 10:15, curfew 11:00 pm." in page


def test_moving_the_rest_of_the_night_is_shown_before_it_is_pressed(alice: FlaskClient) -> None:
    page = words(alice.get(f"{PAGE}?verb=late&slot=the-poor-nobodys&minutes=15"))

    assert "The Poor Nobodys was 9:30 now 9:45 pm" in page
    assert "1 person gets a text The Poor Nobodys The Poor Nobodys, new time: you are on at 9:45 pm, was" in page
    assert "The night ends was 10:15 now 10:30 pm Move by 15 minutes" in page


def test_ten_minutes_are_looked_at_when_nothing_was_chosen(alice: FlaskClient) -> None:
    page = words(alice.get(PAGE))

    assert "5 min 9:35 10 min 9:40 15 min 9:45 Other" in page
    assert "Move by 10 minutes Texts leave after 30 seconds, so you can undo." in page


def test_minutes_may_be_typed(alice: FlaskClient) -> None:
    page = alice.get(f"{PAGE}?verb=late&slot=the-poor-nobodys&minutes=other&other=7")

    assert "The Poor Nobodys was 9:30 now 9:37 pm" in words(page)
    assert 'inputmode="numeric" autocomplete="off" value="7"' in page.text


def test_what_cannot_be_pressed_is_said_and_what_was_typed_stays(alice: FlaskClient) -> None:
    page = alice.get(f"{PAGE}?verb=late&slot=the-poor-nobodys&minutes=other&other=lots")

    assert page.status_code == 200
    assert "Give a whole number of minutes from 0 to 240." in words(page)
    assert 'value="lots"' in page.text


def test_more_lateness_is_offered_to_a_set_that_is_late_already(alice: FlaskClient, night: ANight) -> None:
    declare_late(night.slot("The Poor Nobodys").id, 12, by=SAM, now=night.at("20:50"))

    page = words(alice.get(PAGE))

    assert "15 min 9:45 20 min 9:50 25 min 9:55 Other" in page


@pytest.mark.parametrize(
    ("verb", "slot", "question"),
    [
        ("extend", "carlos-lumbi", "Let Carlos Lumbi play longer?"),
        ("end", "carlos-lumbi", "Has Carlos Lumbi finished?"),
        ("start", "the-poor-nobodys", "Has The Poor Nobodys started?"),
        ("cancel", "the-poor-nobodys", "Cancel The Poor Nobodys?"),
    ],
)
def test_every_press_can_be_looked_at_first(alice: FlaskClient, verb: str, slot: str, question: str) -> None:
    page = alice.get(f"{PAGE}?verb={verb}&slot={slot}")

    assert question in words(page)
    assert f'action="{PAGE}/{slot}/{verb}"' in page.text


def test_looking_presses_nothing(alice: FlaskClient, night: ANight) -> None:
    before = len(db.session.scalars(select(Press)).all())

    alice.get(f"{PAGE}?verb=cancel&slot=the-poor-nobodys")

    assert len(db.session.scalars(select(Press)).all()) == before
    assert night.slot("The Poor Nobodys").cancelled_at is None


def test_finished_is_one_press_that_says_it_and_can_be_undone(alice: FlaskClient, night: ANight) -> None:
    pressed = alice.post(f"{PAGE}/carlos-lumbi/end")
    page = alice.get(pressed.location)

    assert (pressed.status_code, pressed.location) == (303, PAGE)
    assert night.slot("Carlos Lumbi").ended_at == night.at("20:52")
    assert "Carlos Lumbi finished, 8:52 pm. Texts leave after 30 seconds. Undo" in words(page)


def test_undo_puts_it_back(alice: FlaskClient, night: ANight) -> None:
    alice.post(f"{PAGE}/carlos-lumbi/end")
    press_id = db.session.scalars(select(Press.id).order_by(Press.id.desc())).first()

    undone = alice.post(f"{PAGE}/undo/{press_id}")

    assert (undone.status_code, undone.location) == (303, PAGE)
    assert night.slot("Carlos Lumbi").ended_at is None
    assert "On now Started 8:40 Carlos Lumbi" in words(alice.get(PAGE))


def test_a_press_is_put_down_to_who_pressed(alice: FlaskClient, night: ANight) -> None:
    alice.post(f"{PAGE}/the-poor-nobodys/late", data={"minutes": "10"})

    press = db.session.scalars(select(Press).order_by(Press.id.desc())).first()
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert press is not None
    assert entry is not None
    assert (press.verb, press.minutes, press.by, press.coordinator_id) == ("late", 10, "Alice", entry.coordinator_id)
    assert (entry.what, entry.by) == ("slot.late", "Alice")
    assert night.slot("The Poor Nobodys").late_by == minutes(10)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("carlos-lumbi/start", "Carlos Lumbi has started already."),
        ("josh-granowski/end", "Josh Granowski has finished already."),
        ("the-poor-nobodys/extend", "The Poor Nobodys has not started yet. Set it started first."),
        ("the-poor-nobodys/restore", "The Poor Nobodys is not cancelled."),
    ],
)
def test_a_refused_press_comes_back_as_a_sentence(alice: FlaskClient, path: str, sentence: str) -> None:
    refused = alice.post(f"{PAGE}/{path}", data={"minutes": "5"})

    assert refused.status_code == 303
    assert sentence in words(alice.get(refused.location))


def test_a_refused_number_comes_back_with_what_was_typed(alice: FlaskClient) -> None:
    refused = alice.post(f"{PAGE}/the-poor-nobodys/late", data={"minutes": "lots"})
    page = alice.get(refused.location)

    assert refused.location == f"{PAGE}?verb=late&slot=the-poor-nobodys&minutes=lots"
    assert "Give a whole number of minutes from 0 to 240." in words(page)
    assert 'value="lots"' in page.text


def test_a_cancelled_set_can_be_brought_back_from_the_page(alice: FlaskClient, night: ANight) -> None:
    cancel_slot(night.slot("The Poor Nobodys").id, by=SAM, now=night.at("20:50"))

    listed = words(alice.get(PAGE))
    alice.post(f"{PAGE}/the-poor-nobodys/restore")

    assert "9:30 The Poor Nobodys 45 minutes Cancelled" in listed
    assert night.slot("The Poor Nobodys").cancelled_at is None


def test_what_a_performer_said_is_shown_and_accepted(alice: FlaskClient, night: ANight) -> None:
    with transaction():
        slot = night.slot("The Poor Nobodys")
        slot.said_late_by, slot.said_here_at = minutes(20), night.at("20:15")

    said = alice.get(PAGE)
    alice.post(f"{PAGE}/the-poor-nobodys/late", data={"minutes": "20"})
    accepted = words(alice.get(PAGE))

    assert "In the building since 8:15 pm Ready" in words(said)
    assert "Says: 20 min late See what moves Accept" in words(said)
    assert night.slot("The Poor Nobodys").late_by == minutes(20)
    assert "Says:" not in accepted


def test_the_curfew_is_never_passed_in_silence(alice: FlaskClient) -> None:
    page = words(alice.get(f"{PAGE}?verb=late&slot=the-poor-nobodys&minutes=50"))

    assert "Ends 11:05, curfew 11:00 pm. 10 minutes can be won back in changeovers. Move by 50 minutes" in page


def test_before_the_show_the_first_set_can_be_started(alice: FlaskClient) -> None:
    early = a_night(slug="early")
    coordinator = a_coordinator("Eve", organisation=early.organisation)

    with at_time(early, "19:58"):
        page = words(sign_in(alice, coordinator).get("/coordinate/early/show"))

    assert "7:58 pm On time" in page
    assert "Next 8:00 pm Josh Granowski Call Not confirmed Set started" in page
    assert "On now" not in page


def test_after_the_last_set_nothing_more_is_to_come(alice: FlaskClient, night: ANight) -> None:
    start_set(night.slot("The Poor Nobodys").id, by=SAM, now=night.at("20:50"))
    end_set(night.slot("The Poor Nobodys").id, by=SAM, now=night.at("20:51"))

    page = words(alice.get(PAGE))

    assert "Nothing more to come" in page
    assert "Everything on this stage is over." in page


def test_a_show_without_slots_says_so(client: FlaskClient) -> None:
    empty = a_night([])
    sign_in(client, a_coordinator(organisation=empty.organisation))

    page = client.get(PAGE)

    assert "The running order is empty, so there is nothing to run yet." in words(page)


def test_each_stage_has_its_own_page_and_a_press_comes_back_to_it(client: FlaskClient) -> None:
    two = a_night(stages=[a_stage("Inside", [a_slot("Josh")]), a_stage("Patio", [a_slot("Ana")])])
    sign_in(client, a_coordinator(organisation=two.organisation))

    with at_time(two, "19:55"):
        inside, patio = words(client.get(PAGE)), words(client.get(f"{PAGE}?stage=patio"))
        pressed = client.post(f"{PAGE}/ana/start")

    assert ("Next 8:00 pm Josh" in inside, "Next 8:00 pm Ana" in inside) == (True, False)
    assert ("Next 8:00 pm Josh" in patio, "Next 8:00 pm Ana" in patio) == (False, True)
    assert pressed.location == f"{PAGE}?stage=patio"


def test_times_are_those_of_the_shows_zone(client: FlaskClient) -> None:
    berlin = a_night([a_slot("Josh", "20:00")], zone="Europe/Berlin")
    sign_in(client, a_coordinator(organisation=berlin.organisation))

    with at_time(berlin, "20:05"):
        page = client.get(PAGE)

    assert "8:05 pm 5 min late" in words(page)
    assert 'data-zone="Europe/Berlin"' in page.text


def test_an_unchanged_page_is_not_sent_again(alice: FlaskClient, night: ANight) -> None:
    first = alice.get(PAGE)
    same = alice.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    other_look = alice.get(f"{PAGE}?verb=cancel&slot=carlos-lumbi", headers={"If-None-Match": first.headers["ETag"]})
    end_set(night.slot("Carlos Lumbi").id, by=SAM, now=night.at("20:52"))
    changed = alice.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})

    assert [same.status_code, other_look.status_code, changed.status_code] == [304, 200, 200]


def test_the_next_minute_is_another_page(alice: FlaskClient, night: ANight) -> None:
    first = alice.get(PAGE)

    with at_time(night, "20:53"):
        later = alice.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})

    assert later.status_code == 200
    assert "27 min left of 40" in words(later)


def queries_of(client: FlaskClient, address: str) -> int:
    with counted() as statements:
        assert client.get(address).status_code == 200
    return len(statements)


@pytest.mark.parametrize("page", ["show", "people"])
def test_a_long_night_takes_no_more_queries(client: FlaskClient, page: str) -> None:
    short = a_night([a_slot("Josh"), a_slot("Carlos")], shifts=[a_shift(starts="19:30", ends="20:30", people=("Ana",))])
    long = a_night(
        [a_slot(f"Act {number}", people=(f"A{number}", f"B{number}")) for number in range(10)],
        shifts=[a_shift(starts="19:30", ends="20:30", people=(f"V{number}", f"W{number}")) for number in range(8)],
        organisation=short.organisation,
        slug="long",
    )
    sign_in(client, a_coordinator(organisation=short.organisation))

    with at_time(long, "19:00"):
        counts = [queries_of(client, f"/coordinate/{night.event.slug}/{page}") for night in (short, long)]

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "show"),
        ("GET", "people"),
        ("POST", "show/carlos-lumbi/end"),
        ("POST", "show/undo/1"),
    ],
)
def test_nobody_but_a_coordinator_gets_in_and_charlie_learns_nothing(
    client: FlaskClient, night: ANight, method: str, path: str
) -> None:
    address = f"/coordinate/justice-in-motion/{path}"

    stranger = client.open(address, method=method)
    charlie = sign_in(client, a_coordinator("Charlie")).open(address, method=method)

    assert (stranger.status_code, stranger.location.split("?")[0]) == (303, "/sign-in")
    assert charlie.status_code == 404
    assert night.slot("Carlos Lumbi").ended_at is None


def test_bob_who_helps_may_press(client: FlaskClient, night: ANight) -> None:
    bob = a_coordinator("Bob", organisation=night.organisation, role="stage_manager")

    with at_time(night, "20:52"):
        sign_in(client, bob).post(f"{PAGE}/carlos-lumbi/end")

    assert night.slot("Carlos Lumbi").ended_at == night.at("20:52")


def test_a_press_of_another_show_is_not_undone_here(alice: FlaskClient, night: ANight) -> None:
    other = a_night(slug="other")
    press = start_set(other.slot("Josh Granowski").id, by=SAM, now=other.at("20:00"))

    answer = alice.post(f"{PAGE}/undo/{press.id}")

    assert answer.status_code == 404
    assert other.slot("Josh Granowski").started_at is not None


@pytest.mark.parametrize("path", ["nobody/start", "carlos-lumbi/dance"])
def test_what_is_not_there_cannot_be_pressed(alice: FlaskClient, path: str) -> None:
    assert alice.post(f"{PAGE}/{path}").status_code == 404


def test_people_are_listed_with_their_phones_in_the_order_they_are_needed(alice: FlaskClient, night: ANight) -> None:
    page = alice.get("/coordinate/justice-in-motion/people")

    assert "9:30 The Poor Nobodys Not confirmed Call" in words(page)
    assert "Stage help, 9:20 to 9:30 pm Coming Call" in words(page)
    assert f'href="tel:{night.person("Ana").phone}"' in page.text
