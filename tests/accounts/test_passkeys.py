"""Passkeys: what signs in, and everything that does not."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from dataclasses import replace
from datetime import datetime, timedelta
from secrets import token_urlsafe

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.actions.members import remove_member
from coordinator.accounts.actions.passkeys import (
    PasskeyAnswer,
    PasskeyRefused,
    TooManyPasskeys,
    add_passkey,
    check_passkey,
    remove_passkey,
    remove_second_factors,
)
from coordinator.accounts.ceremonies import Site, creation_options, request_options
from coordinator.accounts.models import Account, Actor, AuditEntry
from coordinator.accounts.queries import passkeys_of
from coordinator.db import db
from tests.builders import a_coordinator
from tests.passkeys import COPIED, MAY_BE_COPIED, PRESENT, VERIFIED, Device, written

SITE = Site.of("https://callboard.example")
ALICE, HERE = Actor("Alice"), "203.0.113.7"


def added(account: Account, device: Device, now: datetime, name: str = "Her phone") -> Device:
    add_passkey(account, name, creation(account, device), now, actor=ALICE)
    return device


def creation(account: Account, device: Device) -> PasskeyAnswer:
    challenge = token_urlsafe(32)
    options = creation_options(SITE, challenge.encode(), account.id, account.email, [])
    return PasskeyAnswer(device.create(options), challenge, SITE)


def signed(device: Device) -> PasskeyAnswer:
    challenge = token_urlsafe(32)
    return PasskeyAnswer(device.sign(request_options(SITE, challenge.encode())), challenge, SITE)


def refused(answer: PasskeyAnswer, now: datetime) -> bool:
    try:
        check_passkey(answer, now, address=HERE)
    except PasskeyRefused:
        return True
    return False


@pytest.fixture
def account(app: Flask) -> Account:
    return a_coordinator("Alice").account


def test_a_passkey_signs_in_whose_it_is(account: Account, now: datetime) -> None:
    phone, bob = added(account, Device(), now), a_coordinator("Bob").account
    laptop = added(bob, Device(), now, " ")

    later = now + timedelta(days=1)
    found = [check_passkey(signed(device), later, address=HERE) for device in (phone, laptop)]

    assert found == [account, bob]
    assert [(key.name, key.sign_count, key.last_used_at) for key in passkeys_of(account)] == [("Her phone", 1, later)]
    assert [key.name for key in passkeys_of(bob)] == ["Passkey"]


def test_a_challenge_is_answered_once(account: Account, now: datetime) -> None:
    answer = signed(added(account, Device(counts=None), now))

    assert [refused(answer, now + timedelta(minutes=minute)) for minute in (0, 0, 5)] == [False, True, True]


def test_an_answer_to_another_challenge_or_to_none_is_refused(account: Account, now: datetime) -> None:
    phone = added(account, Device(), now)
    answer, other = signed(phone), token_urlsafe(32)

    assert refused(PasskeyAnswer(answer.words, other, SITE), now)
    assert refused(PasskeyAnswer(answer.words, None, SITE), now)
    assert not refused(answer, now)


@pytest.mark.parametrize(
    "change",
    [
        {"origin": "https://callboard.example.evil.example"},
        {"origin": "http://callboard.example"},
        {"origin": "https://callboard.example:8443"},
        {"host": "evil.example"},
        {"flags": PRESENT},
        {"flags": VERIFIED},
        {"owner": b"account 999"},
        {"key": Device().key},
        {"id": b"another credential"},
    ],
)
def test_what_another_site_another_key_or_nobody_signed_is_refused(
    account: Account, now: datetime, change: dict[str, object]
) -> None:
    phone = added(account, Device(), now)
    forged = Device(**{"key": phone.key, "id": phone.id, "owner": phone.owner, "counts": 5, **change})  # type: ignore[arg-type]

    assert refused(signed(forged), now)
    assert not refused(signed(phone), now)


def test_a_passkey_does_not_sign_in_another_account(account: Account, now: datetime) -> None:
    """Bob's key answers under the id of Alice's, and Alice's id is given to Bob."""
    hers, bobs = added(account, Device(), now), Device()
    added(a_coordinator("Bob").account, bobs, now)
    under_her_id = Device(key=bobs.key, id=hers.id, owner=hers.owner)
    as_alice = Device(key=bobs.key, id=bobs.id, owner=hers.owner)

    assert [refused(signed(each), now) for each in (under_her_id, as_alice)] == [True, True]


def test_a_count_that_goes_back_is_a_copy(account: Account, now: datetime) -> None:
    phone = added(account, Device(counts=6), now)
    copy = Device(key=phone.key, id=phone.id, owner=phone.owner, counts=6)

    assert not refused(signed(phone), now)
    assert refused(signed(copy), now)
    assert not refused(signed(phone), now)


def test_a_passkey_on_several_devices_may_count_as_it_likes(account: Account, now: datetime) -> None:
    synced = added(account, Device(flags=PRESENT | VERIFIED | MAY_BE_COPIED | COPIED, counts=8), now)
    other = Device(key=synced.key, id=synced.id, owner=synced.owner, flags=synced.flags, counts=3)

    assert [refused(signed(device), now) for device in (synced, other)] == [False, False]


@pytest.mark.parametrize(
    "change",
    [{"origin": "https://evil.example"}, {"host": "evil.example"}, {"flags": PRESENT}, {"flags": VERIFIED}],
)
def test_a_new_passkey_of_another_site_or_without_its_person_is_refused(
    account: Account, now: datetime, change: dict[str, object]
) -> None:
    with pytest.raises(PasskeyRefused) as refusal:
        added(account, Device(**change), now)  # type: ignore[arg-type]

    assert (str(refusal.value), passkeys_of(account)) == ("The passkey couldn't be added. Please try again.", [])


def test_a_passkey_that_somebody_has_is_not_taken_over(account: Account, now: datetime) -> None:
    hers, bob = added(account, Device(), now), a_coordinator("Bob").account

    with pytest.raises(PasskeyRefused, match="That passkey is in use already"):
        added(bob, Device(id=hers.id), now)
    assert check_passkey(signed(hers), now, address=HERE) == account


def test_the_answer_that_made_a_passkey_makes_no_second_one(account: Account, now: datetime) -> None:
    answer = creation(account, Device())
    passkey = add_passkey(account, "One", answer, now, actor=ALICE)
    remove_passkey(account, passkey, now, actor=ALICE)

    with pytest.raises(PasskeyRefused):
        add_passkey(account, "Two", answer, now, actor=ALICE)


def test_an_account_has_at_most_twenty(account: Account, now: datetime) -> None:
    for _each in range(20):
        added(account, Device(), now)

    with pytest.raises(TooManyPasskeys):
        added(account, Device(), now)


def test_a_removed_passkey_and_one_of_a_past_member_sign_nobody_in(account: Account, now: datetime) -> None:
    gone, kept = added(account, Device(), now), added(account, Device(), now)
    remove_passkey(account, passkeys_of(account)[0], now, actor=ALICE)
    before = refused(signed(kept), now)
    member = account.active_memberships[0]
    a_coordinator("Bob", organisation=member.organisation)

    remove_member(member, now, actor=ALICE)

    assert (refused(signed(gone), now), before, refused(signed(kept), now)) == (True, False, True)


def test_everything_that_becomes_of_a_passkey_is_recorded(account: Account, now: datetime) -> None:
    phone = added(account, Device(), now)
    refused(signed(Device(id=phone.id)), now)

    removed = [remove_second_factors(account, now, actor=ALICE) for _each in range(2)]

    of_passkeys = AuditEntry.what.startswith("passkey.")
    entries = db.session.scalars(select(AuditEntry).where(of_passkeys).order_by(AuditEntry.id))
    assert removed == [True, False]
    assert [(entry.what, entry.by, entry.before or entry.after) for entry in entries] == [
        ("passkey.added", "Alice", {"name": "Her phone"}),
        ("passkey.refused", HERE, {"name": "Her phone"}),
        ("passkey.removed", "Alice", {"name": "Her phone"}),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "null",
        "[]",
        "{}",
        "[" * 20_000,
        '{"id": 1}',
        '{"id": "x", "rawId": "ñ", "type": "public-key", "response": {}}',
    ],
)
def test_what_is_no_answer_is_only_refused(account: Account, now: datetime, words: str) -> None:
    with pytest.raises(PasskeyRefused):
        check_passkey(PasskeyAnswer(words, "a challenge", SITE), now, address=HERE)
    with pytest.raises(PasskeyRefused):
        add_passkey(account, "x", PasskeyAnswer(words, "a challenge", SITE), now, actor=ALICE)


@pytest.mark.parametrize(
    "attested",
    [
        b"",
        b"\x9b" + b"\xff" * 8,  # a list of 2**64 things
        b"\xbb" + b"\xff" * 8,  # and as many keys
        b"\x5b\x7f" + b"\xff" * 7,  # bytes of eight exabytes
        b"\x81" * 14_000,  # lists in lists
        b"\xd8\x1c" * 7_000 + b"\x00",  # references
    ],
)
def test_what_a_hostile_device_tells_of_itself_is_refused(account: Account, now: datetime, attested: bytes) -> None:
    options = creation_options(SITE, b"challenge", account.id, account.email, [])
    answer = PasskeyAnswer(Device().creation_of(options, attested), "challenge", SITE)

    with pytest.raises(PasskeyRefused):
        add_passkey(account, "x", answer, now, actor=ALICE)


@pytest.mark.parametrize("name", ["clientDataJSON", "authenticatorData", "signature"])
def test_an_answer_of_which_a_byte_was_changed_is_refused(account: Account, now: datetime, name: str) -> None:
    answer = signed(added(account, Device(), now))
    said = json.loads(answer.words)
    whole = bytearray(urlsafe_b64decode(said["response"][name] + "=="))
    whole[-1] ^= 1
    said["response"][name] = written(bytes(whole))

    assert refused(replace(answer, words=json.dumps(said)), now)
    assert not refused(answer, now)


@pytest.mark.parametrize(
    ("address", "takes"),
    [
        ("https://callboard.example", True),
        ("https://callboard.example:8443", True),
        ("http://localhost:8000", True),
        ("http://callboard.example", False),
        ("http://127.0.0.1:8000", False),
        ("https://203.0.113.9", False),
        ("https://[2001:db8::1]", False),
    ],
)
def test_browsers_make_passkeys_for_names_that_are_reached_safely(address: str, takes: bool) -> None:
    assert Site.of(address).takes_passkeys is takes
