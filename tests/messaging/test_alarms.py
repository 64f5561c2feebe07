"""An alarm stands until what it is about is over: on its own, or because a coordinator has seen to it."""

from datetime import timedelta

from flask import Flask

from coordinator.accounts.models import Actor, AuditEntry
from coordinator.db import db
from coordinator.messaging.actions.alarms import dismiss_alarm, raise_alarm
from coordinator.messaging.actions.receipts import apply_receipts, store_receipt
from coordinator.messaging.gateway import Accepted, RecordingGateway
from coordinator.messaging.models import AlarmKind
from coordinator.messaging.queries.outbox import open_alarms
from tests.builders import ANight, a_coordinator, a_night
from tests.messaging.posting import a_text, send_due

SECOND = timedelta(seconds=1)


def blocked(night: ANight, at: str) -> None:
    raise_alarm(AlarmKind.BLOCKED, code=30034, reason="The network said undelivered (code 30034).", now=night.at(at))


def deliver(night: ANight, left_at: str, arrived_at: str) -> None:
    """A text goes out, and the network calls back that it arrived."""
    message = a_text(night, night.person("Josh Granowski"), kind="note", due_at=night.at(left_at))
    send_due(RecordingGateway(Accepted("SM1")), night.at(left_at))
    store_receipt(message.id, {"MessageSid": "SM1", "MessageStatus": "delivered"}, now=night.at(arrived_at))
    apply_receipts(night.at(arrived_at))


def test_a_text_that_left_later_and_arrived_lifts_what_carriers_blocked(app: Flask) -> None:
    night = a_night()
    blocked(night, "19:00")

    deliver(night, "19:10", "19:11")

    assert open_alarms() == []


def test_a_text_that_left_before_the_block_proves_nothing(app: Flask) -> None:
    night = a_night()
    message = a_text(night, night.person("Josh Granowski"), kind="note", due_at=night.at("18:59"))
    send_due(RecordingGateway(Accepted("SM1")), night.at("18:59"))
    blocked(night, "19:00")

    store_receipt(message.id, {"MessageSid": "SM1", "MessageStatus": "delivered"}, now=night.at("19:01"))
    apply_receipts(night.at("19:01"))

    assert [alarm.code for alarm in open_alarms()] == [30034]


def test_a_text_that_arrives_says_nothing_about_a_refused_account(app: Flask) -> None:
    night = a_night()
    deliver(night, "18:59", "18:59")
    raise_alarm(AlarmKind.ACCOUNT, code=20003, reason="no", now=night.at("18:00"))
    message = a_text(night, night.person("Josh Granowski"), kind="note", due_at=night.at("19:00"))
    store_receipt(message.id, {"MessageSid": "SM2", "MessageStatus": "delivered"}, now=night.at("19:01"))

    apply_receipts(night.at("19:01"))

    assert [alarm.kind for alarm in open_alarms()] == ["account"]


def test_a_coordinator_dismisses_what_was_blocked_and_it_is_recorded(app: Flask) -> None:
    night = a_night()
    alice = a_coordinator("Alice", organisation=night.organisation)
    blocked(night, "19:00")
    alarm = open_alarms()[0]

    done = [dismiss_alarm(alarm.id, night.organisation, actor=Actor.of(alice), now=night.at("19:30")) for _ in range(2)]

    assert (done, open_alarms(), alarm.lifted_at) == ([True, False], [], night.at("19:30"))
    record = [(entry.what, entry.subject, entry.by, entry.at) for entry in db.session.query(AuditEntry)]
    assert record == [("alarm.dismissed", "30034", "Alice", night.at("19:30"))]


def test_nobody_dismisses_a_refused_account(app: Flask) -> None:
    night = a_night()
    alice = a_coordinator("Alice", organisation=night.organisation)
    alarm = raise_alarm(AlarmKind.ACCOUNT, code=20003, reason="no", now=night.at("19:00"))

    assert not dismiss_alarm(alarm.id, night.organisation, actor=Actor.of(alice), now=night.at("19:30"))
    assert [each.kind for each in open_alarms()] == ["account"]


def test_what_is_blocked_again_after_it_was_dismissed_stands_again(app: Flask) -> None:
    night = a_night()
    alice = a_coordinator("Alice", organisation=night.organisation)
    blocked(night, "19:00")
    dismiss_alarm(open_alarms()[0].id, night.organisation, actor=Actor.of(alice), now=night.at("19:30"))

    blocked(night, "19:40")

    assert [alarm.raised_at for alarm in open_alarms()] == [night.at("19:40")]
