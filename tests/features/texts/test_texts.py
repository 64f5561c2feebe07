"""The texts of a show: what is shown, writing by hand with a preview, taking back, pausing, answering."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator import clock
from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.messaging.actions.consent import stop_texts
from coordinator.messaging.models import Direction, Message
from coordinator.messaging.queries.texts import inbox
from coordinator.shownight.actions.pressing import declare_late
from tests.builders import MADE_AT, a_coordinator, a_message, a_night, a_slot, an_organisation, sign_in
from tests.features.texts.writing import TEXTS, form_of, notes, written
from tests.night import ANight
from tests.playing import Playing


def signed_in(client: FlaskClient) -> tuple[ANight, FlaskClient]:
    night = a_night([a_slot("Josh Granowski", "20:00"), a_slot("Carlos Lumbi", "20:50")])
    return night, sign_in(client, a_coordinator("Alice", organisation=night.organisation))


def texts_out(kind: str = "") -> list[str]:
    """The bodies of our own texts, of this kind alone where one is named."""
    ours = select(Message.body).where(Message.direction == Direction.OUT, Message.kind.startswith(kind))
    return list(db.session.scalars(ours.order_by(Message.id)))


def test_planned_sent_failed_and_answered_texts_stand_on_their_own_shelves(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    josh = night.person("Josh Granowski")
    for state in ("waiting", "delivered", "failed"):
        a_message(night, josh, body=f"This one is {state}.", state=state, due_at=night.at("19:00"))
    a_message(night, josh, body="Here I am", direction=Direction.IN, kind="reply", state="received")

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
    assert "Benefit Nights: Dear Josh, 8pm? Reply STOP to opt out." in shown.text
    assert "Benefit Nights: Dear Carlos, 8:50pm? Reply STOP to opt out." in shown.text
    assert notes() == []


def test_what_was_sent_by_hand_leaves_after_30_seconds_and_can_be_taken_back(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    answer = written(alice, "Dear {first_name}")
    batch = answer.location.partition("undo=")[2]

    waited = [row.due_at - row.created_at for row in db.session.scalars(select(Message)) if row.due_at]
    taken = alice.post(f"{TEXTS}/undo/{batch}", follow_redirects=True)

    assert waited == [timedelta(seconds=30)] * 2
    assert "2 texts were canceled." in taken.text
    assert [state for _, _, state in notes()] == ["cancelled", "cancelled"]
    assert night.event.texts_paused_at is None


def test_what_has_left_cannot_be_taken_back(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    answer = written(alice, "Hello")
    with transaction():
        for message in db.session.scalars(select(Message).where(Message.kind == "note")):
            message.state = "delivered"

    taken = alice.post(f"{TEXTS}/undo/{answer.location.partition('undo=')[2]}", follow_redirects=True)

    assert "It was too late: they had already gone out." in taken.text
    assert night.slot("Josh Granowski").answer == "invited"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Enter what the text should say."),
        ("Dear {nmae}", "{nmae} is not known."),
        ("x" * 1700, "Texts are limited to 1600 characters."),
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
    stop_texts(night.person("Josh Granowski").phone or "", sender="simulated", cause="STOP", now=night.at("12:00"))

    answer = alice.post(f"{TEXTS}/write", data={"to": "unconfirmed", "body": "Hello", "send": "1"})

    assert answer.status_code == 422
    assert "None of them can be texted. Call them instead." in answer.text
    assert "replied STOP" in answer.text
    assert "hasn&#39;t agreed to texts" in answer.text
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
    assert "Enter a reply of 1 to 1600 characters." in answer.text
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
    text = a_message(night, josh, body="May I park?", direction=Direction.IN, kind="reply", state="received")
    declare_late(slot.id, 20, actor=Actor("Sam Stage"), now=night.at("19:00"))

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
    assert "Nobody gets the same text twice." in pressed[1]
    assert playing.tick(clock.now()) == ["Of course you may."]
    assert inbox(night.organisation.id) == []


def test_who_has_written_nothing_is_written_to_with_a_preview(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    josh = night.person("Josh Granowski")

    page = alice.get(f"{TEXTS}/people/{josh.id}").text
    answer = alice.post(f"{TEXTS}/people/{josh.id}", data={"body": "See you soon: {link}"})
    kept = alice.post(answer.location, data={"body": "See you soon: {link}"})

    assert f"{TEXTS}/write?to=person-{josh.id}" in page
    assert "<textarea" not in page
    assert (answer.status_code, answer.location) == (307, f"{TEXTS}/write?to=person-{josh.id}")
    assert ">See you soon: {link}</textarea>" in kept.text
    assert notes() == []


LONG_AGO: dict[str, Any] = {"direction": "in", "kind": "reply", "state": "received", "created_at": MADE_AT}


def test_what_was_written_long_ago_is_not_answered_in_the_night(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    josh = night.person("Josh Granowski")
    text = a_message(night, josh, body="C", **LONG_AGO)

    theirs = alice.post(f"{TEXTS}/people/{josh.id}", data={"body": "See you soon."})
    thread = alice.post(f"{TEXTS}/thread/{text.id}", data={"body": "See you soon."})

    assert (theirs.status_code, thread.status_code) == (307, 422)
    assert "They wrote this more than a day ago" in thread.text
    assert ">See you soon.</textarea>" in thread.text
    assert texts_out() == []


def test_the_conversation_of_one_of_our_own_texts_is_read_only(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    code = a_message(night, night.person("Josh Granowski"), kind="code", body="123456", state="sent")

    page = alice.get(f"{TEXTS}/thread/{code.id}")
    pressed = [
        alice.post(f"{TEXTS}/thread/{code.id}", data=data).status_code for data in ({"body": "Hi"}, {"read": "1"})
    ]

    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert pressed == [404, 404]
    assert texts_out() == ["123456"]


def test_every_unread_text_of_a_person_can_be_taken_out_of_the_inbox(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    josh = night.person("Josh Granowski")
    a_message(night, josh, body="May I park?", needs_answer=True, **LONG_AGO)
    a_message(night, josh, body="C", **LONG_AGO)
    page = alice.get(f"{TEXTS}/people/{josh.id}")

    alice.post(f"{TEXTS}/people/{josh.id}", data={**form_of(page), "read": "1"})

    assert "Read, no answer needed" in page.text
    assert inbox(night.organisation.id) == []


def test_what_came_in_since_the_page_was_shown_stays_in_the_inbox(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    josh = night.person("Josh Granowski")
    a_message(night, josh, body="May I park?", needs_answer=True, **LONG_AGO)
    shown = form_of(alice.get(f"{TEXTS}/people/{josh.id}"))
    a_message(night, josh, body="And a dog?", needs_answer=True, **LONG_AGO)

    alice.post(f"{TEXTS}/people/{josh.id}", data={**shown, "read": "1"})

    assert [message.body for message in inbox(night.organisation.id)] == ["And a dog?"]


def test_a_cancel_that_stopped_all_texts_can_be_taken_as_read(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    josh = night.person("Josh Granowski")
    Playing(night.at("12:00")).text_in(josh.phone or "", "CANCEL")
    stop_texts(josh.phone or "", sender="simulated", cause="CANCEL", now=night.at("12:00"))
    page = alice.get(f"{TEXTS}/people/{josh.id}")

    alice.post(f"{TEXTS}/people/{josh.id}", data={**form_of(page), "read": "1"})

    assert "You can't send them a text. Call instead." in page.text
    assert "Read, no answer needed" in page.text
    assert inbox(night.organisation.id) == []


def test_a_shelf_that_was_read_is_shown_anew_at_once(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    text = a_message(night, night.person("Josh Granowski"), body="May I park?", needs_answer=True, **LONG_AGO)
    etag = alice.get(f"{TEXTS}/answers").headers["ETag"]

    alice.post(f"{TEXTS}/thread/{text.id}", data={"read": "1"})
    again = alice.get(f"{TEXTS}/answers", headers={"If-None-Match": etag})

    assert again.status_code == 200
    assert "Unread" not in again.text


@pytest.mark.parametrize("words", ["Here: {link}", "{ or }"])
def test_braces_in_an_answer_are_refused_and_stay(sqlite_app: Flask, sqlite_client: FlaskClient, words: str) -> None:
    night, alice = signed_in(sqlite_client)
    josh = night.person("Josh Granowski")
    Playing(clock.now()).text_in(josh.phone or "", "Where do I sign?")

    answer = alice.post(f"{TEXTS}/people/{josh.id}", data={"body": words})

    assert answer.status_code == 422
    assert "Braces aren&#39;t filled in here. Write out the actual words." in answer.text
    assert f">{words}</textarea>" in answer.text


def test_an_answer_of_more_than_one_segment_is_shown_before_it_leaves(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    josh = night.person("Josh Granowski")
    Playing(clock.now()).text_in(josh.phone or "", "Where do I park?")
    words, page = "Behind the café, á la derecha. " * 3, f"{TEXTS}/people/{josh.id}"

    shown = alice.post(page, data={"body": words})
    unsent = texts_out("reply")
    alice.post(page, data={**form_of(shown), "body": words})

    assert shown.status_code == 200
    assert "2 segments" in shown.text
    assert "á makes this text 2 segments." in shown.text
    assert unsent == []
    assert texts_out("reply") == [words.strip()]


def test_a_strangers_text_is_shown_to_every_organisation_until_one_has_answered(
    app: Flask, client: FlaskClient
) -> None:
    night, alice = signed_in(client)
    an_organisation("Others")
    text = Playing(clock.now()).text_in("+12125550199", "Is it sold out?")

    shelf = alice.get(f"{TEXTS}/answers").text
    page = alice.get(f"{TEXTS}/thread/{text.id}").text
    needed = alice.get("/coordinate/justice-in-motion").text
    alice.post(f"{TEXTS}/thread/{text.id}", data={"body": "No, come along."})

    assert text.organisation_id is None
    assert all("Is it sold out?" in each for each in (shelf, page, needed))
    assert "every organization here sees it" in page
    assert texts_out("reply") == ["No, come along."]
    assert inbox(night.organisation.id) == []


@pytest.mark.parametrize("page", ["people/{josh}", "thread/{text}"])
def test_nothing_is_written_from_a_thread_to_who_opted_out(app: Flask, client: FlaskClient, page: str) -> None:
    night, alice = signed_in(client)
    josh = night.person("Josh Granowski")
    text = Playing(night.at("12:00")).text_in(josh.phone or "", "STOP")
    stop_texts(josh.phone or "", sender="simulated", cause="STOP", now=night.at("12:00"))
    there = f"{TEXTS}/{page.format(josh=josh.id, text=text.id)}"

    shown = alice.get(there)
    pressed = alice.post(there, data={"body": "Please?"})

    assert "You can't send them a text. Call instead." in shown.text
    assert "<textarea" not in shown.text
    assert pressed.status_code == 422
    assert "You can't send them a text. Call instead." in pressed.text
    assert ">Please?</textarea>" in pressed.text
    assert texts_out("reply") == []
