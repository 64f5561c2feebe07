"""Presses that a phone kept while it had no network: in order, at their own instant, once. Alice owns the event, Bob
runs one stage of it, Charlie must not see it."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.accounts.models import AuditEntry
from coordinator.db import db
from coordinator.shownight.actions.pressing import cancel_slot, end_set
from coordinator.shownight.actions.undoing import undo_press
from coordinator.shownight.models import Press
from tests.builders import ANight, a_coordinator, a_night, a_slot, sign_in
from tests.features.show_night.pressing import PAGE, SAM, at_time, press
from tests.reading import words

AS_JSON = {"Accept": "application/json"}
CARLOS, LAST = "carlos-lumbi", "the-poor-nobodys"


def a_press(slot: str, verb: str, key: str, ago: float = 0, **more: Any) -> dict[str, Any]:
    """``ago`` in minutes."""
    return {"key": key, "slot": slot, "verb": verb, "ago": round(ago * 60_000), **more}


def send(client: FlaskClient, *presses: Any, page: str = PAGE) -> dict[str, Any]:
    answer = client.post(f"{page}/presses", json={"presses": list(presses)}, headers=AS_JSON)
    assert answer.json is not None
    return answer.json["presses"] if answer.status_code == 200 else {"status": answer.status_code}


def outcomes(answers: dict[str, Any]) -> dict[str, str]:
    return {key: answer["answer"] for key, answer in answers.items()}


def made() -> list[tuple[str, str]]:
    db.session.rollback()
    return [(each.slot.key, each.verb) for each in db.session.scalars(select(Press).order_by(Press.at, Press.id))]


def test_presses_count_from_when_they_were_made_whatever_order_they_come_in(alice: FlaskClient, night: ANight) -> None:
    answers = send(
        alice,
        a_press(LAST, "start", "b", ago=2),
        a_press(CARLOS, "end", "a", ago=5),
        a_press(CARLOS, "extend", "c", ago=8, minutes=5),
    )

    carlos, last = night.slot("Carlos Lumbi"), night.slot("The Poor Nobodys")
    assert outcomes(answers) == {"a": "kept", "b": "kept", "c": "kept"}
    assert (carlos.ended_at, last.started_at) == (night.at("20:47"), night.at("20:50"))
    assert made()[-3:] == [(CARLOS, "extend"), (CARLOS, "end"), (LAST, "start")]
    pressed = db.session.scalars(select(Press).where(Press.key == "a")).one()
    assert (pressed.at, pressed.pressed_at) == (night.at("20:47"), night.at("20:52"))


def test_a_press_that_is_sent_again_counts_once(alice: FlaskClient) -> None:
    first = send(alice, a_press(CARLOS, "extend", "a", ago=1, minutes=5), a_press(CARLOS, "extend", "a", minutes=5))
    again = send(alice, a_press(CARLOS, "extend", "a", ago=2, minutes=5))

    assert (outcomes(first), outcomes(again)) == ({"a": "known"}, {"a": "known"})
    assert made().count((CARLOS, "extend")) == 1


def test_a_press_that_had_arrived_before_the_answer_was_lost_counts_once(alice: FlaskClient, night: ANight) -> None:
    shown = alice.get(PAGE).text.partition(f"{CARLOS}/end")[2].partition('name="shown" value="')[2].partition('"')[0]
    alice.post(f"{PAGE}/{CARLOS}/end", data={"shown": shown, "key": "tap"})

    assert outcomes(send(alice, a_press(CARLOS, "end", "tap", ago=1))) == {"tap": "known"}
    assert night.slot("Carlos Lumbi").ended_at == night.at("20:52")


def test_a_start_is_recorded_although_others_marked_what_came_after_it(alice: FlaskClient, night: ANight) -> None:
    with at_time(night, "21:35"):
        end_set(night.slot("The Poor Nobodys").id, actor=SAM, now=night.at("21:30"))
        answers = send(alice, a_press(LAST, "start", "a", ago=40), a_press(CARLOS, "end", "b", ago=42))

    last = night.slot("The Poor Nobodys")
    assert outcomes(answers) == {"a": "kept", "b": "kept"}
    assert (last.started_at, last.ended_at) == (night.at("20:55"), night.at("21:30"))
    assert night.slot("Carlos Lumbi").ended_at == night.at("20:53")


def test_undoing_the_later_press_takes_the_one_that_came_late_first(alice: FlaskClient, night: ANight) -> None:
    with at_time(night, "21:35"):
        end_set(night.slot("The Poor Nobodys").id, actor=SAM, now=night.at("21:30"))
        send(alice, a_press(LAST, "start", "a", ago=40))
        started = db.session.scalars(select(Press).where(Press.key == "a")).one()
        undo_press(started.id, actor=SAM, now=night.at("21:36"))

    last = night.slot("The Poor Nobodys")
    assert (last.started_at, last.ended_at) == (None, night.at("21:30"))


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (a_press(CARLOS, "start", "a", ago=3), "Carlos Lumbi has already started."),
        (a_press(CARLOS, "end", "a", ago=20), "Carlos Lumbi can't finish before it starts."),
        (a_press(LAST, "end", "a", ago=60 * 49), "You tapped that too long ago for it to count."),
        (a_press("gone", "start", "a"), "That slot is no longer in the running order."),
        (a_press(LAST, "late", "a", minutes=241), "Enter a whole number of minutes from 0 to 240."),
        (a_press(LAST, "late", "a"), "Enter a whole number of minutes from 0 to 240."),
        (a_press(LAST, "here", "a", ago=150), "Check-in opens"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason_and_changes_nothing(
    alice: FlaskClient, sent: dict[str, Any], says: str
) -> None:
    before = made()

    answer = send(alice, sent)["a"]

    assert answer["answer"] == "off"
    assert says in answer["says"]
    assert made() == before


def test_what_somebody_marked_later_stands(alice: FlaskClient, night: ANight) -> None:
    cancel_slot(night.slot("The Poor Nobodys").id, actor=SAM, now=night.at("20:50"))

    answers = send(alice, a_press(LAST, "late", "a", ago=10, minutes=30), a_press(LAST, "start", "b", ago=1))

    assert outcomes(answers) == {"a": "off", "b": "off"}
    assert answers["a"]["says"] == "Sam Stage marked something newer for The Poor Nobodys, and that stands."
    assert night.slot("The Poor Nobodys").cancelled_at == night.at("20:50")


def test_the_answer_says_what_the_press_did(alice: FlaskClient, night: ANight) -> None:
    previewed = words(alice.get(f"{PAGE}?verb=late&slot={LAST}&by=30"))

    answers = send(alice, a_press(LAST, "late", "a", ago=1, minutes=30), a_press(LAST, "late", "b", minutes=0))

    assert "1 person gets a text" in previewed
    assert answers["a"] == {"answer": "kept", "says": "1 person gets a text."}
    assert answers["b"] == {"answer": "kept", "says": "Nobody gets a text."}


def test_presses_are_recorded_with_who_made_them_and_how(alice: FlaskClient, night: ANight) -> None:
    send(alice, a_press(CARLOS, "end", "a", ago=5))

    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert entry.after is not None
    assert (entry.what, entry.by, entry.via, entry.at) == ("slot.end", "Alice", "coordinator", night.at("20:52"))
    assert entry.after["ended_at"] == night.at("20:47").isoformat()


def test_an_act_is_here_since_it_was_seen(alice: FlaskClient, night: ANight) -> None:
    first = send(alice, a_press(LAST, "here", "a", ago=7))
    again = send(alice, a_press(LAST, "here", "a", ago=7), a_press(LAST, "not_here", "b", ago=9))
    since = night.slot("The Poor Nobodys").said_here_at
    gone = send(alice, a_press(LAST, "not_here", "c", ago=1))

    assert [outcomes(each) for each in (first, again, gone)] == [
        {"a": "kept"},
        {"a": "known", "b": "known"},
        {"c": "kept"},
    ]
    assert since == night.at("20:45")
    assert night.slot("The Poor Nobodys").said_here_at is None


def test_what_was_taken_back_on_the_phone_is_undone_if_it_had_arrived(alice: FlaskClient, night: ANight) -> None:
    send(alice, a_press(CARLOS, "end", "a", ago=5))

    answers = send(alice, a_press(CARLOS, "end", "a", ago=6, undone=True), a_press(LAST, "start", "b", undone=True))

    assert outcomes(answers) == {"a": "kept", "b": "known"}
    assert (night.slot("Carlos Lumbi").ended_at, night.slot("The Poor Nobodys").started_at) == (None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": ""},
        {"key": "k" * 65},
        {"key": "a\u0000b"},
        {"key": "\ud800"},
        {"key": 7},
        {"slot": 7},
        {"slot": "a\u0000b"},
        {"slot": "s" * 81},
        {"verb": "dance"},
        {"verb": ["end"]},
        {"minutes": "5"},
        {"minutes": True},
        {"ago": "soon"},
        {"ago": None},
    ],
)
def test_a_press_that_makes_no_sense_is_refused_and_the_others_are_taken(
    alice: FlaskClient, wrong: dict[str, Any]
) -> None:
    answers = send(alice, a_press(CARLOS, "end", "bad") | wrong, a_press(CARLOS, "extend", "good", minutes=5))

    assert sorted(outcomes(answers).values()) == ["kept", "wrong"]
    assert made()[-1] == (CARLOS, "extend")


@pytest.mark.parametrize("ago", [-(10**30), 10**30])
def test_a_clock_that_makes_no_sense_breaks_nothing(alice: FlaskClient, night: ANight, ago: int) -> None:
    answer = send(alice, a_press(CARLOS, "end", "a") | {"ago": ago})["a"]

    assert answer["answer"] == ("kept" if ago < 0 else "off")
    assert night.slot("Carlos Lumbi").ended_at in (None, night.at("20:52"))


@pytest.mark.parametrize("body", ["", "[]", "{", '{"presses": 1}', '{"presses": ' + str([{}] * 51) + "}"])
def test_what_are_no_presses_at_all_is_refused(alice: FlaskClient, body: str) -> None:
    assert alice.post(f"{PAGE}/presses", data=body, content_type="application/json").status_code == 400


def test_what_somebody_else_tapped_is_not_taken_in_the_name_of_who_is_signed_in(alice: FlaskClient) -> None:
    before = made()
    sent = alice.post(f"{PAGE}/presses", json={"by": "0", "presses": [a_press(CARLOS, "end", "a")]}, headers=AS_JSON)

    assert sent.status_code == 401
    assert made() == before


def test_one_presses_for_ones_own_stages_and_shows_and_nobody_else_does(client: FlaskClient, night: ANight) -> None:
    charlie = a_coordinator("Charlie")
    a_night([a_slot("Charlie's band", "20:00")], organisation=charlie.organisation, slug="charlies")
    people = {
        "charlie": charlie,
        "viewer": a_coordinator("Vera", organisation=night.organisation, role="viewer"),
        "bob": a_coordinator("Bob", organisation=night.organisation, role="stage_manager"),
    }
    clients = {name: sign_in(client.application.test_client(), each) for name, each in people.items()}
    with at_time(night, "20:52"):
        sent = {name: send(each, a_press(CARLOS, "end", name)) for name, each in clients.items()}
        through_another = send(clients["charlie"], a_press(CARLOS, "end", "k"), page="/coordinate/charlies/show")
        nobody = send(client.application.test_client(), a_press(CARLOS, "end", "k"))

    assert sent["charlie"] == {"status": 404}
    assert sent["viewer"] == {"status": 403}
    assert nobody == {"status": 401}
    assert through_another["k"]["answer"] == "off"
    assert sent["bob"]["bob"]["answer"] == "kept"
    assert db.session.scalars(select(Press.by).where(Press.key.is_not(None))).all() == ["Bob"]


def test_a_script_that_sends_a_form_is_told_where_it_leads(alice: FlaskClient) -> None:
    answer = alice.post(f"{PAGE}/here/{LAST}", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json, "Location" in answer.headers) == (200, {"to": PAGE}, False)
    assert press(alice, CARLOS, "end").status_code == 303


def test_the_pages_of_the_night_may_be_kept_until_its_day_is_over(alice: FlaskClient, night: ANight) -> None:
    pages = ["show", "people", "volunteers/tonight", "texts/call-list"]
    until = {alice.get(f"/coordinate/justice-in-motion/{page}").headers.get("X-Keep-Until") for page in pages}

    assert until == {str(int(night.at("05:00+1").timestamp() * 1000))}
