"""What the network calls back with moves a text forward only, whatever order it comes in."""

from datetime import datetime, timedelta
from itertools import permutations

import pytest
from flask import Flask

from coordinator.db import db
from coordinator.messaging.actions.looking import follow_to_the_end, look_up_unknown
from coordinator.messaging.actions.receipts import apply_receipts, store_receipt
from coordinator.messaging.gateway import Accepted, RecordingGateway, Unsure
from coordinator.messaging.listing import Absent, Found, Unreachable
from coordinator.messaging.models import Message, OptOut, Receipt
from coordinator.messaging.queries.outbox import open_alarms
from tests.builders import MADE_AT, ANight, a_message, a_night, minutes
from tests.messaging.posting import a_text, send_due, state, story

SECOND = timedelta(seconds=1)


def called_back(message: Message, at: datetime, *statuses: str, sid: str = "SM1", **fields: str) -> None:
    for status in statuses:
        store_receipt(message.id, {"MessageSid": sid, "MessageStatus": status, **fields}, now=at)
    apply_receipts(at)


def looked_at(gateway: RecordingGateway, at: datetime, *said: Found | Unreachable | Absent) -> None:
    """The network's own record is read, in which a text stands as it says."""
    gateway.fetched = list(said)
    follow_to_the_end(gateway, now=lambda: at, after=minutes(3))
    apply_receipts(at)


def sent(night: ANight) -> Message:
    """A text that the network has, under the name SM1."""
    return a_message(
        night, night.person("Josh Granowski"), state="accepted", provider_sid="SM1", sent_at=night.at("19:45")
    )


def test_a_receipt_is_kept_as_it_came_and_applied_once(app: Flask) -> None:
    night = a_night()
    message = sent(night)
    fields = {"MessageSid": "SM1", "MessageStatus": "delivered", "RawDlrDoneDate": "2612042000"}
    store_receipt(message.id, fields, now=night.at("19:46"))

    applied = [apply_receipts(night.at("19:47")), apply_receipts(night.at("19:48"))]

    kept = [(receipt.fields, receipt.received_at, receipt.applied_at) for receipt in db.session.query(Receipt)]
    assert applied == [1, 0]
    assert kept == [(fields, night.at("19:46"), night.at("19:47"))]
    assert (state(message), message.finished_at) == ("delivered", night.at("19:46"))


def test_receipts_in_any_order_end_the_same(app: Flask) -> None:
    night = a_night()
    orders = list(permutations(["queued", "sending", "sent", "delivered"]))
    messages = [
        a_message(night, night.person("Josh Granowski"), state="accepted", provider_sid=f"SM{place}", sent_at=MADE_AT)
        for place in range(len(orders))
    ]

    for place, order in enumerate(orders):
        called_back(messages[place], night.at("19:46"), *order, sid=f"SM{place}")

    ranks = ["accepted", "sent", "delivered"]
    stories = [[ranks.index(after) for after, _ in story(message)] for message in messages]
    assert [state(message) for message in messages] == ["delivered"] * 24
    assert stories == [sorted(set(places)) for places in stories]


@pytest.mark.parametrize(
    ("statuses", "after"),
    [
        (("sent",), "sent"),
        (("sent", "sent"), "sent"),
        (("delivered", "undelivered"), "delivered"),
        (("undelivered", "delivered"), "undelivered"),
        (("failed", "sent"), "failed"),
        (("read",), "delivered"),
        (("canceled",), "cancelled"),
        (("something new",), "accepted"),
        (("",), "accepted"),
    ],
)
def test_the_first_final_word_wins_and_unknown_words_change_nothing(
    app: Flask, statuses: tuple[str, ...], after: str
) -> None:
    night = a_night()
    message = sent(night)

    called_back(message, night.at("19:46"), *statuses)

    assert state(message) == after


@pytest.mark.parametrize("before", ["sending", "unknown", "waiting"])
def test_a_call_back_about_a_text_nobody_was_sure_of_proves_that_it_left(app: Flask, before: str) -> None:
    night = a_night()
    message = a_message(night, night.person("Josh Granowski"), state=before, due_at=night.at("19:45"))
    gateway = RecordingGateway()

    called_back(message, night.at("19:46"), "sent", From="+12125550100")
    send_due(gateway, night.at("19:46"))

    assert (message.state, message.provider_sid, message.sent_at, message.sender) == (
        "sent",
        "SM1",
        night.at("19:46"),
        "+12125550100",
    )
    assert story(message) == [("accepted", "the network called back"), ("sent", "the network said sent")]
    assert gateway.texts == []


def test_a_call_back_about_another_text_under_our_id_is_passed_over(app: Flask) -> None:
    night = a_night()
    message, other = sent(night), a_message(night, night.person("Carlos Lumbi"), state="unknown")

    called_back(message, night.at("19:46"), "delivered", sid="SM2")
    called_back(other, night.at("19:46"), "delivered", sid="SM1")
    called_back(other, night.at("19:46"), "delivered", sid="")
    called_back(other, night.at("19:46"), "delivered", sid="SM" * 40)

    assert (state(message), state(other)) == ("accepted", "unknown")


def test_a_call_back_about_a_text_that_is_gone_is_kept_and_done_with(app: Flask) -> None:
    night = a_night()
    store_receipt(4711, {"MessageSid": "SM1", "MessageStatus": "delivered"}, now=night.at("19:46"))

    assert [apply_receipts(night.at("19:46")), apply_receipts(night.at("19:46"))] == [1, 0]


@pytest.mark.parametrize(
    ("status", "code", "after", "trouble", "alarms"),
    [
        ("undelivered", "30005", "undelivered", "no_such_number", []),
        ("undelivered", "30006", "undelivered", "landline", []),
        ("failed", "30004", "failed", "refuses_texts", []),
        ("undelivered", "30007", "undelivered", None, ["blocked"]),
        ("failed", "30036", "expired", None, []),
        ("undelivered", "", "undelivered", None, []),
        ("undelivered", "what", "undelivered", None, []),
        ("undelivered", "9" * 40, "undelivered", None, []),
    ],
)
def test_the_reason_why_it_did_not_arrive_is_kept(
    app: Flask, status: str, code: str, after: str, trouble: str | None, alarms: list[str]
) -> None:
    night = a_night()
    message = sent(night)

    called_back(message, night.at("19:46"), status, ErrorCode=code)

    assert (state(message), message.error_code) == (after, int(code) if code.isdigit() and len(code) < 10 else 0)
    assert night.person("Josh Granowski").phone_trouble == trouble
    assert [alarm.kind for alarm in open_alarms()] == alarms


@pytest.mark.parametrize("code", ["30001", "30003", "30008", "30500"])
def test_what_may_well_go_through_goes_once_more_while_it_is_true(app: Flask, code: str) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now, useful_until=night.at("20:00"))
    gateway = RecordingGateway(Accepted("SM1"), Accepted("SM2"))
    send_due(gateway, now)

    called_back(message, now + SECOND, "undelivered", "undelivered", "sent", ErrorCode=code)
    looked_at(gateway, now + SECOND, Found("SM1", "undelivered", int(code)))
    waits = (state(message), message.provider_sid, message.former_sids, message.resends, message.sent_at)
    send_due(gateway, now + 30 * SECOND)
    too_early = len(gateway.texts)
    send_due(gateway, now + 31 * SECOND)
    called_back(message, now + 32 * SECOND, "delivered", sid="SM1")
    called_back(message, now + 33 * SECOND, "undelivered", sid="SM2", ErrorCode=code)

    assert waits == ("waiting", None, "SM1", 1, None)
    assert (too_early, len(gateway.texts)) == (1, 2)
    assert (state(message), message.error_code) == ("undelivered", int(code))


def came_back(app: Flask) -> tuple[Message, RecordingGateway, datetime]:
    """A text of which the network has called back that it did not arrive, though it may be tried again."""
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now, useful_until=night.at("20:00"))
    gateway = RecordingGateway(Accepted("SM1"), Accepted("SM2"))
    send_due(gateway, now)
    called_back(message, now + SECOND, "sent", "failed", ErrorCode="30008")
    return message, gateway, now + SECOND


def test_a_text_that_arrived_as_the_record_says_does_not_go_again_whatever_was_called_back(app: Flask) -> None:
    message, gateway, now = came_back(app)
    in_doubt = state(message)

    looked_at(gateway, now, Found("SM1", "delivered"))
    send_due(gateway, now + minutes(2))

    assert (in_doubt, state(message), message.error_code, len(gateway.texts)) == ("sent", "delivered", None, 1)


def test_the_call_that_says_that_it_arrived_ends_the_doubt_too(app: Flask) -> None:
    message, gateway, now = came_back(app)

    called_back(message, now, "delivered")
    looked_at(gateway, now)

    assert (state(message), message.error_code, gateway.asked) == ("delivered", None, [])


@pytest.mark.parametrize("said", [Found("SM1", "sent"), Absent()])
def test_a_record_that_says_nothing_final_leaves_the_call_right(app: Flask, said: Found | Absent) -> None:
    message, gateway, now = came_back(app)

    looked_at(gateway, now, said)
    send_due(gateway, now + 31 * SECOND)

    assert (state(message), len(gateway.texts)) == ("accepted", 2)


def test_a_record_that_cannot_be_read_is_read_again_soon(app: Flask) -> None:
    message, gateway, now = came_back(app)

    looked_at(gateway, now, Unreachable("away"))
    looked_at(gateway, now + 29 * SECOND, Found("SM1", "failed", 30008))
    too_early = len(gateway.asked)
    looked_at(gateway, now + 30 * SECOND, Found("SM1", "failed", 30008))

    assert (too_early, len(gateway.asked), state(message)) == (1, 2, "waiting")


def test_what_comes_back_too_late_to_be_of_use_does_not_go_again(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), kind="note", due_at=now, useful_until=now + 31 * SECOND)
    send_due(RecordingGateway(Accepted("SM1")), now)

    called_back(message, now + 2 * SECOND, "undelivered", ErrorCode="30003")

    assert (state(message), message.error_code) == ("undelivered", 30003)


def test_a_refused_account_that_is_called_back_fails_nothing_and_alarms_everybody(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    gateway = RecordingGateway(Accepted("SM1"), Accepted("SM2"))
    send_due(gateway, now)

    called_back(message, now + SECOND, "undelivered", ErrorCode="30002")
    looked_at(gateway, now + SECOND, Found("SM1", "undelivered", 30002))
    stopped = (state(message), [(alarm.kind, alarm.code) for alarm in open_alarms()])
    send_due(gateway, now + 32 * SECOND)

    assert stopped == ("waiting", [("account", 30002)])
    assert (state(message), message.provider_sid, open_alarms()) == ("accepted", "SM2", [])


def test_no_name_that_a_text_ever_had_is_taken_for_the_one_it_has_now(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    gateway = RecordingGateway(Accepted("SM1"), Accepted("SM2"), Unsure("?"))
    for turn in range(2):
        send_due(gateway, now + turn * minutes(1))
        at = now + turn * minutes(1) + SECOND
        called_back(message, at, "undelivered", sid=f"SM{turn + 1}", ErrorCode="30002")
        looked_at(gateway, at, Found(f"SM{turn + 1}", "undelivered", 30002))
    send_due(gateway, now + minutes(2))

    called_back(message, now + minutes(2) + SECOND, "sent", "delivered", sid="SM1")
    called_back(message, now + minutes(2) + SECOND, "delivered", sid="SM2")
    look_up_unknown(gateway, now=lambda: now + minutes(2.1), pause=minutes(1))

    assert (state(message), message.former_sids) == ("unknown", "SM1 SM2")
    assert gateway.sought[0].known == {"SM1", "SM2"}


def test_an_opt_out_that_the_network_reports_is_an_opt_out(app: Flask) -> None:
    night = a_night()
    message = a_text(night, night.person("Josh Granowski"), due_at=night.at("19:45"))
    send_due(RecordingGateway(), night.at("19:45"))

    called_back(message, night.at("19:46"), "failed", sid=message.provider_sid or "", ErrorCode="21610")

    opt_outs = [(opt_out.phone, opt_out.sender, opt_out.cause) for opt_out in db.session.query(OptOut)]
    assert (state(message), opt_outs) == ("stopped", [(message.phone, "+12125550100", "21610")])


def test_a_text_of_a_service_that_is_learnt_of_by_its_call_back_was_sent_by_the_service(app: Flask) -> None:
    night = a_night()
    message = a_message(night, night.person("Josh Granowski"), state="unknown")

    called_back(message, night.at("19:46"), "sent", From="+12125550100", MessagingServiceSid="MG1")

    assert message.sender == "MG1"
