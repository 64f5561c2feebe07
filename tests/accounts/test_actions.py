"""Accounts: who may sign in, how, and how often they may try."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from coordinator.accounts.actions import (
    EmailIsTaken,
    LinkIsOver,
    NotAnEmail,
    NotARole,
    PasswordTooShort,
    TooManyTries,
    WrongPassword,
    add_coordinator,
    check_password,
    forget_old_tries,
    mark_left,
    record_change,
    set_password,
    sign_in_by_link,
    sign_in_link,
)
from coordinator.accounts.models import Attempt, AuditEntry, Coordinator
from coordinator.accounts.queries import (
    coordinator_by_email,
    coordinator_by_id,
    coordinators_of,
    first_organisation,
    open_sign_in_link,
    organisation_named,
)
from coordinator.db import db
from tests.builders import a_coordinator, an_organisation

GOOD = "a long enough one"
HERE = "203.0.113.7"


def test_a_coordinator_is_a_person_who_is_not_forgotten_after_a_show(app: Flask, now: datetime) -> None:
    organisation = an_organisation()

    alice = add_coordinator(" Alice@Show.example ", "Alice", "+12125550100", "owner", organisation, now)

    assert (alice.email, alice.role, alice.password_hash) == ("alice@show.example", "owner", None)
    assert (alice.person.name, alice.person.phone, alice.person.stays_on_list) == ("Alice", "+12125550100", True)
    assert coordinator_by_email("ALICE@show.example") == alice
    assert coordinators_of(organisation.id) == [alice]


@pytest.mark.parametrize(
    ("email", "role", "refusal", "sentence"),
    [
        ("alice", "owner", NotAnEmail, "alice is not an e-mail address. Write it like ana@show.example."),
        ("a b@c", "owner", NotAnEmail, "a b@c is not an e-mail address. Write it like ana@show.example."),
        ("ALICE@show.example", "owner", EmailIsTaken, "There is an account with alice@show.example already."),
        (
            "bob@show.example",
            "boss",
            NotARole,
            "boss is no role; the roles are owner, coordinator, stage_manager.",
        ),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    app: Flask, now: datetime, email: str, role: str, refusal: type[ValueError], sentence: str
) -> None:
    alice = a_coordinator("Alice", email="alice@show.example")

    with pytest.raises(refusal) as refused:
        add_coordinator(email, "Bob", None, role, alice.organisation, now)

    assert str(refused.value) == sentence


def test_a_link_signs_in_once(app: Flask, now: datetime) -> None:
    alice = a_coordinator("Alice")
    token = sign_in_link(alice, now, sets_password=True)
    waiting = open_sign_in_link(token, now)

    signed_in = sign_in_by_link(token, now)

    assert (signed_in, waiting is not None and waiting.sets_password) == (alice, True)
    with pytest.raises(LinkIsOver) as refused:
        sign_in_by_link(token, now)
    assert str(refused.value) == "This link has been used or is too old. Please ask for a new one."


def test_a_link_lasts_half_an_hour_unless_told(app: Flask, now: datetime) -> None:
    alice = a_coordinator("Alice")
    short, long = sign_in_link(alice, now), sign_in_link(alice, now, lasts=timedelta(days=1))

    later = now + timedelta(minutes=30)

    with pytest.raises(LinkIsOver):
        sign_in_by_link(short, later)
    assert sign_in_by_link(long, later) == alice


def test_nobody_signs_in_who_has_left(app: Flask, now: datetime) -> None:
    alice = a_coordinator("Alice")
    set_password(alice, GOOD)
    token = sign_in_link(alice, now)

    mark_left(alice, now)

    with pytest.raises(LinkIsOver):
        sign_in_by_link(token, now)
    with pytest.raises(WrongPassword):
        check_password(alice.email, GOOD, address=HERE, now=now)
    assert coordinator_by_id(alice.id) is None


def test_a_made_up_link_signs_in_nobody(app: Flask, now: datetime) -> None:
    sign_in_link(a_coordinator("Alice"), now)

    with pytest.raises(LinkIsOver):
        sign_in_by_link("made-up", now)


def test_a_password_signs_in_its_owner_alone(app: Flask, now: datetime) -> None:
    alice, bob = a_coordinator("Alice"), a_coordinator("Bob")
    set_password(alice, GOOD)

    assert check_password(" ALICE@show.example", GOOD, address=HERE, now=now) == alice
    for email, password in [(alice.email, GOOD + "r"), (bob.email, GOOD), ("nobody@show.example", GOOD), ("", "")]:
        with pytest.raises(WrongPassword) as refused:
            check_password(email, password, address=HERE, now=now)
        assert str(refused.value) == "E-mail and password do not belong together."


def test_a_short_password_is_refused(app: Flask) -> None:
    with pytest.raises(PasswordTooShort) as refused:
        set_password(a_coordinator(), "ninechars")

    assert str(refused.value) == "A password needs at least 10 letters."


def test_the_sixth_try_in_a_quarter_of_an_hour_is_refused_even_with_the_right_password(
    app: Flask, now: datetime
) -> None:
    alice = a_coordinator("Alice")
    set_password(alice, GOOD)
    for minute in range(5):
        _fail(alice.email, now + timedelta(minutes=minute))

    with pytest.raises(TooManyTries) as refused:
        check_password(alice.email, GOOD, address=HERE, now=now + timedelta(minutes=5))

    assert refused.value.again_at == now + timedelta(minutes=15)
    assert str(refused.value) == "That was tried too often. Please try again in 10 minutes."
    assert check_password(alice.email, GOOD, address=HERE, now=now + timedelta(minutes=15)) == alice


def test_signing_in_takes_back_the_tries_before_it(app: Flask, now: datetime) -> None:
    alice = a_coordinator("Alice")
    set_password(alice, GOOD)
    for _ in range(4):
        _fail(alice.email, now)
    check_password(alice.email, GOOD, address=HERE, now=now)

    for _ in range(5):
        _fail(alice.email, now)

    with pytest.raises(TooManyTries):
        _fail(alice.email, now)


def test_one_address_may_try_twenty_times_whatever_the_e_mail(app: Flask, now: datetime) -> None:
    for number in range(20):
        _fail(f"somebody-{number}@show.example", now)

    with pytest.raises(TooManyTries) as refused:
        check_password("another@show.example", GOOD, address=HERE, now=now + timedelta(minutes=14, seconds=30))

    assert str(refused.value) == "That was tried too often. Please try again in 1 minute."
    with pytest.raises(WrongPassword):
        check_password("another@show.example", GOOD, address="203.0.113.8", now=now)


def test_tries_are_kept_without_saying_whose_and_for_a_day(app: Flask, now: datetime) -> None:
    _fail("alice@show.example", now)

    kept = db.session.scalars(select(Attempt.subject)).all()

    assert [len(subject) for subject in kept] == [64, 64]
    assert forget_old_tries(now + timedelta(hours=24)) == 0
    assert forget_old_tries(now + timedelta(hours=24, seconds=1)) == 2
    assert db.session.scalar(select(func.count(Attempt.id))) == 0


def test_what_a_coordinator_changed_is_kept(app: Flask, now: datetime) -> None:
    alice = a_coordinator("Alice")

    record_change(
        organisation_id=alice.organisation_id,
        coordinator_id=alice.id,
        by="Alice",
        what="slot.moved",
        subject="josh",
        before={"starts": "20:00"},
        after={"starts": "20:10"},
        now=now,
    )

    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.by, entry.what, entry.subject, entry.at) == ("Alice", "slot.moved", "josh", now)
    assert (entry.before, entry.after) == ({"starts": "20:00"}, {"starts": "20:10"})


def test_organisations_are_found_by_name_and_by_age(app: Flask) -> None:
    assert first_organisation() is None
    first, second = an_organisation("Kitchen Concerts"), an_organisation("Benefit Nights")

    assert first_organisation() == first
    assert organisation_named("Benefit Nights") == second
    assert organisation_named("Nobody's") is None


def _fail(email: str, now: datetime) -> Coordinator | None:
    with pytest.raises(WrongPassword):
        check_password(email, "not this one", address=HERE, now=now)
    return None
