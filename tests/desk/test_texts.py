"""The texts of a show: what is shown, writing by hand with a preview, taking back, pausing, answering."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator import clock
from coordinator.db import db, transaction
from coordinator.messaging.actions import stop_texts
from coordinator.messaging.models import Message
from coordinator.messaging.queries import inbox
from coordinator.shownight.actions import By, declare_late
from tests.builders import MADE_AT, a_coordinator, a_message, a_night, a_slot, an_organisation, sign_in
from tests.desk.writing import TEXTS, form_of, notes, written
from tests.night import ANight
from tests.playing import Playing


def signed_in(client: FlaskClient) -> tuple[ANight, FlaskClient]:
    night = a_night([a_slot("Josh Granowski", "20:00"), a_slot("Carlos Lumbi", "20:50")])
    return night, sign_in(client, a_coordinator("Alice", organisation=night.organisation))


def test_planned_sent_failed_and_answered_texts_stand_on_their_own_shelves(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    josh = night.person("Josh Granowski")
    for state in ("waiting", "delivered", "failed"):
        a_message(night, josh, body=f"This one is {state}.", state=state, due_at=night.at("19:00"))
    a_message(night, josh, body="Here I am", direction="in", kind="reply", state="received")

    shelves = {shelf: alice.get(f"{TEXTS}{shelf}").text for shelf in ("", "/sent", "/failed", "/answers")}

    assert "This one is waiting." in shelves[""]
    assert "This one is delivered." not in shelves[""]
    assert "This one is delivered." in shelves["/sent"]
    assert "This one is waiting." not in shelves["/sent"]
    assert "This one is failed." in shelves["/failed"]
    assert "Here I am" in shelves["/answers"]


def test_writing_shows_who_gets_what_before_it_sends(app: Flask, client: FlaskClient) -> None:
    _night, alice = signed_in(client)

    shown = alice.post(f"{TEXTS}/write?to=unconfirmed", data={"body": "Dear {first_name}, {time}?", "preview": "1"})

    assert shown.status_code == 200
    assert "Benefit Nights: Dear Josh, 8:00 pm? Reply STOP to opt out." in shown.text
    assert "Benefit Nights: Dear Carlos, 8:50 pm? Reply STOP to opt out." in shown.text
    assert notes() == []


def test_what_was_sent_by_hand_leaves_after_30_seconds_and_can_be_taken_back(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    answer = written(alice, "Dear {first_name}")
    batch = answer.location.partition("undo=")[2]

    waited = [row.due_at - row.created_at for row in db.session.scalars(select(Message)) if row.due_at]
    taken = alice.post(f"{TEXTS}/undo/{batch}", follow_redirects=True)

    assert waited == [timedelta(seconds=30)] * 2
    assert "2 texts were taken back." in taken.text
    assert [state for _, _, state in notes()] == ["cancelled", "cancelled"]
    assert night.event.texts_paused_at is None


def test_what_has_left_cannot_be_taken_back(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    answer = written(alice, "Hello")
    with transaction():
        for message in db.session.scalars(select(Message).where(Message.kind == "note")):
            message.state = "delivered"

    taken = alice.post(f"{TEXTS}/undo/{answer.location.partition('undo=')[2]}", follow_redirects=True)

    assert "It was too late: they had left." in taken.text
    assert night.slot("Josh Granowski").answer == "invited"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Write what the text should say."),
        ("Dear {nmae}", "{nmae} is not known."),
        ("x" * 1700, "A text can have 1600 characters at the most."),
    ],
)
def test_words_that_cannot_be_sent_are_refused_and_stay(
    sqlite_app: Flask, sqlite_client: FlaskClient, words: str, sentence: str
) -> None:
    _night, alice = signed_in(sqlite_client)

    answer = alice.post(f"{TEXTS}/write", data={"to": "unconfirmed", "body": words, "send": "1"})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert words in answer.text
    assert notes() == []


def test_nobody_who_opted_out_or_never_agreed_is_written_to(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    with transaction():
        night.person("Carlos Lumbi").agreed_at = None
    stop_texts(night.person("Josh Granowski").phone or "", sender="simulated", how="STOP", now=night.at("12:00"))

    answer = alice.post(f"{TEXTS}/write", data={"to": "unconfirmed", "body": "Hello", "send": "1"})

    assert answer.status_code == 422
    assert "None of them can be texted. Call them instead." in answer.text
    assert "replied STOP" in answer.text
    assert "has not agreed to texts" in answer.text
    assert notes() == []


def test_a_paused_show_sends_nothing_until_it_is_let_go(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    playing = Playing(night.at("12:00") - timedelta(days=3))

    alice.post(f"{TEXTS}/pause", data={"paused": "1"})
    paused = playing.tick()
    alice.post(f"{TEXTS}/pause", data={"paused": "0"})
    going = playing.tick()

    assert paused == []
    assert len(going) == 2


def test_what_somebody_wrote_is_answered_and_leaves_the_inbox(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    playing = Playing(clock.now())
    message = playing.text_in(night.person("Josh Granowski").phone or "", "May I bring a friend?")
    playing.tick()

    shown = alice.get(f"{TEXTS}/thread/{message.id}")
    alice.post(f"{TEXTS}/thread/{message.id}", data={"body": "Of course you may."})
    said = playing.tick(clock.now())

    assert "May I bring a friend?" in shown.text
    assert said == ["Of course you may."]
    assert inbox(night.organisation.id) == []


def test_an_empty_answer_is_refused(sqlite_app: Flask, sqlite_client: FlaskClient) -> None:
    night, alice = signed_in(sqlite_client)
    message = Playing(night.at("12:00")).text_in(night.person("Josh Granowski").phone or "", "Hello?")

    answer = alice.post(f"{TEXTS}/thread/{message.id}", data={"body": "  "})

    assert answer.status_code == 422
    assert "Write an answer of 1 to 1600 characters." in answer.text
    assert len(inbox(night.organisation.id)) == 1


def test_texts_of_another_organisation_are_not_shown(app: Flask, client: FlaskClient) -> None:
    night, _alice = signed_in(client)
    message = a_message(night, night.person("Josh Granowski"))
    charlie = sign_in(client, a_coordinator("Charlie", organisation=an_organisation("Others")))

    pages = [charlie.get(f"{TEXTS}{path}").status_code for path in ("", "/sent", "/write", f"/thread/{message.id}")]

    assert pages == [404, 404, 404, 404]


def test_a_long_shelf_has_pages(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    for number in range(205):
        lost_at = night.at("12:00") + timedelta(seconds=number)
        a_message(night, night.person("Josh Granowski"), body=f"<{number}>", state="failed", finished_at=lost_at)

    pages = [alice.get(f"{TEXTS}/failed?page={page}").text for page in ("1", "2", "3", "4", "-1")]

    shown = [[number for number in range(205) if f"&lt;{number}&gt;" in page] for page in pages]
    assert [(each[0], each[-1]) for each in shown] == [(105, 204), (5, 104), (0, 4), (0, 4), (105, 204)]
    assert "Page 2 of 3" in pages[1]
    assert "/failed?page=3" in pages[1]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", {"A call to Josh", "Details for Josh", "A call to Carlos"}),
        ("?what=call", {"A call to Josh", "A call to Carlos"}),
        ("?state=delivered", {"A call to Josh", "A call to Carlos"}),
        ("?state=waiting", {"A call to Josh", "Details for Josh", "A call to Carlos"}),
        ("?to=act-none", set()),
        ("?what=call&to=person-{josh}", {"A call to Josh"}),
        ("?what=call&to=person-{josh}&state=sent", set()),
    ],
)
def test_a_shelf_can_be_narrowed(app: Flask, client: FlaskClient, asked: str, shown: set[str]) -> None:
    night, alice = signed_in(client)
    josh, carlos = night.person("Josh Granowski"), night.person("Carlos Lumbi")
    a_message(night, josh, body="A call to Josh", state="delivered", rule="call")
    a_message(night, josh, body="Details for Josh", state="sent", rule="details")
    a_message(night, carlos, body="A call to Carlos", state="delivered", rule="call")

    page = alice.get(f"{TEXTS}/sent{asked.format(josh=josh.id)}").text

    assert {each for each in ("A call to Josh", "Details for Josh", "A call to Carlos") if each in page} == shown


def test_a_person_has_one_thread_with_what_they_never_got(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    josh = night.person("Josh Granowski")
    a_message(night, josh, body="You are on.", state="undelivered", error_code=30003, sent_at=night.at("12:00"))
    a_message(night, josh, body="Not yet due.", state="waiting", due_at=night.at("19:00"))

    page = alice.get(f"{TEXTS}/people/{josh.id}").text

    assert "You are on." in page
    assert "The phone was off or out of reach. (30003)" in page
    assert "Not yet due." not in page


def test_a_conversation_says_when_they_are_on_as_the_show_runs(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    josh, slot = night.person("Josh Granowski"), night.slot("Josh Granowski")
    text = a_message(night, josh, body="May I park?", direction="in", kind="reply", state="received")
    declare_late(slot.id, 20, by=By("Sam Stage"), now=night.at("19:00"))

    shown = alice.get(f"{TEXTS}/thread/{text.id}").text

    assert "Josh Granowski, 8:20" in shown


def test_what_a_person_wrote_is_answered_from_their_thread_once(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    josh = night.person("Josh Granowski")
    playing = Playing(clock.now())
    playing.text_in(josh.phone or "", "May I bring a friend?")
    playing.tick()
    form = {"body": "Of course you may.", "batch": form_of(alice.get(f"{TEXTS}/people/{josh.id}"))["batch"]}

    pressed = [alice.post(f"{TEXTS}/people/{josh.id}", data=form, follow_redirects=True).text for _ in range(2)]

    assert "Your answer is on its way." in pressed[0]
    assert "Nobody gets its text twice." in pressed[1]
    assert playing.tick(clock.now()) == ["Of course you may."]
    assert inbox(night.organisation.id) == []


def test_who_never_wrote_gets_a_note_that_can_be_taken_back(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    josh = night.person("Josh Granowski")

    answer = alice.post(f"{TEXTS}/people/{josh.id}", data={"body": "See you soon."})

    assert "undo=" in answer.location
    assert notes() == [("Josh", "Benefit Nights: See you soon. Reply STOP to opt out.", "waiting")]


def test_what_was_written_long_ago_is_not_answered_in_the_night(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    josh = night.person("Josh Granowski")
    long_ago: dict[str, Any] = {"direction": "in", "kind": "reply", "state": "received", "created_at": MADE_AT}
    a_message(night, josh, body="C", **long_ago)

    alice.post(f"{TEXTS}/people/{josh.id}", data={"body": "See you soon."})

    assert [body for _name, body, _state in notes()] == ["Benefit Nights: See you soon. Reply STOP to opt out."]


def test_nothing_is_written_from_a_thread_to_who_opted_out(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    josh = night.person("Josh Granowski")
    Playing(night.at("12:00")).text_in(josh.phone or "", "STOP")
    stop_texts(josh.phone or "", sender="simulated", how="STOP", now=night.at("12:00"))

    page = alice.get(f"{TEXTS}/people/{josh.id}")
    pressed = alice.post(f"{TEXTS}/people/{josh.id}", data={"body": "Please?"})

    assert "Nothing can be sent: call instead." in page.text
    assert pressed.status_code == 422
    assert [message.body for message in db.session.scalars(select(Message)) if message.body == "Please?"] == []
