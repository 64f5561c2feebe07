"""What the network answers is written down, one small batch after another."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from coordinator.db import db
from coordinator.messaging.actions import (
    AT_ONCE,
    Hold,
    apply_receipts,
    dispatch_due,
    expire_leases,
    stop_texts,
    store_receipt,
)
from coordinator.messaging.actions.claiming import Claimed, claim_due, nothing_held
from coordinator.messaging.actions.outcomes import Answered, record
from coordinator.messaging.gateway import Accepted, Outcome, OutgoingText, RecordingGateway, Refused, TryLater, Unsure
from coordinator.messaging.models import Alarm, Message, OptOut
from coordinator.messaging.queries import open_alarms
from coordinator.messaging.simulated_gateway import SimulatedGateway
from tests.builders import a_message, a_night, minutes
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

    wishes = [(wish.phone, wish.sender, wish.at, wish.how) for wish in db.session.query(OptOut)]
    assert wishes == [(josh.phone, "+12125550100", now, "21610")]
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


class Counting(RecordingGateway):
    """Counts how many texts are in the air or answered and not yet written down."""

    most = 0

    def send(self, text: OutgoingText) -> Outcome:
        outcome = super().send(text)
        with db.engine.connect() as connection:
            written = connection.scalar(select(func.count()).where(Message.state == "accepted")) or 0
        self.most = max(self.most, len(self.texts) - written)
        return outcome


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

    record([Answered(claim.texts[0], outcome, now + 62 * SECOND)], sender="+12125550100")

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
    record([Answered(first, TryLater("busy", 1), now)], sender="+12125550100")
    claim_due("+12125550100", now=now + SECOND, worker="two", hold=nothing_held, limit=5)

    record([Answered(first, Refused(21211, "no", "recipient"), now + SECOND)], sender="+12125550100")
    untouched = state(message)
    record([Answered(first, Accepted("SM9"), now + SECOND)], sender="+12125550100")

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
    """A network on which the clock goes on by two seconds with every text; something happens after the first."""

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
    gateway = Slow(now, lambda: stop_texts(josh.phone or "", sender="+12125550100", how="STOP", now=now))

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
    answer = Answered(claimed, Unsure("?"), night.at("19:46"))
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
