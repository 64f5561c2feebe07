"""Accounts: who may sign in, how, and how often they may try."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from coordinator.accounts.actions.accounts import AlreadyAMember, NotARole, add_coordinator
from coordinator.accounts.actions.limits import TooManyTries, forget_old_tries
from coordinator.accounts.actions.members import remove_member
from coordinator.accounts.actions.passwords import PasswordTooShort, WrongPassword, check_password, set_password
from coordinator.accounts.actions.records import record
from coordinator.accounts.actions.sign_in_links import LinkIsOver, sign_in_by_link, sign_in_link
from coordinator.accounts.models import Actor, Attempt, AuditEntry, Coordinator
from coordinator.accounts.queries import (
    account_by_email,
    coordinators_of,
    first_organisation,
    open_sign_in_link,
    organisation_named,
)
from coordinator.db import db
from coordinator.people.actions.emails import NotAnEmail
from tests.builders import MADE_AT, a_coordinator, an_organisation

GOOD = "a long enough one"
HERE = "203.0.113.7"
ELSEWHERE = "203.0.113.8"


def test_a_coordinator_is_a_person_who_is_not_forgotten_after_a_show(app: Flask, now: datetime) -> None:
    organisation = an_organisation()

    alice = add_coordinator(
        " Alice@Show.example ", "Alice", "+12125550100", "owner", organisation, now, actor=Actor("Bob")
    )

    assert (alice.email, alice.role, alice.account.password_hash) == ("alice@show.example", "owner", None)
    assert (alice.person.name, alice.person.phone, alice.person.stays_on_list) == ("Alice", "+12125550100", True)
    assert account_by_email("ALICE@show.example") == alice.account
    assert coordinators_of(organisation.id) == [alice]


@pytest.mark.parametrize(
    ("email", "role", "refusal", "sentence"),
    [
        ("alice", "owner", NotAnEmail, "alice isn't an email address. Write it like ana@show.example."),
        ("a b@c", "owner", NotAnEmail, "a b@c isn't an email address. Write it like ana@show.example."),
        ("ALICE@show.example", "owner", AlreadyAMember, "alice@show.example is already a member of Benefit Nights."),
        (
            "bob@show.example",
            "boss",
            NotARole,
            "boss isn't a role. The roles are owner, coordinator, stage_manager, check_in, viewer.",
        ),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    app: Flask, now: datetime, email: str, role: str, refusal: type[ValueError], sentence: str
) -> None:
    alice = a_coordinator("Alice", email="alice@show.example")

    with pytest.raises(refusal) as refused:
        add_coordinator(email, "Bob", None, role, alice.organisation, now, actor=Actor("Bob"))

    assert str(refused.value) == sentence


def test_a_link_signs_in_once(app: Flask, now: datetime) -> None:
    alice = a_coordinator("Alice")
    token = sign_in_link(alice.account, now, sets_password=True)
    waiting = open_sign_in_link(token, now)

    signed_in = sign_in_by_link(token, now)

    assert (signed_in, waiting is not None and waiting.sets_password) == (alice.account, True)
    with pytest.raises(LinkIsOver) as refused:
        sign_in_by_link(token, now)
    assert str(refused.value) == "This link has been used or is too old. Please ask for a new one."


def test_a_link_lasts_half_an_hour_unless_told(app: Flask, now: datetime) -> None:
    alice = a_coordinator("Alice")
    short, long = sign_in_link(alice.account, now), sign_in_link(alice.account, now, lasts=timedelta(days=1))

    later = now + timedelta(minutes=30)

    with pytest.raises(LinkIsOver):
        sign_in_by_link(short, later)
    assert sign_in_by_link(long, later) == alice.account


def test_nobody_signs_in_who_has_left(app: Flask, now: datetime) -> None:
    alice = a_coordinator("Alice")
    _with_password(alice)
    token = sign_in_link(alice.account, now)

    a_coordinator("Bob", organisation=alice.organisation)
    remove_member(alice, now, actor=Actor("Bob"))

    with pytest.raises(LinkIsOver):
        sign_in_by_link(token, now)
    with pytest.raises(WrongPassword):
        check_password(alice.email, GOOD, address=HERE, now=now)
    assert alice.account.active_memberships == []


def test_a_made_up_link_signs_in_nobody(app: Flask, now: datetime) -> None:
    sign_in_link(a_coordinator("Alice").account, now)

    with pytest.raises(LinkIsOver):
        sign_in_by_link("made-up", now)


def test_a_password_signs_in_its_owner_alone(app: Flask, now: datetime) -> None:
    alice, bob = a_coordinator("Alice"), a_coordinator("Bob")
    _with_password(alice)

    assert check_password(" ALICE@show.example", GOOD, address=HERE, now=now) == alice.account
    for email, password in [(alice.email, GOOD + "r"), (bob.email, GOOD), ("nobody@show.example", GOOD), ("", "")]:
        with pytest.raises(WrongPassword) as refused:
            check_password(email, password, address=HERE, now=now)
        assert str(refused.value) == "That email and password don't match."


def test_a_short_password_is_refused(app: Flask, now: datetime) -> None:
    with pytest.raises(PasswordTooShort) as refused:
        set_password(a_coordinator().account, "ninechars", now, actor=Actor("Alice"))

    assert str(refused.value) == "Passwords need at least 10 characters."


def test_the_sixth_wrong_try_from_one_address_is_refused_for_a_quarter_of_an_hour(app: Flask, now: datetime) -> None:
    alice = a_coordinator("Alice")
    _with_password(alice)
    for minute in range(5):
        _fail(alice.email, now + timedelta(minutes=minute))

    with pytest.raises(TooManyTries) as refused:
        check_password(alice.email, GOOD, address=HERE, now=now + timedelta(minutes=5))

    assert refused.value.again_at == now + timedelta(minutes=15)
    assert str(refused.value) == "Too many tries. Please try again in 10 minutes."
    assert check_password(alice.email, GOOD, address=ELSEWHERE, now=now + timedelta(minutes=5)) == alice.account
    assert check_password(alice.email, GOOD, address=HERE, now=now + timedelta(minutes=15)) == alice.account


def test_signing_in_takes_back_the_tries_before_it(app: Flask, now: datetime) -> None:
    alice = a_coordinator("Alice")
    _with_password(alice)
    for _ in range(4):
        _fail(alice.email, now)
    check_password(alice.email, GOOD, address=HERE, now=now)

    for _ in range(5):
        _fail(alice.email, now)

    with pytest.raises(TooManyTries):
        _fail(alice.email, now)


def test_one_address_may_be_wrong_twenty_times_whatever_the_e_mail(app: Flask, now: datetime) -> None:
    for number in range(20):
        _fail(f"somebody-{number}@show.example", now)

    with pytest.raises(TooManyTries) as refused:
        check_password("another@show.example", GOOD, address=HERE, now=now + timedelta(minutes=14, seconds=30))

    assert str(refused.value) == "Too many tries. Please try again in 1 minute."
    with pytest.raises(WrongPassword):
        check_password("another@show.example", GOOD, address=ELSEWHERE, now=now)


def test_a_whole_office_signs_in_from_one_address(app: Flask, now: datetime) -> None:
    alice = a_coordinator("Alice")
    _with_password(alice)

    assert {check_password(alice.email, GOOD, address=HERE, now=now).id for _ in range(30)} == {alice.account_id}
    assert db.session.scalar(select(func.count(Attempt.id))) == 0


def test_whoever_owns_many_addresses_guesses_no_faster_and_locks_out_no_browser_that_is_known(
    app: Flask, now: datetime
) -> None:
    alice = a_coordinator("Alice")
    _with_password(alice)
    refused = 0
    for number in range(1000):
        try:
            check_password(alice.email, "guessed", address=f"198.51.{number // 250}.{number % 250}", now=now)
        except TooManyTries:
            refused += 1
        except WrongPassword:
            continue

    assert refused == 950
    assert (
        check_password(alice.email, GOOD, address=HERE, now=now, known_by={alice.account_id: "hers"}) == alice.account
    )
    with pytest.raises(TooManyTries):
        check_password(alice.email, GOOD, address=HERE, now=now)
    assert sign_in_by_link(sign_in_link(alice.account, now), now) == alice.account
    assert check_password(alice.email, GOOD, address=HERE, now=now + timedelta(minutes=15)) == alice.account


def test_a_browser_that_is_known_has_ten_wrong_tries_of_its_own(app: Flask, now: datetime) -> None:
    alice, bob = a_coordinator("Alice"), a_coordinator("Bob")
    _with_password(alice)
    _with_password(bob)
    for _ in range(10):
        with pytest.raises(WrongPassword):
            check_password(alice.email, "not this one", address=HERE, now=now, known_by={alice.account_id: "hers"})

    with pytest.raises(TooManyTries):
        check_password(alice.email, GOOD, address=HERE, now=now, known_by={alice.account_id: "hers"})
    assert check_password(alice.email, GOOD, address=HERE, now=now, known_by={bob.account_id: "his"}) == alice.account


def test_tries_are_kept_without_saying_whose_and_for_a_day(app: Flask, now: datetime) -> None:
    _fail("alice@show.example", now)

    kept = db.session.scalars(select(Attempt.subject)).all()

    assert [len(subject) for subject in kept] == [64, 64, 64]
    assert forget_old_tries(now + timedelta(hours=24)) == 0
    assert forget_old_tries(now + timedelta(hours=24, seconds=1)) == 3
    assert db.session.scalar(select(func.count(Attempt.id))) == 0


def test_what_a_coordinator_changed_is_kept(app: Flask, now: datetime) -> None:
    alice = a_coordinator("Alice")

    before, after = {"starts": "20:00"}, {"starts": "20:10"}
    record(alice.organisation, Actor.of(alice), "slot.moved", "josh", now=now, before=before, after=after)

    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.organisation_id, entry.event_id, entry.coordinator_id) == (alice.organisation_id, None, alice.id)
    assert (entry.by, entry.via, entry.what) == ("Alice", "coordinator", "slot.moved")
    assert (entry.subject, entry.at) == ("josh", now)
    assert (entry.before, entry.after) == ({"starts": "20:00"}, {"starts": "20:10"})


def test_organisations_are_found_by_name_and_by_age(app: Flask) -> None:
    assert first_organisation() is None
    first, second = an_organisation("Kitchen Concerts"), an_organisation("Benefit Nights")

    assert first_organisation() == first
    assert organisation_named("Benefit Nights") == second
    assert organisation_named("Nobody's") is None


def _fail(email: str, now: datetime) -> None:
    with pytest.raises(WrongPassword):
        check_password(email, "not this one", address=HERE, now=now)


def _with_password(coordinator: Coordinator) -> None:
    """The account can sign in with GOOD."""
    set_password(coordinator.account, GOOD, MADE_AT, actor=Actor.of(coordinator))
