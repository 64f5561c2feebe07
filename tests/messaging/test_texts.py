"""What pages are told about texts."""

from typing import Any

from flask import Flask

from coordinator.db import transaction
from coordinator.messaging.actions.heartbeat import beat
from coordinator.messaging.gateway import RecordingGateway
from coordinator.messaging.models import Direction, Heartbeat
from coordinator.messaging.queries.conversations import thread
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.texts import (
    Counts,
    MessageFilter,
    counts,
    inbox,
    last_change,
    last_tick,
    next_due,
    texts_of,
)
from tests.builders import MADE_AT, a_message, a_night, an_organisation, minutes
from tests.messaging.posting import a_text, send_due


def test_the_texts_of_an_event_come_newest_first_and_can_be_narrowed(app: Flask) -> None:
    night, other = a_night(), a_night(slug="another")
    josh, carlos = night.person("Josh Granowski"), night.person("Carlos Lumbi")
    first = a_message(night, josh, state="delivered", sent_at=night.at("12:00"))
    second = a_message(night, carlos, kind="note", state="failed", finished_at=night.at("13:00"))
    third = a_message(night, josh, direction=Direction.IN, state="received", created_at=night.at("14:00"))
    a_message(other, other.person("Josh Granowski"))

    assert texts_of(night.event.id) == [third, second, first]
    assert texts_of(night.event.id, MessageFilter(states=("failed",))) == [second]
    assert texts_of(night.event.id, MessageFilter(direction=Direction.IN)) == [third]
    assert texts_of(night.event.id, MessageFilter(what="reminder", person_ids=(josh.id,))) == [third, first]
    assert texts_of(night.event.id, limit=1) == [third]


def test_the_next_texts_are_those_due_first_held_ones_among_them(app: Flask) -> None:
    night = a_night()
    josh = night.person("Josh Granowski")
    later = a_text(night, josh, due_at=night.at("19:00"))
    held = a_message(night, josh, state="held", due_at=night.at("18:00"))
    a_message(night, josh, state="accepted", due_at=night.at("17:00"))

    assert next_due(night.event.id, 5) == [held, later]
    assert next_due(night.event.id, 1) == [held]


def test_counts_say_where_the_texts_of_an_event_are(app: Flask) -> None:
    night = a_night()
    josh = night.person("Josh Granowski")
    states = ["waiting", "held", "sending", "unknown", "accepted", "sent", "delivered", "undelivered", "failed"]
    for each in (*states, "expired", "stopped", "cancelled"):
        a_message(night, josh, state=each)
    a_message(night, josh, state="received", direction=Direction.IN)

    assert counts(night.event.id) == Counts(planned=2, sent=3, delivered=1, failed=4, unsure=2, answered=1)


def test_a_thread_holds_both_sides_oldest_first_and_reminders_as_they_left(app: Flask) -> None:
    night = a_night()
    josh, now = night.person("Josh Granowski"), night.at("19:45")
    for body in ("Get ready.", "You are on."):
        a_text(night, josh, body, due_at=now)
    send_due(RecordingGateway(), now)
    a_message(night, josh, body="C", state="received", direction=Direction.IN, created_at=now + minutes(1))
    a_text(night, josh, "not yet", due_at=night.at("21:00"))

    assert [(bubble.incoming, bubble.body, bubble.at) for bubble in thread(josh)] == [
        (True, "Get ready.\nYou are on.", now),
        (False, "C", now + minutes(1)),
    ]


def test_the_inbox_holds_what_an_organisations_people_wrote_and_nobody_has_answered(app: Flask) -> None:
    night = a_night()
    other = a_night(organisation=an_organisation("Elsewhere"), slug="another")
    josh = night.person("Josh Granowski")
    wrote: dict[str, Any] = {"state": "received", "direction": "in", "needs_answer": True}
    older = a_message(night, josh, created_at=MADE_AT, **wrote)
    newer = a_message(night, josh, created_at=MADE_AT + minutes(1), **wrote)
    a_message(night, josh, answered_at=MADE_AT, **wrote)
    a_message(night, josh, state="received", direction=Direction.IN)
    a_message(other, other.person("Josh Granowski"), **wrote)

    assert inbox(night.organisation.id) == [newer, older]


def test_any_change_of_any_text_can_be_seen(app: Flask) -> None:
    night = a_night()
    before = last_change()

    a_text(night, night.person("Josh Granowski"))

    assert last_change() > before


def test_the_last_tick_is_the_newest_of_any_process(app: Flask) -> None:
    never = last_tick()
    with transaction() as session:
        session.add(Heartbeat(name="another", at=MADE_AT))
    beat("jobs", MADE_AT + minutes(1))
    beat("jobs", MADE_AT + minutes(2))

    assert (never, last_tick()) == (None, MADE_AT + minutes(2))


def test_nobody_of_nobody_has_opted_out(app: Flask) -> None:
    assert opted_out(set(), "+12125550100") == set()
