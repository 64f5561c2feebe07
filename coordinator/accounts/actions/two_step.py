"""Two-step sign-in: a code from an app, or one of ten recovery codes, after the password or a link."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum, auto

from flask_babel import gettext as _
from sqlalchemy import delete

from coordinator.core.recovery_codes import ALPHABET, LENGTH, as_typed, written
from coordinator.db import transaction

from ..models import Account, Actor, Authenticator, RecoveryCode
from ..queries import Limit, authenticator_of, token_hash, unused_recovery_code
from ..time_codes import TimeCodes
from .limits import count_try, forgive, give_back_try
from .records import record_for

HOW_MANY = 10  # recovery codes
BY_BROWSER = Limit("code-browser", 10)  # one that has signed in to the account before
BY_STRANGERS = Limit("code-account", 10)  # all others together: they have the password, or took a link
IN_A_DAY = Limit("code-day", 50, timedelta(days=1))


class WrongCode(ValueError):
    """It is none of the account's codes, or was used before."""


class AlreadyOn(ValueError):
    """The account has an authenticator app already."""


class Proof(StrEnum):
    """What was shown to be somebody's."""

    TIME_CODE = auto()
    RECOVERY_CODE = auto()


def new_salt() -> str:
    """What a new secret is made from."""
    return secrets.token_urlsafe(24)


def turn_on(account: Account, salt: str, typed: str, codes: TimeCodes, now: datetime, *, actor: Actor) -> list[str]:
    """Ask for a code from now on, as the app that typed this one makes them. Returns the recovery codes.

    They can be shown this once. Raises WrongCode, AlreadyOn.
    """
    step = codes.step_of(salt, _digits(typed), now)
    if step is None:
        raise WrongCode(
            _("That isn't the app's code. Let your phone set its clock by itself, and enter the next code.")
        )
    with transaction() as session:
        session.refresh(account, with_for_update=True)
        if authenticator_of(account) is not None:
            raise AlreadyOn(_("Two-step sign-in is on already."))
        session.add(Authenticator(account_id=account.id, salt=salt, last_step=step, created_at=now))
        made = _replace_recovery_codes(account)
        record_for(account, actor, "two_step.on", now=now)
    return made


def new_recovery_codes(account: Account, now: datetime, *, actor: Actor) -> list[str]:
    """Ten others; the ones before work no more. They can be shown this once."""
    with transaction():
        made = _replace_recovery_codes(account)
        record_for(account, actor, "two_step.recovery_codes", now=now)
    return made


def turn_off(account: Account, now: datetime, *, actor: Actor) -> bool:
    """Ask for no code any more; whether one was asked for until now."""
    with transaction() as session:
        kept = authenticator_of(account, lock=True)
        if kept is None:
            return False
        session.delete(kept)
        session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
        record_for(account, actor, "two_step.off", now=now)
    return True


def check_code(
    account: Account, typed: str, codes: TimeCodes, now: datetime, *, address: str, browser: str | None = None
) -> Proof:
    """Which kind of code this was; it proves nothing a second time.

    Wrong ones count: 10 in 15 minutes from a ``browser`` that the account knows by this name, 10 from all others
    together, and 50 a day from either. ``address`` is where the try comes from. Raises TooManyTries, WrongCode.
    """
    with transaction():
        for limit, subject in _limits(account, browser):
            count_try(
                limit, subject, now
            )  # before it is checked: of many at once, no more are checked than may be wrong
        proof = _accept(account, typed, codes, now)
        if proof is None:
            record_for(account, Actor(address), "two_step.refused", now=now)
        else:
            _forgive(account, browser)
            if proof is Proof.RECOVERY_CODE:
                record_for(account, Actor(address), "two_step.recovery_used", now=now)
    if proof is None:
        raise _wrong(typed)
    return proof


def _accept(account: Account, typed: str, codes: TimeCodes, now: datetime) -> Proof | None:
    """Take the code, whichever kind it is; None when it is none."""
    kept = authenticator_of(account, lock=True)
    if kept is None:
        return None
    step = codes.step_of(kept.salt, _digits(typed), now)
    if step is not None and step > kept.last_step:
        kept.last_step = step
        return Proof.TIME_CODE
    code = as_typed(typed)
    unused = unused_recovery_code(account, token_hash(code)) if code else None
    if unused is None:
        return None
    unused.used_at = now
    return Proof.RECOVERY_CODE


def _wrong(typed: str) -> WrongCode:
    if _digits(typed).isdigit():
        return WrongCode(_("That isn't your app's code now, or it was used before. Enter the next one."))
    return WrongCode(_("That isn't one of your recovery codes, or it was used before."))


def _limits(account: Account, browser: str | None) -> Iterator[tuple[Limit, str]]:
    yield (BY_BROWSER, browser) if browser is not None else (BY_STRANGERS, str(account.id))
    yield IN_A_DAY, browser or str(account.id)


def _forgive(account: Account, browser: str | None) -> None:
    for limit, subject in _limits(account, browser):
        if limit is IN_A_DAY:
            give_back_try(limit, subject)
        else:
            forgive(limit, subject)


def _replace_recovery_codes(account: Account) -> list[str]:
    made = ["".join(secrets.choice(ALPHABET) for _each in range(LENGTH)) for _code in range(HOW_MANY)]
    with transaction() as session:
        session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
        session.add_all(RecoveryCode(account_id=account.id, code_hash=token_hash(code)) for code in made)
    return [written(code) for code in made]


def _digits(typed: str) -> str:
    return "".join(typed.split())
