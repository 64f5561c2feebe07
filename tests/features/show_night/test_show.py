"""The show night, pressed from its page."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.models import Actor, AuditEntry, Via
from coordinator.db import db, transaction
from coordinator.lineup.actions.answers import answer_slot, say_here, say_late
from coordinator.shownight.actions.pressing import cancel_slot, declare_late, end_set, extend_set, start_set
from coordinator.shownight.models import Press
from tests.builders import ANight, a_coordinator, a_message, a_night, a_slot, minutes, sign_in
from tests.features.show_night.pressing import PAGE, SAM, at_time, look, press, shown
from tests.reading import words


def said_late(night: ANight, name: str, late_by: int, until: str, at: str) -> None:
    slot = night.slot(name)
    say_late(slot, minutes(late_by), now=night.at(at), starts_at=night.at(until), person=slot.people[0])


def pressing(page: TestResponse, key: str) -> dict[str, str]:
    """What the button sends with which the performer's word about this slot is accepted."""
    card = page.text.partition(f'id="alert-late-{key}"')[2].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', card))


def test_the_page_says_what_is_on_and_what_comes_next(alice: FlaskClient) -> None:
    page = words(alice.get(PAGE))

    assert "8:52 PM 10 min late ends 10:15 PM" in page
    assert "On now Carlos Lumbi Call 28 min left of 40 9:20 PM should end, started 8:40" in page
    assert "12 of 40 minutes played Set finished +2 +5 no texts, ends 10:15" in page
    assert "Next 9:30 PM The Poor Nobodys Call Not confirmed Set started Here Move" in page
    assert "8:10 planned 8:00 Josh Granowski Played 20 minutes Done" in page
    assert "9:20 Changeover 10 minutes, 2 stage helpers At its minimum, 10 min short" in page
    assert "Ends 10:15, curfew 11:00 PM." in page


def test_moving_the_rest_of_the_night_is_shown_before_it_is_pressed(alice: FlaskClient) -> None:
    page = words(alice.get(f"{PAGE}?verb=late&slot=the-poor-nobodys&by=15"))

    assert "Move by 15 minutes The Poor Nobodys was 9:30 now 9:45 PM" in page
    assert "1 person gets a text The Poor Nobodys The Poor Nobodys, new time: you're on at 9:45pm, was" in page
    assert "The night ends was 10:15 now 10:30 PM" in page


def test_ten_minutes_are_looked_at_when_nothing_was_chosen(alice: FlaskClient) -> None:
    page = words(alice.get(f"{PAGE}?verb=late&slot=the-poor-nobodys"))

    assert "+5 9:35 +10 9:40 +15 9:45 Other" in page
    assert "Move by 10 minutes" in page


def test_minutes_may_be_typed(alice: FlaskClient) -> None:
    page = alice.get(f"{PAGE}?verb=late&slot=the-poor-nobodys&by=other&other=7")

    assert "The Poor Nobodys was 9:30 now 9:37 PM" in words(page)
    assert 'inputmode="numeric" autocomplete="off" value="7"' in page.text


def test_what_cannot_be_pressed_is_said_and_what_was_typed_stays(alice: FlaskClient) -> None:
    page = alice.get(f"{PAGE}?verb=late&slot=the-poor-nobodys&by=other&other=lots")

    assert page.status_code == 200
    assert "Enter a whole number of minutes from 0 to 240." in words(page)
    assert 'value="lots"' in page.text


def test_minutes_count_from_what_now_stands_and_lead_back(alice: FlaskClient, night: ANight) -> None:
    declare_late(night.slot("The Poor Nobodys").id, 12, actor=SAM, now=night.at("20:50"))

    page = words(alice.get(f"{PAGE}?verb=late&slot=the-poor-nobodys"))

    assert "−5 9:37 +5 9:47 +10 9:52 +15 9:57 As advertised 9:30 Other" in page


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
    pressed = press(alice, "carlos-lumbi", "end")
    page = alice.get(pressed.location)

    assert (pressed.status_code, pressed.location) == (303, PAGE)
    assert night.slot("Carlos Lumbi").ended_at == night.at("20:52")
    assert "Main stage: Carlos Lumbi finished, you, 8:52. Nobody has been told yet. Undo" in words(page)


def test_a_press_is_put_down_to_who_pressed(alice: FlaskClient, night: ANight) -> None:
    press(alice, "the-poor-nobodys", "late", "10")

    made = db.session.scalars(select(Press).order_by(Press.id.desc())).first()
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert made is not None
    assert entry is not None
    assert (made.verb, made.minutes, made.by, made.coordinator_id) == ("late", 10, "Alice", entry.coordinator_id)
    assert (entry.what, entry.by) == ("slot.late", "Alice")
    assert night.slot("The Poor Nobodys").late_by == minutes(10)


def test_typed_minutes_that_were_not_shown_are_not_pressed_but_shown(alice: FlaskClient, night: ANight) -> None:
    ten = look(alice, "the-poor-nobodys", "late", "10")

    answer = alice.post(f"{PAGE}/the-poor-nobodys/late", data=ten | {"by": "other", "other": "7"})
    page = alice.get(answer.location)
    nothing = night.slot("The Poor Nobodys").late_by
    again = {"shown": shown(page, "the-poor-nobodys", "late"), "by": "other", "other": "7", "looked": "7"}
    alice.post(f"{PAGE}/the-poor-nobodys/late", data=again)

    assert answer.status_code == 303
    assert nothing is None
    assert ("Nothing has been marked yet. You hadn't seen what this choice does. Here it is: tap once more.") in words(
        page
    )
    assert "The Poor Nobodys was 9:30 now 9:37 PM" in words(page)
    assert "Move by 7 minutes" in words(page)
    assert 'autocomplete="off" value="7"' in page.text
    assert night.slot("The Poor Nobodys").late_by == minutes(7)


def test_without_a_script_the_form_looks_first_and_then_presses(alice: FlaskClient, night: ANight) -> None:
    ten = look(alice, "the-poor-nobodys", "late", "10")

    looked = alice.post(f"{PAGE}/the-poor-nobodys/late", data=ten | {"by": "other", "other": "7", "look": "1"})

    assert looked.location == f"{PAGE}?by=other&other=7&verb=late&slot=the-poor-nobodys#look-late-the-poor-nobodys"
    assert "Nothing has been marked yet" not in words(alice.get(looked.location))
    assert night.slot("The Poor Nobodys").late_by is None


@pytest.mark.parametrize("what", ["", "nonsense", "a.b.c"])
def test_a_press_that_was_not_shown_is_not_pressed(alice: FlaskClient, night: ANight, what: str) -> None:
    answer = alice.post(f"{PAGE}/carlos-lumbi/end", data={"shown": what})

    assert answer.location == f"{PAGE}?verb=end&slot=carlos-lumbi&again=night#look-end-carlos-lumbi"
    assert night.slot("Carlos Lumbi").ended_at is None


def test_a_press_is_refused_when_somebody_else_has_changed_what_it_does(alice: FlaskClient, night: ANight) -> None:
    ten = look(alice, "the-poor-nobodys", "late", "10")
    extend_set(night.slot("Carlos Lumbi").id, 25, actor=SAM, now=night.at("20:52"))

    answer = alice.post(f"{PAGE}/the-poor-nobodys/late", data=ten)
    page = alice.get(answer.location)

    assert night.slot("The Poor Nobodys").late_by is None
    assert "Nothing has been marked yet. Marked by Sam Stage: Carlos Lumbi 25 min longer 8:52." in words(page)
    assert "This is what it does now: tap once more. Minutes from its time now" in words(page)
    assert 'name="by" value="10" checked' in page.text
    assert press(alice, "the-poor-nobodys", "late", "10").location == PAGE


def test_a_text_that_has_become_a_call_since_is_shown_before_it_is_pressed(alice: FlaskClient, night: ANight) -> None:
    ten = look(alice, "the-poor-nobodys", "late", "10")
    with transaction():
        night.person("The Poor Nobodys").phone = None

    answer = alice.post(f"{PAGE}/the-poor-nobodys/late", data=ten)

    assert night.slot("The Poor Nobodys").late_by is None
    asked = words(alice.get(answer.location))
    assert ("Tell The Poor Nobodys in person : The Poor Nobodys is now on at 9:40 PM (was 9:30 PM).") in asked


@pytest.mark.parametrize("verb", ["end", "late"])
def test_seconds_that_pass_refuse_nothing(alice: FlaskClient, night: ANight, verb: str) -> None:
    slot, number = ("carlos-lumbi", "") if verb == "end" else ("the-poor-nobodys", "10")
    form = look(alice, slot, verb, number)

    with at_time(night, "20:53:59"):
        answer = alice.post(f"{PAGE}/{slot}/{verb}", data=form)

    assert answer.location == PAGE


def test_a_start_a_minute_later_takes_the_times_behind_it_along(client: FlaskClient, night: ANight) -> None:
    sign_in(client, a_coordinator(organisation=night.organisation))
    with at_time(night, "21:24"):  # Carlos runs over: whoever is shown a start now sees 9:24 and what it moves
        form = look(client, "the-poor-nobodys", "start")
    with at_time(night, "21:25:30"):
        answer = client.post(f"{PAGE}/the-poor-nobodys/start", data=form)

    assert answer.location == PAGE
    assert night.slot("The Poor Nobodys").started_at == night.at("21:25:30")


@pytest.mark.parametrize(("pressed", "done"), [("20:57", True), ("20:59", True), ("21:01", False)])
def test_an_end_moves_texts_by_two_minutes_at_most_without_showing_it_again(
    client: FlaskClient, pressed: str, done: bool
) -> None:
    tight = a_night([a_slot("Josh", "20:00", minutes=30, changeover=10), a_slot("Carlos", "20:40", changeover=10)])
    start_set(tight.slot("Josh").id, actor=SAM, now=tight.at("20:00"))
    told: dict[str, Any] = {"slot_id": tight.slot("Carlos").id, "anchor": "set_start", "says_at": tight.at("20:40")}
    a_message(tight, tight.person("Carlos"), **told, claimed_at=tight.at("19:40"), state="delivered")
    sign_in(client, a_coordinator(organisation=tight.organisation))

    with at_time(tight, "20:57"):
        form = look(client, "josh", "end")
    with at_time(tight, pressed):
        client.post(f"{PAGE}/josh/end", data=form)

    assert (tight.slot("Josh").ended_at is not None) is done


def test_a_second_tap_does_not_lengthen_a_set_twice(alice: FlaskClient, night: ANight) -> None:
    five = look(alice, "carlos-lumbi", "extend", "5")

    first = alice.post(f"{PAGE}/carlos-lumbi/extend", data=five)
    second = alice.post(f"{PAGE}/carlos-lumbi/extend", data=five)

    assert (first.location, second.location != PAGE) == (PAGE, True)
    assert night.slot("Carlos Lumbi").extension == minutes(5)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("carlos-lumbi/start", "Carlos Lumbi has already started."),
        ("josh-granowski/end", "Josh Granowski has already finished."),
        ("the-poor-nobodys/extend", "The Poor Nobodys hasn't started yet. Mark it as started first."),
        ("the-poor-nobodys/restore", "The Poor Nobodys isn't canceled."),
    ],
)
def test_a_refused_press_comes_back_as_a_sentence(alice: FlaskClient, path: str, sentence: str) -> None:
    refused = alice.post(f"{PAGE}/{path}", data={"minutes": "5"})

    assert refused.status_code == 303
    assert sentence in words(alice.get(refused.location))


def test_a_refused_number_comes_back_with_what_was_typed(alice: FlaskClient) -> None:
    refused = alice.post(f"{PAGE}/the-poor-nobodys/late", data={"minutes": "lots"})
    page = alice.get(refused.location)

    assert refused.location.startswith(f"{PAGE}?minutes=lots&verb=late&slot=the-poor-nobodys&again=minutes#")
    assert "Enter a whole number of minutes from 0 to 240." in words(page)
    assert 'value="lots"' in page.text


def test_a_cancelled_set_can_be_brought_back_from_the_page(alice: FlaskClient, night: ANight) -> None:
    cancel_slot(night.slot("The Poor Nobodys").id, actor=SAM, now=night.at("20:50"))

    listed = words(alice.get(PAGE))
    press(alice, "the-poor-nobodys", "restore")

    assert "9:30 The Poor Nobodys 45 minutes Canceled" in listed
    assert night.slot("The Poor Nobodys").cancelled_at is None


def test_what_a_performer_said_is_shown_with_its_time_and_accepted(alice: FlaskClient, night: ANight) -> None:
    slot = night.slot("The Poor Nobodys")
    say_here(slot, call_at=night.at("20:30"), actor=SAM, now=night.at("20:15"))
    said_late(night, "The Poor Nobodys", 20, "21:50", "20:16")

    said = alice.get(PAGE)
    alice.post(f"{PAGE}/the-poor-nobodys/late", data=pressing(said, "the-poor-nobodys"))
    accepted = words(alice.get(PAGE))

    assert "In the building since 8:15 PM Here" in words(said)
    assert "The Poor Nobodys says 20 min late: about 9:50 PM" in words(said)
    assert "1 person gets a text The Poor Nobodys OK The Poor Nobodys, you're on at 9:50pm." in words(said)
    assert "Says: 20 min late, about 9:50 PM Decide" in words(said)
    assert night.slot("The Poor Nobodys").late_by == minutes(20)
    assert "Says:" not in accepted
    assert "20 min late: about" not in accepted


def test_who_cannot_and_who_disagrees_stand_at_the_top_with_what_can_be_done(alice: FlaskClient, night: ANight) -> None:
    nobodys = night.slot("The Poor Nobodys")
    answer_slot(nobodys, "declined", actor=Actor("Nobody", via=Via.TEXT), now=night.at("19:00"), people=nobodys.people)

    cannot = words(alice.get(PAGE))
    alice.post(f"/coordinate/{night.event.slug}/answers/the-poor-nobodys", data={"answer": "confirmed", "back": "show"})

    assert "The Poor Nobodys can't play at 9:30 PM No times have changed yet: you decide. Cancel the set" in cannot
    assert night.slot("The Poor Nobodys").answer == "confirmed"
    assert "can't play" not in words(alice.get(PAGE))


def test_the_curfew_is_never_passed_in_silence(alice: FlaskClient) -> None:
    page = words(alice.get(f"{PAGE}?verb=late&slot=the-poor-nobodys&minutes=50"))

    assert "Ends 11:05, curfew 11:00 PM. You can make up 10 minutes in changeovers." in page
    assert "5 min over" not in page


def test_before_the_show_the_first_set_can_be_started(alice: FlaskClient) -> None:
    early = a_night(slug="early")
    coordinator = a_coordinator("Eve", organisation=early.organisation)

    with at_time(early, "19:58"):
        page = words(sign_in(alice, coordinator).get("/coordinate/early/show"))

    assert "7:58 PM On time" in page
    assert "Next 8:00 PM Josh Granowski Call Not confirmed Set started" in page
    assert "On now" not in page


def test_after_the_last_set_nothing_more_is_to_come(alice: FlaskClient, night: ANight) -> None:
    start_set(night.slot("The Poor Nobodys").id, actor=SAM, now=night.at("20:50"))
    end_set(night.slot("The Poor Nobodys").id, actor=SAM, now=night.at("20:51"))

    page = words(alice.get(PAGE))

    assert "Nothing more coming up" in page
    assert "Everything on this stage is over." in page
