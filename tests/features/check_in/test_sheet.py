"""The shift sheet of the night. Alice owns the event, Bob helps, Charlie must not see it."""

import re
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.models import Actor, AuditEntry, Coordinator
from coordinator.db import db, transaction
from coordinator.messaging.models import Message
from coordinator.shifts.actions.coming import stand_by
from coordinator.shifts.actions.covering import ask_for_cover
from coordinator.shifts.actions.waves import next_waves
from coordinator.shifts.models import Mark, SignUp
from coordinator.shownight.actions.pressing import declare_late
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_sign_up, minutes, sign_in
from tests.night import in_the_cast
from tests.reading import words

PAGE = "/coordinate/justice-in-motion/volunteers/tonight"


class Desk:
    """A coordinator with the sheet."""

    def __init__(self, client: FlaskClient, night: ANight, coordinator: Coordinator | None) -> None:
        self.night, self.client = night, client.application.test_client()
        if coordinator:
            sign_in(self.client, coordinator)

    def look(self, wall: str, query: str = "", **headers: str) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.get(f"{PAGE}{query}", headers=headers)

    def press(self, name: str, mark: str, wall: str, **fields: str) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.post(f"{PAGE}/{id_of(name)}/{mark}", data=fields)

    def send(self, wall: str, *marks: dict[str, Any]) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            headers = {"Accept": "application/json"}
            return self.client.post(f"{PAGE}/marks", json={"marks": list(marks)}, headers=headers)


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    night = a_night(
        shifts=[
            a_shift("Front door", "19:15", "20:45", people=("Dana Door", "Ben Bell"), min=2, call=minutes(15)),
            a_shift("Tea", "20:00", "21:30", people=("Tea Tran",), min=2, max=4, place="Foyer"),
            a_shift("Clear up", "22:30", "23:30", people=("Cleo Clear",), max=4),
        ]
    )
    a_sign_up(night, night.shift("tea-2"), "Gone Girl", state="cancelled")
    return night


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> Desk:
    return Desk(client, night, a_coordinator("Alice", organisation=night.organisation))


def id_of(name: str) -> int:
    return db.session.scalars(select(SignUp.id).where(SignUp.person.has(name=name)).order_by(SignUp.id)).first() or 0


def state_of(name: str) -> str:
    return (
        db.session.scalars(select(SignUp.state).where(SignUp.person.has(name=name)).order_by(SignUp.id)).first() or ""
    )


def groups(response: TestResponse) -> dict[str, list[str]]:
    """Who stands in which part of the sheet."""
    parts = re.split(r'id="g-(\w+)"', response.text)
    named = zip(parts[1::2], parts[2::2], strict=True)
    return {name: re.findall(r'data-name="([^"]+)"', part) for name, part in named}


def a_mark(name: str, mark: str, key: str, ago: int = 0, **more: Any) -> dict[str, Any]:
    return {"key": key, "sign_up": id_of(name), "mark": mark, "ago": ago * 60_000, **more}


def test_everybody_stands_where_they_are_wanted(alice: Desk) -> None:
    before = groups(alice.look("18:30"))
    alice.press("Ben Bell", "here", "18:58")
    begun = groups(alice.look("19:20"))
    over = groups(alice.look("20:50"))

    assert before == {"due": ["Ben Bell", "Dana Door"], "here": [], "later": ["Tea Tran", "Cleo Clear"]}
    assert begun == {"late": ["Dana Door"], "due": ["Tea Tran"], "here": ["Ben Bell"], "later": ["Cleo Clear"]}
    assert over["unsaid"] == ["Dana Door"]


def test_who_was_put_on_a_shift_and_not_told_yet_is_not_shown_as_coming(alice: Desk, night: ANight) -> None:
    with transaction():
        for sign_up in db.session.scalars(select(SignUp)):
            if sign_up.person.name in ("Dana Door", "Tea Tran"):
                sign_up.notice = "assigned"

    sheet = words(alice.look("19:00"))
    with time_machine.travel(night.at("19:00"), tick=False):
        people = words(alice.client.get("/coordinate/justice-in-motion/people"))

    assert [sheet.count("Not told yet"), people.count("Not told yet")] == [2, 2]


def test_what_is_short_within_the_hour_is_said_by_role(alice: Desk) -> None:
    alice.press("Ben Bell", "here", "18:58")
    alice.press("Dana Door", "no_show", "19:20")

    said = words(alice.look("19:21"))

    assert "Front door 7:15–8:45 PM · 1 of 2 here 1 missing" in said
    assert "Tea, Foyer 8:00–9:30 PM · 0 of 2 here, 1 expected 1 missing" in said
    assert "Every shift has enough people." in words(alice.look("21:45"))


def test_times_are_those_of_the_show_as_it_runs(client: FlaskClient) -> None:
    follows = {"follows_from": "set_start", "follows_to": "set_end"}
    night = a_night(shifts=[a_shift("Stage help", follows="Carlos Lumbi", people=("Kim",), **follows)])
    alice = Desk(client, night, a_coordinator("Alice", organisation=night.organisation))
    declare_late(night.slot("Carlos Lumbi").id, 30, actor=Actor("Sam"), now=night.at("20:05"))

    assert "Kim Stage help about 9:00–9:40 PM" in words(alice.look("20:10"))


def test_each_button_is_a_mark_of_the_coordinator_and_can_be_undone(alice: Desk, night: ANight) -> None:
    states = []
    for mark, wall, fields in [
        ("here", "19:10", {}),
        ("left", "19:40", {}),
        ("here", "19:41", {}),
        ("not_here", "19:42", {}),
        ("late", "19:43", {"minutes": "20"}),
        ("no_show", "19:50", {}),
        ("not_here", "19:51", {}),
    ]:
        assert alice.press("Dana Door", mark, wall, **fields).status_code == 303
        states.append(state_of("Dana Door"))

    assert states == ["checked_in", "done", "checked_in", "confirmed", "confirmed", "no_show", "confirmed"]
    assert {each.via for each in db.session.scalars(select(Mark))} == {"sheet"}
    assert set(db.session.scalars(select(AuditEntry.by))) == {"Alice"}
    assert "Says: 20 min late" in words(alice.look("19:52"))


def test_what_was_said_last_is_offered_to_be_undone_for_a_moment(alice: Desk) -> None:
    alice.press("Dana Door", "here", "19:10")

    assert "Dana Door is here. Undo" in words(alice.look("19:12"))
    assert "Dana Door is here." not in words(alice.look("19:14"))


def test_the_same_form_posted_twice_is_one_mark(alice: Desk) -> None:
    for wall in ("19:10", "19:12"):
        alice.press("Dana Door", "here", wall, key="one-press")

    assert len(db.session.scalars(select(Mark)).all()) == 1


def test_marks_that_a_phone_kept_are_taken_in_with_the_time_they_were_pressed(alice: Desk, night: ANight) -> None:
    answer = alice.send(
        "19:40",
        a_mark("Dana Door", "here", "a", ago=25),
        a_mark("Tea Tran", "late", "b", ago=1, minutes=10),
        a_mark("Gone Girl", "here", "c"),
    )
    again = alice.send("19:45", a_mark("Dana Door", "here", "a", ago=30))

    assert answer.json == {"marks": {"a": "kept", "b": "kept", "c": "off"}}
    assert again.json == {"marks": {"a": "known"}}
    dana, tea = (db.session.get_one(SignUp, id_of(name)) for name in ("Dana Door", "Tea Tran"))
    assert (dana.state, dana.here_at, tea.late_by) == ("checked_in", night.at("19:15"), minutes(10))


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": ""},
        {"key": "k" * 65},
        {"key": 7},
        {"mark": "dancing"},
        {"mark": ["here"]},
        {"ago": "soon"},
        {"sign_up": "1"},
        {"sign_up": 0},
        {"sign_up": 2**70},
        {"sign_up": 999_999},
    ],
)
def test_a_mark_that_makes_no_sense_is_refused_and_the_others_are_taken_in(alice: Desk, wrong: dict[str, Any]) -> None:
    answer = alice.send("19:40", a_mark("Dana Door", "here", "bad") | wrong, a_mark("Ben Bell", "here", "good"))

    assert answer.json is not None
    assert sorted(answer.json["marks"].values()) == ["kept", "wrong"]
    assert (state_of("Dana Door"), state_of("Ben Bell")) == ("confirmed", "checked_in")


@pytest.mark.parametrize("body", ["", "[]", "{", '{"marks": 1}', '{"marks": ' + str([{}] * 201) + "}"])
def test_what_are_no_marks_at_all_is_refused(alice: Desk, body: str) -> None:
    answer = alice.client.post(f"{PAGE}/marks", data=body, content_type="application/json")

    assert answer.status_code == 400


def test_the_house_may_and_nobody_else(client: FlaskClient, night: ANight) -> None:
    doors = {
        "bob": Desk(client, night, a_coordinator("Bob", organisation=night.organisation, role="coordinator")),
        "charlie": Desk(client, night, a_coordinator("Charlie")),
        "nobody": Desk(client, night, None),
    }

    looked = {name: desk.look("19:00").status_code for name, desk in doors.items()}
    pressed = {name: desk.press("Dana Door", "no_show", "19:30").status_code for name, desk in reversed(doors.items())}
    sent = {name: desk.send("19:30", a_mark("Ben Bell", "here", "k")).status_code for name, desk in doors.items()}

    assert looked == {"bob": 200, "charlie": 404, "nobody": 303}
    assert pressed == {"nobody": 303, "charlie": 404, "bob": 303}
    assert sent == {"bob": 200, "charlie": 404, "nobody": 401}
    assert set(db.session.scalars(select(Mark.by))) == {"Bob"}


def test_nobody_is_marked_through_another_houses_show(client: FlaskClient, night: ANight) -> None:
    charlie = a_coordinator("Charlie")
    theirs = a_night(organisation=charlie.organisation, slug="charlies")
    visitor = sign_in(client.application.test_client(), charlie)
    to = "/coordinate/charlies/volunteers/tonight"

    pressed = visitor.post(f"{to}/{id_of('Dana Door')}/here")
    sent = visitor.post(f"{to}/marks", json={"marks": [a_mark("Dana Door", "here", "k")]})

    assert (pressed.status_code, sent.json) == (404, {"marks": {"k": "wrong"}})
    assert theirs.event.id != night.event.id
    assert db.session.scalars(select(Mark)).all() == []


def test_somebody_is_found_by_a_part_of_their_name(alice: Desk) -> None:
    found = groups(alice.look("18:30", "?name=  dana "))

    assert found == {"due": ["Dana Door"]}
    assert "Nobody on the sheet is named Zoe." in words(alice.look("18:30", "?name=Zoe"))


def test_what_another_phone_said_changes_the_page_and_nothing_else_does(alice: Desk) -> None:
    alice.look("19:00")
    etag = alice.look("19:00").headers["ETag"]
    same = alice.look("19:00", **{"If-None-Match": etag}).status_code

    alice.send("19:00", a_mark("Ben Bell", "here", "k"))

    assert (same, alice.look("19:00", **{"If-None-Match": etag}).status_code) == (304, 200)


def test_the_sheet_may_be_kept_until_the_shows_day_is_over(alice: Desk, night: ANight) -> None:
    until = alice.look("19:00").headers["X-Keep-Until"]

    assert int(until) == night.at("05:00+1").timestamp() * 1000


def test_the_worker_may_serve_the_sheet_and_asks_only_here(client: FlaskClient) -> None:
    worker = client.get("/callboard-night.js")

    assert (worker.status_code, worker.mimetype) == (200, "text/javascript")
    assert worker.headers["Service-Worker-Allowed"] == "/coordinate/"
    assert worker.headers["Cache-Control"] == "no-cache"
    assert "connect-src 'self'" in worker.headers["Content-Security-Policy"]


def test_a_no_show_on_the_sheet_has_the_standby_person_asked_by_text(alice: Desk, night: ANight) -> None:
    with transaction():
        sam = in_the_cast(night, "Sam Stone")
    stand_by(night.event, sam, actor=Actor("Alice"), now=night.at("08:00"))

    alice.press("Dana Door", "no_show", "19:20")
    said = words(alice.look("19:20"))
    next_waves(night.at("19:21"))

    assert "Dana Door didn't show up. We're looking for someone. Undo" in said
    asked = db.session.scalars(select(Message).where(Message.rule == "cover-offer").order_by(Message.id)).all()
    assert next(message.person.name for message in asked if message.person) == "Sam Stone"  # then others of the show


def test_undo_of_a_no_show_on_the_sheet_ends_the_search(alice: Desk, night: ANight) -> None:
    with transaction():
        sam = in_the_cast(night, "Sam Stone")
    stand_by(night.event, sam, actor=Actor("Alice"), now=night.at("08:00"))

    alice.press("Dana Door", "no_show", "19:20")
    alice.press("Dana Door", "not_here", "19:20")
    next_waves(night.at("19:21"))

    assert db.session.scalars(select(Message)).all() == []
    assert "We're looking for someone" not in words(alice.look("19:21"))


def test_a_no_show_of_a_shift_that_is_over_may_have_been_there(alice: Desk) -> None:
    alice.press("Dana Door", "no_show", "20:50")
    assert "Was here: Dana Door" in alice.look("20:55").text

    alice.press("Dana Door", "left", "20:55")

    assert state_of("Dana Door") == "done"


def test_who_asked_for_cover_is_not_counted_on(alice: Desk, night: ANight) -> None:
    sign_up = db.session.get_one(SignUp, id_of("Dana Door"))
    ask_for_cover(sign_up, now=night.at("18:40"))

    said = words(alice.look("18:45"))

    assert "Front door 7:15–8:45 PM · 0 of 2 here, 1 expected 1 missing" in said
    assert "call 7:00 PM Can't come We're looking for someone Here" in said
    assert "Times are in Eastern Time and change with the show." in said


def test_here_opens_an_hour_before_call_time_and_no_show_at_the_start(alice: Desk) -> None:
    states = []
    for mark, wall in (("here", "17:59"), ("no_show", "19:14"), ("here", "18:00"), ("no_show", "19:15")):
        alice.press("Ben Bell", mark, wall)
        states.append(state_of("Ben Bell"))

    assert states == ["confirmed", "confirmed", "checked_in", "no_show"]
    early, open_ = alice.look("17:59"), alice.look("18:00")
    assert "Check-in opens at 6:00 PM" in words(early)
    assert "Check-in opens at 6:00 PM" not in words(open_)


def test_buttons_that_cannot_be_pressed_yet_are_hidden_and_say_from_when_they_can(alice: Desk) -> None:
    def hidden(wall: str, mark: str) -> bool:
        form = re.search(rf'<form[^>]*/{id_of("Dana Door")}/{mark}"[^>]*>', page(wall))
        assert form is not None
        return " hidden" in form[0]

    def page(wall: str) -> str:
        return alice.look(wall).text

    shown = [(hidden(wall, "here"), hidden(wall, "no_show")) for wall in ("17:59", "18:00", "19:15")]

    assert shown == [(True, True), (False, True), (False, False)]


def test_a_press_that_is_too_early_says_from_when_it_counts(alice: Desk) -> None:
    alice.press("Ben Bell", "here", "12:00")

    assert "Check-in opens at 6:00 PM on Friday, December 4." in words(alice.look("12:00"))


def test_a_stored_mark_that_was_too_early_is_told_from_one_that_came_late(alice: Desk) -> None:
    sent = (a_mark("Ben Bell", "here", "a", ago=61), a_mark("Dana Door", "here", "b", ago=60))

    answer = alice.send("19:00", *sent)

    assert answer.json == {"marks": {"a": "early", "b": "kept"}}
    assert (state_of("Ben Bell"), state_of("Dana Door")) == ("confirmed", "checked_in")
