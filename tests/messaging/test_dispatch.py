"""What the network answers is written down, one small batch after another."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask

from coordinator.db import db
from coordinator.messaging.gateway import Accepted, Outcome, OutgoingText, RecordingGateway, Refused, TryLater, Unsure
from coordinator.messaging.models import Alarm, Message, OptOut
from coordinator.messaging.queries.outbox import open_alarms
from coordinator.messaging.simulated_gateway import SimulatedGateway
from tests.builders import a_night, minutes
from tests.messaging.posting import a_text, bodies, send_due, state, story

SECOND = timedelta(seconds=1)


def test_a_text_that_was_taken_has_the_networks_name_and_its_instant(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)

    send_due(RecordingGateway(Accepted("SM1")), now)

    assert (message.state, message.provider_sid, message.sender, message.sent_at, message.claimed_at) == (
        "accepted",
        "SM1",
        "+12125550100",
        now,
        now,
    )
    assert story(message) == [
        ("waiting", "put into the outbox"),
        ("sending", "claimed by one"),
        ("accepted", "the network took it"),
    ]


def test_what_was_sent_is_not_sent_again(app: Flask) -> None:
    night = a_night()
    a_text(night, night.person("Josh Granowski"), due_at=night.at("19:45"))
    gateway = RecordingGateway()

    tried = [send_due(gateway, night.at("19:45")) for _ in range(3)]

    assert (tried, len(gateway.texts)) == ([1, 0, 0], 1)


def test_a_text_that_may_have_left_is_never_posted_again(app: Flask) -> None:
    night = a_night()
    message = a_text(night, night.person("Josh Granowski"), due_at=night.at("19:45"))
    gateway = RecordingGateway(Unsure("The network did not answer (ReadTimeout)."))

    for minute in range(5):
        send_due(gateway, night.at("19:45") + minutes(minute))

    assert (len(gateway.texts), state(message)) == (1, "unknown")
    assert (message.error, story(message)[-1]) == (
        "unsure",
        ("unknown", "The network did not answer (ReadTimeout)."),
    )


@pytest.mark.parametrize(
    ("outcome", "pause"), [(TryLater("busy"), 2), (TryLater("busy", 7), 7), (TryLater("", 900), 300)]
)
def test_a_busy_network_is_tried_again_after_a_while(app: Flask, outcome: TryLater, pause: int) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    gateway = RecordingGateway(outcome)

    send_due(gateway, now)
    waited = (state(message), message.claimed_at)
    send_due(gateway, now + pause * SECOND - SECOND)
    too_early = len(gateway.texts)
    send_due(gateway, now + pause * SECOND)

    assert waited == ("waiting", None)
    assert (too_early, len(gateway.texts)) == (1, 2)
    assert (state(message), message.attempts) == ("accepted", 2)


def test_pauses_grow_while_the_network_stays_busy(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    gateway = RecordingGateway(*[TryLater("busy")] * 7)

    pauses = []
    for _ in range(7):
        send_due(gateway, now)
        assert message.held_until is not None
        pauses.append((message.held_until - now).total_seconds())
        now = message.held_until

    assert pauses == [2, 4, 8, 16, 32, 60, 60]


def test_a_text_that_is_to_wait_for_longer_than_it_is_of_use_is_seen_to_expire_at_once(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), kind="note", due_at=now, useful_until=now + 60 * SECOND)

    send_due(RecordingGateway(TryLater("busy.", 61)), now)

    assert (state(message), message.error) == ("expired", "held_too_long")
    assert story(message)[-1] == ("expired", "busy, for longer than it is of use")


def test_a_text_is_tried_once_more_before_it_is_too_late_however_long_the_pauses_have_grown(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), kind="note", due_at=now, useful_until=now + 60 * SECOND)
    gateway = RecordingGateway(*[TryLater("busy")] * 7)

    tries = []
    while state(message) == "waiting":
        send_due(gateway, now)
        tries.append((now - night.at("19:45")).total_seconds())
        now = max(message.held_until or now, now + SECOND)

    assert tries == [0, 2, 6, 14, 30, 55, 56, 57]
    assert state(message) == "accepted"


@pytest.mark.parametrize(
    ("code", "trouble"),
    [(21211, "no_such_number"), (21614, "not_a_mobile"), (21408, "country_not_served"), (30004, "refuses_texts")],
)
def test_a_number_that_cannot_be_texted_is_marked(app: Flask, code: int, trouble: str) -> None:
    night = a_night()
    now, josh = night.at("19:45"), night.person("Josh Granowski")
    message = a_text(night, josh, due_at=now)

    send_due(RecordingGateway(Refused(code, "no", "recipient")), now)

    assert (state(message), message.error_code, message.error) == ("failed", code, "no")
    assert (josh.phone_trouble, josh.phone_trouble_at) == (trouble, now)


def test_a_number_that_the_network_knows_as_opted_out_is_opted_out_here(app: Flask) -> None:
    night = a_night()
    now, josh = night.at("19:45"), night.person("Josh Granowski")
    message = a_text(night, josh, due_at=now)

    send_due(RecordingGateway(Refused(21610, "no", "opted_out")), now)

    opt_outs = [(opt_out.phone, opt_out.sender, opt_out.at, opt_out.cause) for opt_out in db.session.query(OptOut)]
    assert opt_outs == [(josh.phone, "+12125550100", now, "21610")]
    assert (state(message), josh.phone_trouble) == ("stopped", None)


@pytest.mark.parametrize(
    ("kind", "after", "alarms"),
    [("blocked", "failed", ["blocked"]), ("expired", "expired", []), ("other", "failed", [])],
)
def test_other_refusals_end_the_text_and_some_alarm_everybody(
    app: Flask, kind: str, after: str, alarms: list[str]
) -> None:
    night = a_night()
    message = a_text(night, night.person("Josh Granowski"), due_at=night.at("19:45"))

    send_due(RecordingGateway(Refused(30034, "no", kind)), night.at("19:45"))  # type: ignore[arg-type]

    assert (state(message), message.error_code) == (after, 30034)
    assert [alarm.kind for alarm in open_alarms()] == alarms


def test_a_refused_account_fails_no_text_stops_the_line_and_lifts_when_it_works_again(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    messages = [a_text(night, night.person("Josh Granowski"), kind="note", due_at=now) for _ in range(20)]
    gateway = RecordingGateway(*[Refused(20003, "no", "account")] * 8)

    send_due(gateway, now)
    stopped = ({state(message) for message in messages}, len(gateway.texts))
    alarms = [(alarm.kind, alarm.code, alarm.raised_at, alarm.lifted_at) for alarm in open_alarms()]
    send_due(gateway, now + 31 * SECOND)

    assert stopped == ({"waiting"}, 8)
    assert alarms == [("account", 20003, now, None)]
    assert {state(message) for message in messages} == {"accepted"}
    assert open_alarms() == []
    assert [alarm.lifted_at for alarm in db.session.query(Alarm)] == [now + 31 * SECOND]


class Broken(RecordingGateway):
    """A gateway with a mistake in it."""

    def send(self, text: OutgoingText) -> Outcome:
        super().send(text)
        raise KeyError(text.to)


def test_a_gateway_that_breaks_leaves_the_text_unknown_and_the_others_to_be_sent(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    night = a_night()
    messages = [a_text(night, night.person("Josh Granowski"), kind="note", due_at=night.at("19:45")) for _ in range(2)]
    gateway = Broken()

    send_due(gateway, night.at("19:45"))

    assert [state(message) for message in messages] == ["unknown", "unknown"]
    assert story(messages[0])[-1] == ("unknown", "The gateway broke (KeyError).")
    assert len(caplog.records) == 2
    assert messages[0].phone not in caplog.text


def test_texts_leave_side_by_side_from_a_pool(app: Flask) -> None:
    night = a_night()
    for number in range(50):
        a_text(night, night.person("Josh Granowski"), f"{number}", kind="note", due_at=night.at("19:45"))
    gateway = RecordingGateway()

    with ThreadPoolExecutor(4) as pool:
        tried = send_due(gateway, night.at("19:45"), pool=pool, limit=20)

    assert (tried, sorted(map(int, bodies(gateway)))) == (50, list(range(50)))
    assert db.session.query(Message).filter(Message.state == "accepted").count() == 50


def test_a_simulated_phone_has_the_text_at_once(app: Flask) -> None:
    night = a_night()
    message = a_text(night, night.person("Josh Granowski"), due_at=night.at("19:45"))

    send_due(SimulatedGateway(), night.at("19:45"))

    assert (state(message), message.sender, message.sent_at) == ("delivered", "simulated", night.at("19:45"))
    assert [after for after, _ in story(message)] == ["waiting", "sending", "accepted", "delivered"]
