"""Texts that queue, lapse or are answered late: none is posted twice, none in vain."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from coordinator.db import db
from coordinator.messaging.actions.claiming import Claimed, claim_due
from coordinator.messaging.actions.consent import stop_texts
from coordinator.messaging.actions.dispatch import AT_ONCE, dispatch_due
from coordinator.messaging.actions.dispositions import Hold, nothing_held
from coordinator.messaging.actions.holding import expire_leases
from coordinator.messaging.actions.outcomes import SendResult, record
from coordinator.messaging.actions.receipts import apply_receipts, store_receipt
from coordinator.messaging.gateway import Accepted, Outcome, OutgoingText, RecordingGateway, Refused, TryLater, Unsure
from coordinator.messaging.models import Message
from tests.builders import a_message, a_night, minutes
from tests.messaging.posting import a_text, bodies, send_due, state, story

SECOND = timedelta(seconds=1)


class Counting(RecordingGateway):
    """Counts how many texts are in the air or answered and not yet written down."""

    most = 0

    def send(self, text: OutgoingText) -> Outcome:
        outcome = super().send(text)
        with db.engine.connect() as connection:
            written = connection.scalar(select(func.count()).where(Message.state == "accepted")) or 0
        self.most = max(self.most, len(self.texts) - written)
        return outcome


def test_what_nobody_reported_on_in_time_is_unknown_and_stays_where_it_is(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    claim_due("+12125550100", now=now, worker="one", hold=nothing_held, limit=5)
    gateway = RecordingGateway()

    lapsed = [expire_leases(now + 60 * SECOND), expire_leases(now + 61 * SECOND)]
    send_due(gateway, now + 61 * SECOND)

    assert lapsed == [0, 1]
    assert (state(message), gateway.texts) == ("unknown", [])
    assert story(message)[-1] == ("unknown", "one never reported what became of it")


@pytest.mark.parametrize(
    ("outcome", "after"),
    [
        (Accepted("SM9"), "accepted"),
        (TryLater("busy"), "waiting"),
        (Refused(21211, "no", "recipient"), "failed"),
        (Unsure("?"), "unknown"),
    ],
)
def test_an_answer_that_comes_after_the_lease_still_counts(app: Flask, outcome: Outcome, after: str) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    claim = claim_due("+12125550100", now=now, worker="one", hold=nothing_held, limit=5)
    expire_leases(now + 61 * SECOND)

    record([SendResult(claim.texts[0], outcome, now + 62 * SECOND)], sender="+12125550100")

    assert state(message) == after


def test_whose_clock_just_jumped_calls_no_lease_lapsed_and_none_from_the_future_is_waited_for(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    claim_due("+12125550100", now=now, worker="one", hold=nothing_held, limit=5)

    lapsed = [
        expire_leases(now + minutes(5), steady_for=14 * SECOND),
        expire_leases(now - 59 * SECOND),
        expire_leases(now - minutes(5), steady_for=15 * SECOND),
    ]

    assert (lapsed, state(message)) == ([0, 0, 1], "unknown")


def test_an_answer_to_an_older_attempt_changes_nothing_unless_it_proves_acceptance(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    gateway = RecordingGateway(TryLater("busy", 1))
    first = claim_due("+12125550100", now=now, worker="one", hold=nothing_held, limit=5).texts[0]
    record([SendResult(first, TryLater("busy", 1), now)], sender="+12125550100")
    claim_due("+12125550100", now=now + SECOND, worker="two", hold=nothing_held, limit=5)

    record([SendResult(first, Refused(21211, "no", "recipient"), now + SECOND)], sender="+12125550100")
    untouched = state(message)
    record([SendResult(first, Accepted("SM9"), now + SECOND)], sender="+12125550100")

    assert (untouched, state(message), message.provider_sid) == ("sending", "accepted", "SM9")
    assert gateway.texts == []


def test_a_process_that_is_to_stop_gives_back_what_has_not_taken_off(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    messages = [a_text(night, night.person("Josh Granowski"), kind="note", due_at=now) for _ in range(20)]
    gateway = RecordingGateway()

    send_due(gateway, now, stopping=lambda: bool(gateway.texts))
    given_back = [state(message) for message in messages]
    send_due(gateway, now)

    assert (given_back.count("accepted"), given_back.count("waiting")) == (8, 12)
    assert ("waiting", "the process that had it stops") in [story(message)[-2 - 1] for message in messages[8:]]
    assert {state(message) for message in messages} == {"accepted"}
    assert len(gateway.texts) == 20


def test_a_claim_that_fails_leaves_nothing_that_left_unwritten(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    for number in range(30):
        a_text(night, night.person("Josh Granowski"), f"{number}", kind="note", due_at=now)
    gateway = RecordingGateway()
    claims: Iterator[dict[int, Hold]] = iter([{}])

    def hold(messages: object, at: object) -> dict[int, Hold]:
        try:
            return next(claims)
        except StopIteration:
            raise LookupError("the second claim") from None

    with ThreadPoolExecutor(4) as pool, pytest.raises(LookupError, match="the second claim"):
        send_due(gateway, now, hold=hold, limit=10, pool=pool)

    states = Counter(message.state for message in db.session.query(Message))
    assert states == {"accepted": len(gateway.texts), "waiting": 30 - len(gateway.texts)}


def test_what_one_crash_can_leave_unrecorded_is_bounded(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    for number in range(60):
        a_text(night, night.person("Josh Granowski"), f"{number}", kind="note", due_at=now)
    network = Counting()

    with ThreadPoolExecutor(32) as pool:
        send_due(network, now, pool=pool)

    assert (len(network.texts), network.most <= AT_ONCE) == (60, True)


def test_a_text_whose_turn_comes_close_to_its_leases_end_is_not_posted(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    gateway = RecordingGateway()
    clock = iter([*[now] * 5, *[now + 46 * SECOND] * 20])

    dispatch_due(gateway, now=lambda: next(clock), worker="one")

    assert gateway.texts == []
    assert (state(message), story(message)[-1]) == ("waiting", ("waiting", "its turn did not come in time"))


@pytest.mark.parametrize(("kind", "leaves_until"), [("note", 20), ("reminder", 20)])
def test_a_text_that_stops_being_true_in_the_queue_is_not_posted(app: Flask, kind: str, leaves_until: int) -> None:
    night = a_night()
    now = night.at("19:45")
    until = now + leaves_until * SECOND + (minutes(1) if kind == "reminder" else 0 * SECOND)
    message = a_text(night, night.person("Josh Granowski"), kind=kind, due_at=now, useful_until=until)
    gateway = RecordingGateway()
    clock = iter([*[now] * 5, *[now + 21 * SECOND] * 20])

    dispatch_due(gateway, now=lambda: next(clock), worker="one")
    send_due(gateway, now + 21 * SECOND)

    assert gateway.texts == []
    assert (state(message), message.error) == ("expired", "too_late")


def test_how_long_a_text_stays_true_counts_from_its_posting(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    a_text(night, night.person("Josh Granowski"), kind="note", due_at=now, useful_until=night.at("20:00"))
    gateway = RecordingGateway()
    clock = iter([*[now] * 5, *[now + 40 * SECOND] * 20])

    dispatch_due(gateway, now=lambda: next(clock), worker="one")

    assert [text.validity_seconds for text in gateway.texts] == [860]


def test_a_clock_that_is_set_back_while_a_text_queues_posts_nothing_until_it_is_claimed_anew(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now - minutes(5))
    gateway = RecordingGateway()
    clock = iter([*[now] * 5, *[now - 180 * SECOND] * 20])

    dispatch_due(gateway, now=lambda: next(clock), worker="one")
    given_back = (state(message), len(gateway.texts))
    send_due(gateway, now - 170 * SECOND)

    assert given_back == ("waiting", 0)
    assert (state(message), len(gateway.texts)) == ("accepted", 1)


class Slow(RecordingGateway):
    """A network on which the clock continues by two seconds with every text; something happens after the first."""

    def __init__(self, now: datetime, then: Callable[[], object], takes: timedelta = 1.2 * SECOND) -> None:
        super().__init__()
        self.now, self.then, self.takes = now, then, takes

    def send(self, text: OutgoingText) -> Outcome:
        if not self.texts:
            self.then()
        self.now += self.takes
        return super().send(text)


def test_who_says_stop_while_a_text_queues_does_not_get_it(app: Flask) -> None:
    night = a_night()
    now, josh = night.at("19:45"), night.person("Josh Granowski")
    messages = [a_text(night, josh, f"{number}", kind="note", due_at=now) for number in range(10)]
    gateway = Slow(now, lambda: stop_texts(josh.phone or "", sender="+12125550100", cause="STOP", now=now))

    dispatch_due(gateway, now=lambda: gateway.now, worker="one")
    send_due(gateway, gateway.now)

    assert bodies(gateway) == [str(number) for number in range(8)]  # those that had taken off together
    assert [state(message) for message in messages[8:]] == ["stopped", "stopped"]


def test_a_text_that_somebody_else_has_taken_over_is_not_posted_too(app: Flask) -> None:
    night = a_night()
    now, josh = night.at("19:45"), night.person("Josh Granowski")
    messages = [a_text(night, josh, f"{number}", kind="note", due_at=now) for number in range(10)]
    gateway = Slow(now, lambda: expire_leases(now + 61 * SECOND))

    dispatch_due(gateway, now=lambda: gateway.now, worker="one")

    assert bodies(gateway) == [str(number) for number in range(8)]
    assert [state(message) for message in messages] == ["accepted"] * 8 + ["unknown"] * 2


def test_what_is_left_of_a_round_that_a_slow_network_draws_out_goes_back_for_times_may_have_moved(app: Flask) -> None:
    night = a_night()
    now, josh = night.at("19:45"), night.person("Josh Granowski")
    messages = [a_text(night, josh, f"{number}", kind="note", due_at=now) for number in range(10)]
    gateway = Slow(now, lambda: None, takes=2 * SECOND)

    dispatch_due(gateway, now=lambda: gateway.now, worker="one")
    left = [state(message) for message in messages]
    dispatch_due(gateway, now=lambda: gateway.now, worker="one")

    assert left == ["accepted"] * 8 + ["waiting"] * 2
    assert [state(message) for message in messages] == ["accepted"] * 10


def test_a_text_that_a_callback_moved_on_before_the_answer_came_stays_there(app: Flask) -> None:
    night = a_night()
    message = a_message(night, night.person("Josh Granowski"), state="sending", attempts=1, provider_sid="SM1")
    store_receipt(message.id, {"MessageSid": "SM1", "MessageStatus": "delivered"}, now=night.at("19:45"))
    apply_receipts(night.at("19:45"))

    claimed = Claimed(OutgoingText(message.id, "", ""), 1, night.at("19:45"), night.at("20:00"))
    answer = SendResult(claimed, Unsure("?"), night.at("19:46"))
    record([answer], sender="+12125550100")

    assert state(message) == "delivered"


def test_an_outcome_that_cannot_be_written_takes_no_other_with_it_and_is_never_posted_again(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    night = a_night()
    now = night.at("19:45")
    messages = [a_text(night, night.person("Josh Granowski"), kind="note", due_at=now) for _ in range(3)]
    gateway = RecordingGateway(Accepted("SM1"), Accepted("SM1"), Accepted("SM2"))  # one name for two texts

    send_due(gateway, now)
    written = [(state(message), message.provider_sid) for message in messages]
    expire_leases(now + 61 * SECOND)
    send_due(gateway, now + 61 * SECOND)

    assert written == [("accepted", "SM1"), ("sending", None), ("accepted", "SM2")]
    assert (state(messages[1]), len(gateway.texts)) == ("unknown", 3)
    assert f"messages {messages[1].id}: what became of them could not be written: IntegrityError" in caplog.text
