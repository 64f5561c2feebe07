"""Planning reads, decides and composes without a lock, and writes only what was decided about the event as it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text

from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.messaging.models import Message
from coordinator.reminders.actions.drafting import EventDraft, draft_event
from coordinator.reminders.actions.plan import AT_ONCE, plan, write_draft
from coordinator.reminders.actions.rules import RuleChange, WordsTooLong, change_rule
from coordinator.shownight.actions.pressing import declare_late
from tests.builders import a_night, a_shift, a_slot, an_organisation
from tests.night import ANight
from tests.playing import PUBLIC_URL

ALICE = Actor("Alice")

SAM = Actor("Sam Stage")


@contextmanager
def somebody_else_writes(event: Event) -> Iterator[None]:
    """Another process holds the one write lock of SQLite, or the event's own row on PostgreSQL."""
    db.session.commit()
    engine = create_engine(db.engine.url)
    with engine.connect() as other:
        is_sqlite = engine.dialect.name == "sqlite"
        if is_sqlite:
            other.exec_driver_sql("ROLLBACK")
        other.execute(
            text("BEGIN IMMEDIATE") if is_sqlite else text(f"SELECT 1 FROM events WHERE id={event.id} FOR UPDATE")
        )
        yield
        other.rollback()
    engine.dispose()


def ana_plays() -> ANight:
    night = a_night([a_slot("Ana Alder", answer="confirmed")])
    change_rule(night.event, "details", RuleChange(off=True, lead=None), actor=ALICE, now=night.at("12:00"))
    return night


def drafted(night: ANight, hour: str = "12:00") -> EventDraft:
    db.session.expire_all()
    return draft_event(night.event, night.at(hour), PUBLIC_URL)


def outbox() -> list[tuple[str | None, str]]:
    rows = db.session.scalars(select(Message).order_by(Message.due_at, Message.id))
    return [(row.rule or row.kind, row.state) for row in rows]


def test_an_event_is_decided_and_composed_while_somebody_else_holds_the_lock(app: Flask) -> None:
    night = ana_plays()

    with somebody_else_writes(night.event):
        draft = drafted(night)

    assert [planned.rule for planned in draft.texts] == ["call", "stage"]


def test_what_was_decided_about_an_event_that_has_changed_since_is_not_written(app: Flask) -> None:
    night = ana_plays()
    draft = drafted(night)
    declare_late(night.slot("Ana Alder").id, 20, actor=SAM, now=night.at("12:00"))

    assert write_draft(draft, night.at("12:00")) is False

    assert outbox() == []
    assert plan(night.at("12:00"), public_url=PUBLIC_URL) == 1
    assert outbox() == [("call", "waiting"), ("stage", "waiting")]


def test_a_text_that_leaves_between_deciding_and_writing_has_it_decided_anew(app: Flask) -> None:
    night = ana_plays()
    plan(night.at("12:00"), public_url=PUBLIC_URL)
    declare_late(night.slot("Ana Alder").id, 20, actor=SAM, now=night.at("18:59"))
    draft = drafted(night, "18:59")
    with transaction():
        left = db.session.scalars(select(Message).where(Message.rule == "call")).one()
        left.state, left.claimed_at = "sending", night.at("19:00")

    assert write_draft(draft, night.at("19:00")) is True

    db.session.expire_all()
    event = db.session.get_one(Event, night.event.id)
    assert left.says_at == night.at("20:00")
    assert (event.planned_revision < event.revision, event.plan_again_at) == (True, night.at("19:00"))


def test_an_event_with_more_texts_than_one_transaction_takes_is_planned_whole(app: Flask) -> None:
    people = tuple(f"Volunteer {number}" for number in range(AT_ONCE // 2 + 5))
    night = a_night([], shifts=[a_shift("Front door", "19:00", "22:00", people=people, min=1, max=len(people))])
    now = night.at("12:00") - timedelta(days=3)

    plan(now, public_url=PUBLIC_URL)

    assert len(outbox()) == 2 * len(people)
    assert plan(now, public_url=PUBLIC_URL) == 0


def test_words_of_thousands_of_brackets_are_refused_and_stop_no_other_event(app: Flask) -> None:
    organisation = an_organisation()
    poisoned = a_night([a_slot("Ana Alder", answer="confirmed")], organisation=organisation, slug="poisoned")
    other = a_night([a_slot("Ben Birch", answer="confirmed")], organisation=organisation, slug="other")

    with pytest.raises(WordsTooLong, match="600 characters"):
        change_rule(
            poisoned.event,
            "call",
            RuleChange(off=False, lead=None, text_en="[{act}]" * 3000),
            actor=ALICE,
            now=poisoned.at("12:00"),
        )
    with pytest.raises(WordsTooLong, match="600 characters"):
        change_rule(
            poisoned.event,
            "call",
            RuleChange(off=False, lead=None, text_es="x" * 601),
            actor=ALICE,
            now=poisoned.at("12:00"),
        )

    assert plan(other.at("12:00"), public_url=PUBLIC_URL) == 2


def test_words_that_were_kept_without_a_limit_are_planned_all_the_same(app: Flask) -> None:
    night = ana_plays()
    change_rule(night.event, "stage", RuleChange(off=False, lead=None, text_en="x"), actor=ALICE, now=night.at("12:00"))
    with transaction():
        db.session.execute(text("UPDATE rule_overrides SET text_en = :words"), {"words": "[{act} ]" * 40_000})
        night.event.revision += 1

    plan(night.at("12:00"), public_url=PUBLIC_URL)

    bodies = list(db.session.scalars(select(Message.body).where(Message.rule == "stage")))
    assert bodies == [" ".join(["Ana Alder"] * 16)]
