"""A database that was restored: nothing leaves until someone says so, and what may have left is looked up first."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from coordinator.accounts.models import Actor, AuditEntry
from coordinator.db import db, transaction
from coordinator.messaging.actions.heartbeat import beat
from coordinator.messaging.actions.looking import look_up_unknown
from coordinator.messaging.actions.restored import Known, hold_everything, let_everything_leave, meet_database
from coordinator.messaging.gateway import RecordingGateway
from coordinator.messaging.listing import Found
from coordinator.messaging.models import HoldReason, Installation, Message
from coordinator.messaging.queries.installation import everything_is_held, the_installation
from tests.builders import ANight, a_coordinator, a_night, minutes
from tests.messaging.posting import a_text, bodies, send_due, state

ELSEWHERE = Known("another database", 4711)


@pytest.fixture
def night(app: Flask) -> ANight:
    return a_night(quiet_from=None, quiet_to=None)


def due(night: ANight, who: str = "Josh Granowski", at: str = "19:45") -> Message:
    body = f"{who}, you are on."
    return a_text(night, night.person(who), body, due_at=night.at(at), useful_until=night.at("23:00"))


def held_because() -> str | None:
    row = the_installation()
    return row.held_because if row else None


def test_while_all_is_held_nothing_leaves_not_even_a_code(night: ANight) -> None:
    gateway = RecordingGateway()
    texts = [due(night), a_text(night, None, "123456", kind="code", phone="+12125550177", due_at=night.at("19:45"))]
    assert hold_everything(HoldReason.ASKED, night.at("19:44"))
    assert not hold_everything(HoldReason.ASKED, night.at("19:44"))

    send_due(gateway, night.at("19:46"))

    assert ([state(text) for text in texts], bodies(gateway)) == (["waiting", "waiting"], [])
    assert let_everything_leave(night.at("19:47"))
    assert not let_everything_leave(night.at("19:47"))
    send_due(gateway, night.at("19:47"))
    assert len(bodies(gateway)) == 2


def test_what_was_due_is_looked_up_and_only_what_the_network_lacks_goes_once_it_may(night: ANight) -> None:
    gateway = RecordingGateway()
    josh, carlos, later = due(night), due(night, "Carlos Lumbi"), due(night, at="22:00")

    hold_everything(HoldReason.RESTORED, night.at("20:00"))
    assert [state(text) for text in (josh, carlos, later)] == ["unknown", "unknown", "waiting"]
    gateway.looked_up = [Found("SM" + "0" * 32, "delivered")]
    for minute in ("20:01", "20:03", "20:05"):
        look_up_unknown(gateway, now=lambda at=minute: night.at(at), pause=minutes(1))  # type: ignore[misc]
    send_due(gateway, night.at("20:06"))
    assert (state(josh), state(carlos), bodies(gateway)) == ("accepted", "waiting", [])

    let_everything_leave(night.at("20:07"))
    send_due(gateway, night.at("20:08"))

    assert bodies(gateway) == ["Carlos Lumbi, you are on."]
    assert [(sought.to, sought.since) for sought in gateway.sought[:1]] == [
        (josh.phone, night.at("19:45") - minutes(10)),
    ]


@pytest.mark.parametrize(("because", "first"), [("restored", "unknown"), ("asked", "waiting")])
def test_what_is_planned_anew_while_all_is_held_is_looked_up_if_it_was_due_before(
    night: ANight, because: str, first: str
) -> None:
    hold_everything(because, night.at("20:00"))
    josh, carlos = due(night), due(night, "Carlos Lumbi", at="20:01")
    with transaction():
        josh.created_at = carlos.created_at = night.at("20:02")

    let_everything_leave(night.at("20:07"))

    assert [state(text) for text in (josh, carlos)] == [first, "waiting"]  # the second was due after the copy began


def test_who_lets_texts_leave_is_recorded(night: ANight) -> None:
    alice = a_coordinator("Alice", organisation=night.organisation)
    hold_everything(HoldReason.RESTORED, night.at("20:00"))

    let_everything_leave(night.at("20:07"), actor=Actor.of(alice), organisation=night.organisation)

    entry = db.session.query(AuditEntry).one()
    assert (entry.what, entry.by, entry.before) == (
        "installation.released",
        "Alice",
        {"held_at": night.at("20:00").isoformat(), "because": "restored"},
    )


def put_back(rounds: int) -> None:
    with transaction():
        db.session.query(Installation).one().rounds = rounds


@pytest.mark.parametrize("first", [True, False])
def test_a_database_that_has_gone_back_is_held_at_the_start_and_while_it_runs(night: ANight, first: bool) -> None:
    text = due(night)
    known = [beat("jobs", night.at("19:40") + timedelta(seconds=second)) for second in range(5)][-1]
    put_back(known.rounds - 1)

    met = meet_database(known, night.at("19:46"), first=first)

    assert (held_because(), state(text), met) == ("copy", "unknown", Known(known.name, known.rounds - 1))


@pytest.mark.parametrize(
    ("knows_it", "away", "because", "becomes"),
    [
        (True, minutes(4), None, "waiting"),  # the machine died at 21:10 and is back at 21:14
        (False, minutes(4), None, "waiting"),
        (True, minutes(45), None, "unknown"),  # continues on its own, once the network was asked
        (True, timedelta(hours=13), "gap", "unknown"),
        (False, minutes(45), "gap", "unknown"),
    ],
)
def test_after_an_outage_it_goes_on_by_itself_unless_it_may_be_a_copy(
    night: ANight, knows_it: bool, away: timedelta, because: str | None, becomes: str
) -> None:
    text = due(night)
    known = beat("jobs", night.at("19:50") - away)

    meet_database(known if knows_it else None, night.at("19:50"), first=True)

    assert (held_because(), state(text)) == (because, becomes)


def test_no_database_is_held_in_which_nothing_was_due(night: ANight) -> None:
    due(night, at="22:00")
    beat("jobs", night.at("12:00"))

    meet_database(None, night.at("19:50"), first=True)

    assert held_because() is None


@pytest.mark.parametrize("known", [None, ELSEWHERE])
def test_a_new_database_is_not_held_whatever_the_machine_remembers(
    app: Flask, now: datetime, known: Known | None
) -> None:
    met = meet_database(known, now, first=True)

    assert (everything_is_held(), met.rounds) == (False, 0)


def test_a_copy_from_before_the_first_round_is_held_on_a_machine_that_has_worked(night: ANight) -> None:
    due(night)

    meet_database(ELSEWHERE, night.at("19:50"), first=True)

    assert held_because() == "gap"


def test_once_somebody_let_texts_leave_the_same_doubt_does_not_come_back(night: ANight) -> None:
    due(night)
    known = beat("jobs", night.at("12:00"))
    put_back(0)
    meet_database(known, night.at("19:50"), first=True)
    due(night, "Carlos Lumbi")

    let_everything_leave(night.at("19:55"))
    meet_database(known, night.at("19:56"), first=True)

    assert held_because() is None
