"""Forgetting people: what is kept is that somebody was there."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.db import db, transaction
from coordinator.desk.actions import HasAnAccount, forget, forget_past
from coordinator.events.actions import edit_event
from coordinator.events.models import EventPerson
from coordinator.messaging.actions import forget_texts_of_nobody, queue_text, store_receipt
from coordinator.messaging.models import Message, Receipt
from coordinator.people.models import Person
from tests.builders import ANight, a_coordinator, a_message, a_night, a_person, a_shift, at

PHONE = "+13125550142"
END_OF_THE_DAY = at("05:00+1")


def a_past_night(slug: str = "benefit", **columns: object) -> ANight:
    night = a_night(slug=slug, shifts=[a_shift("Front door", "19:15", "20:45", people=("Ana Ruiz",))])
    edit_event(night.event, date=night.event.date)  # which also says until when it is planned
    return night


def names() -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(Person.name).order_by(Person.id)))


def test_forgetting_blanks_the_texts_and_stops_those_that_have_not_left(app: Flask, now: datetime) -> None:
    night = a_past_night()
    ana = night.person("Ana Ruiz")
    sent = a_message(night, ana, body="Ana, you are on.", state="delivered")
    waiting = a_message(night, ana, body="Ana, see you.", state="waiting")
    other = a_message(night, night.person("Josh Granowski"), body="Josh, you are on.", state="waiting")

    forget(ana, now)

    kept = {message.id: (message.phone, message.body, message.state) for message in _messages()}
    assert kept == {
        sent.id: ("", "", "delivered"),
        waiting.id: ("", "", "cancelled"),
        other.id: (other.phone, "Josh, you are on.", "waiting"),
    }
    assert (ana.name, ana.phone, ana.forgotten_at) == ("Forgotten", None, now)


def test_callbacks_about_the_texts_no_longer_name_the_number(app: Flask, now: datetime) -> None:
    night = a_past_night()
    ana = night.person("Ana Ruiz")
    sent = a_message(night, ana, state="delivered")
    store_receipt(sent.id, {"To": str(ana.phone), "MessageStatus": "delivered"}, now=now)

    forget(ana, now)

    assert [receipt.fields for receipt in db.session.scalars(select(Receipt))] == [{"MessageStatus": "delivered"}]


def test_a_code_that_went_to_a_number_of_nobody_known_is_forgotten_after_thirty_days(app: Flask, now: datetime) -> None:
    night = a_night()
    queue_text(
        organisation_id=night.organisation.id, event_id=None, person=None, kind="code", body="1", now=now, phone=PHONE
    )
    message = db.session.scalars(select(Message).where(Message.phone == PHONE)).one()
    with transaction():
        message.state = "delivered"
    store_receipt(message.id, {"MessageSid": "SM1", "MessageStatus": "delivered", "To": PHONE}, now=now)

    too_early = forget_texts_of_nobody(now + timedelta(days=30))
    forgotten = forget_texts_of_nobody(now + timedelta(days=30, seconds=1))

    receipt = db.session.scalars(select(Receipt)).one()
    assert (too_early, forgotten, forget_texts_of_nobody(now + timedelta(days=40))) == (0, 1, 0)
    assert (message.phone, message.body, message.state) == ("", "", "delivered")
    assert receipt.fields == {"MessageSid": "SM1", "MessageStatus": "delivered"}


def test_the_key_of_somebody_forgotten_says_nothing(app: Flask, now: datetime) -> None:
    night = a_past_night()
    ana = night.person("Ana Ruiz")

    forget(ana, now)

    parts = db.session.scalars(select(EventPerson.key).where(EventPerson.person_id == ana.id)).all()
    assert parts == [f"forgotten-{ana.id}"]


def test_somebody_with_an_account_is_not_forgotten(app: Flask, now: datetime) -> None:
    alice = a_coordinator("Alice")

    with pytest.raises(HasAnAccount) as refused:
        forget(alice.person, now)

    assert str(refused.value) == "Alice has an account, which needs a name. Nobody was forgotten."
    assert names() == ["Alice"]


def test_people_are_forgotten_thirty_days_after_their_show_and_not_before(app: Flask) -> None:
    a_past_night()

    assert forget_past(END_OF_THE_DAY + timedelta(days=30) - timedelta(seconds=1)) == 0
    assert forget_past(END_OF_THE_DAY + timedelta(days=30)) == 4
    assert names() == ["Forgotten"] * 4
    assert forget_past(END_OF_THE_DAY + timedelta(days=60)) == 0


def test_whoever_stays_or_was_in_no_show_or_has_an_account_is_kept(app: Flask) -> None:
    night = a_past_night()
    with transaction():
        night.person("Ana Ruiz").stays_on_list = True
    a_person("Never on", organisation=night.organisation)
    alice = a_coordinator("Alice", organisation=night.organisation)
    with transaction() as session:
        session.add(EventPerson(event_id=night.event.id, person_id=alice.person_id, key="alice"))

    forgotten = forget_past(END_OF_THE_DAY + timedelta(days=31))

    kept = [name for name in names() if name != "Forgotten"]
    assert (forgotten, sorted(kept)) == (3, ["Alice", "Ana Ruiz", "Never on"])


def test_whoever_has_another_show_ahead_is_kept(app: Flask) -> None:
    night = a_past_night()
    next_year = a_night(slug="next", organisation=night.organisation, on=night.on.replace(year=2027))
    edit_event(next_year.event, date=next_year.event.date)

    forget_past(END_OF_THE_DAY + timedelta(days=31))

    kept = [name for name in names() if name != "Forgotten"]
    assert kept == ["Josh Granowski", "Carlos Lumbi", "The Poor Nobodys"]


def _messages() -> list[Message]:
    with transaction() as session:
        return list(session.scalars(select(Message)))
