"""What the webhook missed is taken in from the network's list, once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from coordinator.db import db
from coordinator.messaging.actions.consent import stop_texts
from coordinator.messaging.actions.inbound import InboundText, receive_text
from coordinator.messaging.actions.recovering import recover_inbound
from coordinator.messaging.gateway import RecordingGateway
from coordinator.messaging.listing import CameIn, Unreachable
from coordinator.messaging.models import Direction, Message, OptOut
from coordinator.messaging.queries.figures import tallies
from coordinator.messaging.queries.texts import last_tick
from tests.builders import MADE_AT, a_person, minutes

EVERY = timedelta(minutes=5)
PHONE = "+12125550142"


def came(sid: str, body: str, at: datetime) -> CameIn:
    return CameIn(sid, PHONE, body, 0, at)


def recovered(gateway: RecordingGateway, at: datetime, answer: Callable[[Message, datetime], None]) -> int:
    return recover_inbound(gateway, now=lambda: at, every=EVERY, answer=answer)


def test_only_what_is_not_known_yet_is_taken_in_and_answered(app: Flask) -> None:
    a_person("Josh Granowski", phone=PHONE)
    answered: list[str | None] = []

    def answer(message: Message, now: datetime) -> None:
        answered.append(message.provider_sid)

    receive_text(InboundText(phone=PHONE, to="+12125550100", body="C", sid="SM1"), now=MADE_AT, answer=answer)
    gateway = RecordingGateway()
    gateway.inbox = [came("SM1", "C", MADE_AT), came("SM2", "LATE 10", MADE_AT)]

    taken = [recovered(gateway, MADE_AT + minutes(n), answer) for n in (1, 2, 7)]

    assert (taken, answered) == ([1, 0, 0], ["SM1", "SM2"])
    assert tallies() == {"recovered": 1}


def test_the_list_is_read_now_and_then_back_to_a_while_before_the_last_time(app: Flask) -> None:
    gateway = RecordingGateway()

    for minute in (0, 1, 4, 5, 6, 10):
        recovered(gateway, MADE_AT + minutes(minute), lambda message, now: None)

    assert gateway.asked_since == [MADE_AT - minutes(60), MADE_AT - minutes(5), MADE_AT]


def test_a_list_that_cannot_be_read_is_read_from_the_same_place_again(app: Flask) -> None:
    gateway = RecordingGateway()
    recovered(gateway, MADE_AT, lambda message, now: None)
    gateway.inbox = Unreachable("no")

    recovered(gateway, MADE_AT + minutes(5), lambda message, now: None)
    recovered(gateway, MADE_AT + minutes(6), lambda message, now: None)

    assert gateway.asked_since[1:] == [MADE_AT - minutes(5)] * 2


def test_a_text_of_long_ago_is_left_to_people_and_stop_is_obeyed_however_old(app: Flask) -> None:
    a_person("Josh Granowski", phone=PHONE)
    answered: list[str] = []
    gateway = RecordingGateway()
    gateway.inbox = [came("SM1", "LATE 10", MADE_AT - minutes(31)), came("SM2", "STOP", MADE_AT - minutes(40))]

    recovered(gateway, MADE_AT, lambda message, now: answered.append(message.body))

    waiting = {message.body: message.needs_answer for message in db.session.query(Message)}
    assert (answered, waiting) == ([], {"LATE 10": True, "STOP": False})
    assert [opt_out.phone for opt_out in db.session.query(OptOut)] == [PHONE]


def nothing(message: Message, now: datetime) -> None:
    """What would answer the text."""


def wants_texts() -> bool:
    return not db.session.query(OptOut).filter(OptOut.lifted_at.is_(None)).count()


@pytest.mark.parametrize(
    ("missed", "heard", "wants"),
    [
        ("STOP", "START", True),
        ("START", "STOP", False),
        ("STOP", "STOP", False),
        ("START", "START", True),
        ("STOP", "hello", False),
    ],
)
def test_a_word_that_was_missed_does_not_overrule_a_later_one(app: Flask, missed: str, heard: str, wants: bool) -> None:
    a_person("Josh Granowski", phone=PHONE)
    receive(heard, "SM2", MADE_AT)
    gateway = RecordingGateway()
    gateway.inbox = [came("SM1", missed, MADE_AT - minutes(3))]

    taken = recovered(gateway, MADE_AT + minutes(1), nothing)

    assert (taken, wants_texts()) == (1, wants)
    assert [message for message in db.session.query(Message) if message.needs_answer] == []


def test_the_networks_own_times_decide_and_not_when_its_calls_came(app: Flask) -> None:
    a_person("Josh Granowski", phone=PHONE)
    receive("START", "SM1", MADE_AT + minutes(0.5))  # called in late
    gateway = RecordingGateway()
    gateway.inbox = [came("SM1", "START", MADE_AT), came("SM2", "STOP", MADE_AT + minutes(0.2))]

    recovered(gateway, MADE_AT + minutes(1), nothing)

    assert not wants_texts()


def test_of_two_words_that_were_missed_the_later_one_counts_though_the_list_held_it_first(app: Flask) -> None:
    a_person("Josh Granowski", phone=PHONE)
    gateway = RecordingGateway()
    gateway.inbox = [came("SM2", "START", MADE_AT - minutes(2))]
    recovered(gateway, MADE_AT, nothing)
    gateway.inbox = [came("SM1", "STOP", MADE_AT - minutes(3))]
    recovered(gateway, MADE_AT + minutes(5), nothing)
    after_both = wants_texts()
    gateway.inbox = [came("SM3", "STOP", MADE_AT - minutes(1))]

    recovered(gateway, MADE_AT + minutes(10), nothing)

    assert (after_both, wants_texts()) == (True, False)


def test_a_start_that_was_missed_does_not_lift_what_the_network_reported_since(app: Flask) -> None:
    stop_texts(PHONE, sender="+12125550100", cause="21610", now=MADE_AT)
    gateway = RecordingGateway()
    gateway.inbox = [came("SM1", "START", MADE_AT - minutes(1))]

    recovered(gateway, MADE_AT + minutes(1), nothing)

    assert not wants_texts()


def test_who_dies_over_the_list_leaves_all_of_it_to_the_next(app: Flask) -> None:
    gateway = RecordingGateway()
    recovered(gateway, MADE_AT, nothing)
    gateway.inbox = [came("SM1", "STOP", MADE_AT + minutes(1)), came("SM2", "hello", MADE_AT + minutes(2))]

    def die(message: Message, now: datetime) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recovered(gateway, MADE_AT + minutes(30), die)
    taken = recovered(gateway, MADE_AT + minutes(35), nothing)

    assert gateway.asked_since[1:] == [MADE_AT - minutes(5)] * 2
    assert (taken, wants_texts()) == (0, False)
    assert db.session.query(Message).filter(Message.direction == Direction.IN).count() == 2


def receive(body: str, sid: str, at: datetime) -> None:
    receive_text(InboundText(phone=PHONE, to="+12125550100", body=body, sid=sid), now=at, answer=nothing)


def test_reading_the_list_is_no_tick(app: Flask) -> None:
    recovered(RecordingGateway(), MADE_AT, lambda message, now: None)

    assert last_tick() is None
