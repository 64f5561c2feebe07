"""Reminders that leave together: one text, and each its own row."""

from typing import Any

import pytest
from flask import Flask

from coordinator.db import transaction
from coordinator.messaging.actions.receipts import apply_receipts, store_receipt
from coordinator.messaging.gateway import RecordingGateway, Refused, TryLater
from coordinator.messaging.models import Message
from coordinator.messaging.queries.outbox import whole_body
from tests.builders import ANight, a_night, minutes
from tests.messaging.posting import a_text, bodies, send_due, state


def two(night: ANight, **second: Any) -> list[Message]:
    """A reminder that is due at 19:45, and another of the same person that soon is."""
    josh = night.person("Josh Granowski")
    defaults: dict[str, Any] = {"due_at": night.at("19:49"), "body": "Second.", "person": josh, "kind": "reminder"}
    columns = defaults | second
    first = a_text(night, josh, "First.", due_at=night.at("19:45"))
    return [first, a_text(night, columns.pop("person"), columns.pop("body"), **columns)]


def test_reminders_due_within_five_minutes_leave_as_one_text(app: Flask) -> None:
    night = a_night()
    first, second = two(night)
    gateway = RecordingGateway()

    send_due(gateway, night.at("19:45"))
    send_due(gateway, night.at("19:50"))

    assert bodies(gateway) == ["First.\nSecond."]
    assert [(message.state, message.body, message.sent_at) for message in (first, second)] == [
        ("accepted", "First.", night.at("19:45")),
        ("accepted", "Second.", night.at("19:45")),
    ]
    assert (first.rides_with_id, second.rides_with_id) == (None, first.id)
    assert (first.provider_sid, second.provider_sid) == (f"SM{first.id:032x}", None)
    assert (whole_body(first), whole_body(second)) == ("First.\nSecond.", "First.\nSecond.")


@pytest.mark.parametrize(
    "second",
    [
        {"due_at": "19:50"},
        {"kind": "new_time"},
        {"kind": "cancelled"},
        {"kind": "note"},
        {"kind": "digest"},
        {"kind": "echo"},
        {"kind": "code"},
        {"person": "Carlos Lumbi"},
        {"body": "x" * 160},
        {"body": "ж" * 70},
    ],
    ids=lambda second: "-".join(f"{key}-{value[:10]}" for key, value in second.items()),
)
def test_nothing_else_rides_along(app: Flask, second: dict[str, str]) -> None:
    night = a_night()
    columns: dict[str, Any] = dict(second)
    if "due_at" in columns:
        columns["due_at"] = night.at(columns["due_at"])
    if "person" in columns:
        columns["person"] = night.person(columns["person"])
    two(night, **columns)
    gateway = RecordingGateway()

    send_due(gateway, night.at("19:45"))

    assert bodies(gateway) == ["First."]


def test_three_that_do_not_all_fit_leave_one_by_one(app: Flask) -> None:
    night = a_night()
    two(night, body="y" * 80)
    a_text(night, night.person("Josh Granowski"), "z" * 80, due_at=night.at("19:46"))
    gateway = RecordingGateway()

    send_due(gateway, night.at("19:45"))

    assert bodies(gateway) == ["First."]


def test_a_reminder_of_another_show_does_not_ride_along(app: Flask) -> None:
    night = a_night()
    other = a_night([], organisation=night.organisation, slug="another")
    josh = night.person("Josh Granowski")
    a_text(night, josh, "First.", due_at=night.at("19:45"))
    a_text(other, josh, "Second.", due_at=night.at("19:46"))
    gateway = RecordingGateway()

    send_due(gateway, night.at("19:45"))

    assert bodies(gateway) == ["First."]


def test_two_that_are_due_already_leave_as_one(app: Flask) -> None:
    night = a_night()
    two(night, due_at=night.at("19:40"))
    gateway = RecordingGateway()

    tried = send_due(gateway, night.at("19:45"))

    assert (tried, bodies(gateway)) == (1, ["Second.\nFirst."])


def test_one_that_would_be_too_late_does_not_ride_along(app: Flask) -> None:
    night = a_night()
    _, second = two(night, due_at=night.at("19:45"), useful_until=night.at("19:45") + minutes(0.5))
    gateway = RecordingGateway()

    send_due(gateway, night.at("19:45"))

    assert bodies(gateway) == ["First."]
    assert state(second) == "expired"


def test_the_whole_text_is_of_use_as_long_as_the_first_of_it(app: Flask) -> None:
    night = a_night()
    two(night, useful_until=night.at("20:00"))
    gateway = RecordingGateway()

    send_due(gateway, night.at("19:45"))

    assert [text.validity_seconds for text in gateway.texts] == [900]


def test_what_rides_shares_the_outcome(app: Flask) -> None:
    night = a_night()
    messages = two(night)
    refusal = Refused(21614, "The network answered 400 (code 21614).", "recipient")

    send_due(RecordingGateway(refusal), night.at("19:45"))

    assert [(message.state, message.error_code) for message in messages] == [("failed", 21614), ("failed", 21614)]


def test_what_rides_shares_the_receipts(app: Flask) -> None:
    night = a_night()
    messages = two(night)
    send_due(RecordingGateway(), night.at("19:45"))

    sid = messages[0].provider_sid or ""
    store_receipt(messages[0].id, {"MessageSid": sid, "MessageStatus": "delivered"}, now=night.at("19:46"))
    apply_receipts(night.at("19:46"))

    assert [state(message) for message in messages] == ["delivered", "delivered"]


def test_when_the_network_asks_to_wait_each_waits_for_itself_and_they_meet_again(app: Flask) -> None:
    night = a_night()
    messages = two(night)
    gateway = RecordingGateway(TryLater("busy", 3))

    send_due(gateway, night.at("19:45"))
    apart = [(message.state, message.rides_with_id) for message in messages]
    send_due(gateway, night.at("19:45") + minutes(0.05))

    assert apart == [("waiting", None), ("waiting", None)]
    assert bodies(gateway) == ["First.\nSecond.", "First.\nSecond."]


def test_a_shared_text_goes_to_one_phone_only(app: Flask) -> None:
    night = a_night()
    josh = night.person("Josh Granowski")
    two(night)
    with transaction():
        josh.phone = "+12125550188"
    gateway = RecordingGateway()

    send_due(gateway, night.at("19:45"))

    assert [text.to for text in gateway.texts] == ["+12125550188"]
