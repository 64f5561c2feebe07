"""A text goes into the outbox, and changes its state only forward."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from coordinator.db import db, transaction
from coordinator.messaging.actions.outbox import bring_back, change_state, withdraw
from coordinator.messaging.models import Message, MessageState
from coordinator.people.models import Channel
from tests.builders import MADE_AT, ANight, a_message, a_night, a_person, minutes
from tests.messaging.posting import a_text, state, story

FORWARDS = {
    "waiting": {"held", "sending", "unknown", "accepted", "sent"},
    "held": {"waiting", "sending", "unknown", "accepted", "sent"},
    "sending": {"waiting", "unknown", "accepted", "sent"},
    "unknown": {"waiting", "accepted", "sent"},
    "accepted": {"sent"},
    "sent": set[str](),
}
ENDS = set(MessageState) - set(FORWARDS)


def test_a_text_waits_with_its_words_made_plain_and_its_segments_counted(app: Flask) -> None:
    night = a_night()
    josh = night.person("Josh Granowski")

    message = a_text(night, josh, "You’re on – “Josh”…", due_at=night.at("19:45"), useful_until=night.at("20:00"))

    assert (message.body, message.segments, message.phone, message.language) == (
        'You\'re on - "Josh"...',
        1,
        josh.phone,
        "en",
    )
    assert (message.due_at, message.useful_until) == (night.at("19:45"), night.at("20:00"))
    assert story(message) == [("waiting", "put into the outbox")]


def test_a_text_without_a_due_time_is_due_now(app: Flask) -> None:
    night = a_night()

    message = a_text(night, night.person("Josh Granowski"))

    assert message.due_at == MADE_AT


def test_a_long_text_in_spanish_counts_its_segments(app: Flask) -> None:
    night = a_night()

    message = a_text(night, night.person("Josh Granowski"), "Sí, " * 20)

    assert message.segments == 2


def test_two_texts_of_one_key_are_refused(app: Flask) -> None:
    night = a_night()
    a_text(night, night.person("Josh Granowski"), dedupe_key="call|slot:1|1")

    with pytest.raises(IntegrityError):
        a_text(night, night.person("Josh Granowski"), dedupe_key="call|slot:1|1")


def queue_and_break(night: ANight) -> None:
    with transaction():
        a_text(night, night.person("Josh Granowski"))
        raise RuntimeError


def test_queueing_joins_the_transaction_it_is_called_in(app: Flask) -> None:
    night = a_night()

    with pytest.raises(RuntimeError):
        queue_and_break(night)

    assert db.session.query(Message).count() == 0


@pytest.mark.parametrize("before", MessageState)
def test_a_state_only_goes_forwards_and_a_final_one_nowhere(sqlite_app: Flask, before: str) -> None:
    night = a_night([])
    ana = a_person(organisation=night.organisation)
    messages: dict[str, Message] = {after: a_message(night, ana, state=before) for after in MessageState}

    with transaction():
        moved = {
            after: change_state(message, after, now=MADE_AT, cause="because") for after, message in messages.items()
        }

    allowed = FORWARDS.get(before, set()) | (ENDS if before in FORWARDS else set())
    assert {after for after, has_moved in moved.items() if has_moved} == allowed
    assert {after: state(message) for after, message in messages.items()} == {
        after: after if after in allowed else before for after in MessageState
    }
    assert [story(messages[after]) for after in allowed] == [[(after, "because")] for after in allowed]


def test_a_final_state_has_its_instant(app: Flask) -> None:
    night = a_night()
    message = a_text(night, night.person("Josh Granowski"))

    with transaction():
        change_state(message, "expired", now=MADE_AT + minutes(5), cause="too late")

    assert message.finished_at == MADE_AT + minutes(5)


@pytest.mark.parametrize(("before", "after"), [("waiting", True), ("held", True), ("sending", False), ("sent", False)])
def test_only_what_has_not_left_is_withdrawn(app: Flask, before: str, *, after: bool) -> None:
    night = a_night()
    message = a_message(night, night.person("Josh Granowski"), state=before)

    withdrawn = withdraw(message, now=MADE_AT, cause="the slot is cancelled")

    assert withdrawn is after
    assert state(message) == ("cancelled" if after else before)


def test_what_was_withdrawn_can_wait_again(app: Flask) -> None:
    night = a_night()
    message = a_text(night, night.person("Josh Granowski"))
    withdraw(message, now=MADE_AT, cause="the slot is cancelled")

    back = bring_back(message, now=MADE_AT + timedelta(seconds=30), cause="undone")

    assert back
    assert (message.state, message.finished_at) == ("waiting", None)
    assert story(message) == [
        ("waiting", "put into the outbox"),
        ("cancelled", "the slot is cancelled"),
        ("waiting", "undone"),
    ]


def test_what_went_out_and_was_cancelled_by_the_network_stays_so(app: Flask) -> None:
    night = a_night()
    message = a_message(night, night.person("Josh Granowski"), state="cancelled", sent_at=MADE_AT)

    assert not bring_back(message, now=MADE_AT, cause="undone")


def test_a_message_takes_the_way_its_person_is_told_first(app: Flask) -> None:
    night = a_night()
    josh = night.person("Josh Granowski")
    rosa = a_person("Rosa", phone=None, email="rosa@show.example", email_agreed_at=MADE_AT)
    both = a_person("Both", email="both@show.example", email_agreed_at=MADE_AT)
    mailed = a_person("Mailed", email="mailed@show.example", email_agreed_at=MADE_AT, prefers="email")
    silent = a_person("Silent", phone=None, email="silent@show.example")

    ways = [(text.channel, text.address) for text in (a_text(night, who) for who in (josh, rosa, both, mailed, silent))]

    assert ways == [
        ("text", None),
        ("email", "rosa@show.example"),
        ("text", None),
        ("email", "mailed@show.example"),
        ("text", None),
    ]


def test_an_answer_goes_to_the_phone_it_is_for_and_by_email_where_there_is_none(app: Flask) -> None:
    night = a_night()
    mailed = a_person("Mailed", email="mailed@show.example", email_agreed_at=MADE_AT, prefers="email")
    rosa = a_person("Rosa", phone=None, email="rosa@show.example", email_agreed_at=MADE_AT)

    ways = [a_text(night, who, kind="reply").channel for who in (mailed, rosa)]

    assert ways == ["text", "email"]


def test_a_code_goes_where_it_is_asked_for(app: Flask) -> None:
    night = a_night()

    code = a_text(night, None, "123456", kind="code", channel=Channel.EMAIL, address="new@show.example")

    assert (code.channel, code.address, code.phone) == ("email", "new@show.example", "")
