"""Two-step sign-in: each code counts once, near its time, and few wrong ones are heard."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from pyotp import TOTP
from sqlalchemy import func, select

from coordinator.accounts.actions.limits import TooManyTries
from coordinator.accounts.actions.two_step import (
    AlreadyOn,
    Proof,
    WrongCode,
    check_code,
    new_recovery_codes,
    turn_off,
    turn_on,
)
from coordinator.accounts.models import Account, Actor, AuditEntry, Authenticator, RecoveryCode
from coordinator.accounts.queries import authenticator_of, recovery_codes_left
from coordinator.accounts.time_codes import TimeCodes
from coordinator.db import db
from tests.builders import a_coordinator

CODES, SALT, ALICE = TimeCodes("the key of this test"), "salt", Actor("Alice")
HALF_A_MINUTE = timedelta(seconds=30)
HERE, WRONG = "203.0.113.7", "7K3M-Q9XD-2V5C-8BTN"


def shown(at: datetime, salt: str = SALT) -> str:
    """What the app shows at this instant."""
    return TOTP(CODES.secret(salt)).at(at)


def turned_on(now: datetime) -> tuple[Account, list[str]]:
    """An account with two-step sign-in since yesterday, and its recovery codes."""
    account, yesterday = a_coordinator("Alice").account, now - timedelta(days=1)
    return account, turn_on(account, SALT, shown(yesterday), CODES, yesterday, actor=ALICE)


def check(account: Account, typed: str, now: datetime, browser: str | None = None) -> Proof:
    return check_code(account, typed, CODES, now, address=HERE, browser=browser)


def refused(account: Account, typed: str, now: datetime, browser: str | None = None) -> type[Exception] | None:
    try:
        check(account, typed, now, browser)
    except (WrongCode, TooManyTries) as refusal:
        return type(refusal)
    return None


def log() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.what).where(AuditEntry.what.startswith("two_step."))))


def test_it_is_turned_on_by_the_apps_own_code_alone(app: Flask, now: datetime) -> None:
    account = a_coordinator("Alice").account

    with pytest.raises(WrongCode):
        turn_on(account, SALT, shown(now, "another salt"), CODES, now, actor=ALICE)
    before = authenticator_of(account)
    codes = turn_on(account, SALT, shown(now)[:3] + " " + shown(now)[3:], CODES, now, actor=ALICE)

    assert (before, len(set(codes)), recovery_codes_left(account), log()) == (None, 10, 10, ["two_step.on"])
    with pytest.raises(AlreadyOn):
        turn_on(account, "other", shown(now, "other"), CODES, now, actor=ALICE)


def test_a_time_code_is_taken_once_and_none_from_before_it(app: Flask, now: datetime) -> None:
    account, _recovery = turned_on(now)
    before, here = shown(now - HALF_A_MINUTE), shown(now)

    assert check(account, here, now) is Proof.TIME_CODE
    assert [refused(account, code, now) for code in (here, before)] == [WrongCode, WrongCode]
    assert check(account, shown(now + HALF_A_MINUTE), now) is Proof.TIME_CODE


def test_the_code_that_turned_it_on_signs_nobody_in(app: Flask, now: datetime) -> None:
    account = a_coordinator("Alice").account
    turn_on(account, SALT, shown(now), CODES, now, actor=ALICE)

    assert refused(account, shown(now), now) is WrongCode


@pytest.mark.parametrize("steps", range(-3, 4))
def test_a_phones_clock_may_be_off_by_half_a_minute(app: Flask, now: datetime, steps: int) -> None:
    account, _recovery = turned_on(now)

    answer = refused(account, shown(now + steps * HALF_A_MINUTE), now)

    assert answer is (None if abs(steps) <= 1 else WrongCode)


def test_a_recovery_code_works_once_and_only_its_hash_is_kept(app: Flask, now: datetime) -> None:
    account, codes = turned_on(now)

    assert check(account, codes[3].lower(), now) is Proof.RECOVERY_CODE
    assert refused(account, codes[3], now) is WrongCode
    assert recovery_codes_left(account) == 9
    assert log() == ["two_step.on", "two_step.recovery_used", "two_step.refused"]
    stored = " ".join(db.session.scalars(select(RecoveryCode.code_hash)))
    assert [code for code in codes if code in stored or code.replace("-", "") in stored] == []


def test_new_recovery_codes_replace_the_old_ones(app: Flask, now: datetime) -> None:
    account, old = turned_on(now)

    new = new_recovery_codes(account, now, actor=ALICE)

    assert (refused(account, old[0], now), refused(account, new[0], now)) == (WrongCode, None)


def test_another_accounts_codes_are_wrong(app: Flask, now: datetime) -> None:
    account, codes = turned_on(now)
    bob = a_coordinator("Bob").account
    turn_on(bob, "bob's", shown(now, "bob's"), CODES, now, actor=Actor("Bob"))

    assert [refused(bob, code, now) for code in (shown(now), codes[0])] == [WrongCode, WrongCode]
    assert refused(account, codes[0], now) is None


def test_turned_off_no_code_fits_and_no_secret_is_left(app: Flask, now: datetime) -> None:
    account, codes = turned_on(now)

    done = turn_off(account, now, actor=ALICE), turn_off(account, now, actor=ALICE)

    assert done == (True, False)
    assert refused(account, codes[0], now) is WrongCode
    assert db.session.scalar(select(func.count()).select_from(RecoveryCode)) == 0
    assert log() == ["two_step.on", "two_step.off", "two_step.refused"]


def test_ten_wrong_codes_end_the_tries_of_strangers_and_not_of_a_known_browser(app: Flask, now: datetime) -> None:
    account, _codes = turned_on(now)

    wrong = [refused(account, WRONG, now) for _each in range(11)]

    assert wrong == [*[WrongCode] * 10, TooManyTries]
    assert refused(account, shown(now), now) is TooManyTries
    assert refused(account, shown(now), now, browser="known") is None
    assert refused(account, shown(now + timedelta(minutes=15)), now + timedelta(minutes=15)) is None


def test_a_right_code_takes_back_the_wrong_ones_before_it(app: Flask, now: datetime) -> None:
    account, codes = turned_on(now)
    for code in codes[:3]:
        assert [refused(account, WRONG, now) for _each in range(9)] == [WrongCode] * 9
        assert refused(account, code, now) is None


def test_fifty_wrong_codes_are_all_of_a_day(app: Flask, now: datetime) -> None:
    account, _codes = turned_on(now)
    hours = [now + timedelta(hours=hour) for hour in range(6)]

    heard = [refused(account, WRONG, at) for at in hours for _each in range(10)]

    assert heard == [*[WrongCode] * 50, *[TooManyTries] * 10]
    tomorrow = now + timedelta(days=1)
    assert refused(account, shown(tomorrow), tomorrow) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "١٢٣٤٥٦", "éèàùïô", "x" * 5000])
def test_what_is_no_code_is_only_wrong(app: Flask, now: datetime, typed: str) -> None:
    account, _codes = turned_on(now)

    assert refused(account, typed, now) is WrongCode


def test_the_database_alone_makes_no_code(app: Flask, now: datetime) -> None:
    turned_on(now)
    kept = db.session.scalars(select(Authenticator)).one()

    assert CODES.secret(kept.salt) not in (kept.salt, kept.salt.upper())
    assert TimeCodes("another key").secret(kept.salt) != CODES.secret(kept.salt)
    assert "key of this test" not in repr(CODES)
