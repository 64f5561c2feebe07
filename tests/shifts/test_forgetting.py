"""Forgetting people: what is kept is that someone was there."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from coordinator.accounts.actions.forgetting import IsAMember
from coordinator.accounts.actions.members import remove_member
from coordinator.accounts.models import Account, Actor, Authenticator, Coordinator, Passkey, RecoveryCode
from coordinator.db import db, transaction
from coordinator.events.models import EventPerson
from coordinator.messaging.actions.forgetting import forget_texts_of_nobody
from coordinator.messaging.actions.outbox import queue_text
from coordinator.messaging.actions.receipts import store_receipt
from coordinator.messaging.models import Message, Receipt
from coordinator.people.models import Person
from coordinator.shifts.actions.codes import CodeRequest, ask_code
from coordinator.shifts.actions.forgetting import forget, forget_past
from coordinator.shifts.models import ProofCode
from tests.builders import ANight, a_coordinator, a_message, a_night, a_person, a_shift, at
from tests.passkeys import prove_with_everything

PHONE = "+13125550142"
END_OF_THE_DAY = at("05:00+1")


def a_past_night(slug: str = "benefit", **columns: object) -> ANight:
    return a_night(slug=slug, shifts=[a_shift("Front door", "19:15", "20:45", people=("Ana Ruiz",))])


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


def test_whoever_was_told_by_email_is_forgotten_by_address_too(app: Flask, now: datetime) -> None:
    night = a_past_night()
    ana = night.person("Ana Ruiz")
    address, mail = "ana@show.example", {"subject": "You're on", "body": "Ana, you are on."}
    with transaction():
        ana.email, ana.email_agreed_at, ana.email_trouble, ana.prefers = address, now, f"550 {address}", "email"
        ana.phone = None
    a_message(night, ana, state="sent", channel="email", phone="", address=address, mail=mail)
    josh = night.person("Josh Granowski")
    a_message(night, josh, state="sent", mail=mail | {"body": f"Ana Ruiz ({address}) can't come."})
    asked = CodeRequest(sent_to=address, host="h", address="192.0.2.7", browser="b", language="en", name="Ana")
    ask_code(night.event, asked, now=now)

    forget(ana, now)

    kept = [(message.address, (message.mail or {}).get("body", "")) for message in _messages()]
    assert sorted(said for _, said in kept) == ["", "", "Forgotten (Forgotten) can't come."]
    assert {address for address, _ in kept} == {None}
    assert db.session.scalar(select(func.count(ProofCode.id))) == 0
    left = {column.name for column in Person.__table__.columns if getattr(ana, column.name)}
    assert left & {"email", "email_agreed_at", "email_trouble", "prefers"} == set()


def test_a_code_to_an_address_that_somebody_else_has_stays(app: Flask, now: datetime) -> None:
    night = a_past_night()
    ana = night.person("Ana Ruiz")
    with transaction():
        ana.email = "both@show.example"
    a_person("Ben", organisation=night.organisation, phone=None, email="both@show.example")
    shared = "both@show.example"
    asked = CodeRequest(sent_to=shared, host="h", address="192.0.2.7", browser="b", language="en", name="B")
    ask_code(night.event, asked, now=now)

    forget(ana, now)

    assert [message.address for message in _messages()] == ["both@show.example"]
    assert db.session.scalar(select(func.count(ProofCode.id))) == 1


def test_the_key_of_somebody_forgotten_says_nothing(app: Flask, now: datetime) -> None:
    night = a_past_night()
    ana = night.person("Ana Ruiz")

    forget(ana, now)

    parts = db.session.scalars(select(EventPerson.key).where(EventPerson.person_id == ana.id)).all()
    assert parts == [f"forgotten-{ana.id}"]


def test_a_member_is_not_forgotten_and_it_is_said_what_to_do_first(app: Flask, now: datetime) -> None:
    alice = a_coordinator("Alice")

    with pytest.raises(IsAMember) as refused:
        forget(alice.person, now)

    assert str(refused.value) == (
        "Alice is a member of the organization. First remove them on its members page, "
        "or let them leave on their account page. Nobody was forgotten."
    )
    assert names() == ["Alice"]


def test_whoever_left_one_of_two_organizations_keeps_the_account_for_the_other(app: Flask, now: datetime) -> None:
    alice, bob = a_coordinator("Alice"), a_coordinator("Bob", email="bob@show.example")
    bob_here = a_coordinator("Bob Here", organisation=alice.organisation, email="bob@show.example")
    remove_member(bob_here, now, actor=Actor.of(alice))

    forget(bob_here.person, now)

    members = db.session.scalars(select(Coordinator).order_by(Coordinator.id)).all()
    assert [(member.person.name, member.email) for member in members] == [
        ("Alice", "alice@show.example"),
        ("Bob", "bob@show.example"),
    ]
    assert names() == ["Alice", "Bob", "Forgotten"]
    assert bob.account.active_memberships == [bob]


def test_with_the_account_goes_what_it_signed_in_with(app: Flask, now: datetime) -> None:
    alice = a_coordinator("Alice")
    bob = a_coordinator("Bob", organisation=alice.organisation)
    for each in (alice, bob):
        prove_with_everything(each.account, now)
    remove_member(bob, now, actor=Actor.of(alice))

    forget(bob.person, now)

    left = [set(db.session.scalars(select(table.account_id))) for table in (Authenticator, Passkey, RecoveryCode)]
    assert left == [{alice.account_id}] * 3


def test_a_past_member_is_forgotten_after_their_last_show(app: Flask) -> None:
    night = a_past_night()
    alice = a_coordinator("Alice", organisation=night.organisation)
    bob = a_coordinator("Bob", organisation=night.organisation)
    with transaction() as session:
        session.add(EventPerson(event_id=night.event.id, person_id=bob.person_id, key="bob"))
    remove_member(bob, night.at("12:00"), actor=Actor.of(alice))

    forget_past(END_OF_THE_DAY + timedelta(days=30))

    emails = list(db.session.scalars(select(Account.email)))
    assert (emails, [name for name in names() if name != "Forgotten"]) == (["alice@show.example"], ["Alice"])


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
    a_night(slug="next", organisation=night.organisation, on=night.on.replace(year=2027))

    forget_past(END_OF_THE_DAY + timedelta(days=31))

    kept = [name for name in names() if name != "Forgotten"]
    assert kept == ["Josh Granowski", "Carlos Lumbi", "The Poor Nobodys"]


def _messages() -> list[Message]:
    with transaction() as session:
        return list(session.scalars(select(Message)))
