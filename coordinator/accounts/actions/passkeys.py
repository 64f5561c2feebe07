"""Passkeys: each signs its account in without a password, and stands for both steps."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select

from coordinator.db import transaction

from ..ceremonies import KnownPasskey, NewPasskey, NotProved, Site, claimed, created, owner_handle, proved
from ..models import Account, Actor, Passkey
from ..queries import Limit, passkey_with, passkeys_of
from .limits import TooManyTries, count_try
from .records import record_for
from .two_step import turn_off

MOST = 20  # of one account
LONGEST_NAME = 80  # characters
SPENT = Limit("passkey-challenge", 1, timedelta(minutes=10))  # longer than a challenge lasts


class PasskeyRefused(ValueError):
    """It is not known here, was made for another site, answers an old question, or may be a copy."""


class TooManyPasskeys(ValueError):
    """The account has as many passkeys as it can."""


@dataclass(frozen=True, slots=True)
class PasskeyAnswer:
    """What a browser says for a passkey: ``words`` is JSON, ``challenge`` what this browser was asked to sign.

    ``challenge`` is None when it was asked for nothing, or too long ago.
    """

    words: str
    challenge: str | None
    site: Site


def add_passkey(account: Account, name: str, answer: PasskeyAnswer, now: datetime, *, actor: Actor) -> Passkey:
    """Let this new passkey sign the account in. Without a ``name`` it is called Passkey.

    Raises PasskeyRefused, TooManyPasskeys.
    """
    made = _created(answer)
    with transaction() as session:
        session.execute(select(Account.id).where(Account.id == account.id).with_for_update())
        if len(passkeys_of(account)) >= MOST:
            raise TooManyPasskeys(_("An account can't have more passkeys than you have. Remove one first."))
        _spend(answer, now)
        if passkey_with(made.credential_id) is not None:
            raise PasskeyRefused(_("That passkey is in use already."))
        passkey = Passkey(
            account_id=account.id,
            name=name.strip()[:LONGEST_NAME] or _("Passkey"),
            credential_id=made.credential_id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            backed_up=made.backed_up,
            created_at=now,
        )
        session.add(passkey)
        record_for(account, actor, "passkey.added", now=now, after={"name": passkey.name})
    return passkey


def check_passkey(answer: PasskeyAnswer, now: datetime, *, address: str) -> Account:
    """Whose passkey signed this; ``address`` is where the answer comes from. Each challenge is answered once.

    Raises PasskeyRefused.
    """
    try:
        with transaction():
            return _signed_in(answer, now)
    except (NotProved, TooManyTries) as fault:
        logging.getLogger(__name__).info("a passkey was refused: %s", fault)
        _record_refusal(answer, now, address)
        raise PasskeyRefused(_("That passkey didn't work here. Try again, or sign in with your password.")) from fault


def remove_passkey(account: Account, passkey: Passkey, now: datetime, *, actor: Actor) -> None:
    """It signs nobody in any more; whoever is signed in by it stays so."""
    with transaction() as session:
        session.execute(delete(Passkey).where(Passkey.id == passkey.id))
        record_for(account, actor, "passkey.removed", now=now, before={"name": passkey.name})


def remove_second_factors(account: Account, now: datetime, *, actor: Actor) -> bool:
    """Leave the account its password alone; whether it had anything else."""
    with transaction():
        passkeys = passkeys_of(account)
        for passkey in passkeys:
            remove_passkey(account, passkey, now, actor=actor)
        return turn_off(account, now, actor=actor) or bool(passkeys)


def _created(answer: PasskeyAnswer) -> NewPasskey:
    try:
        return created(answer.words, answer.site, _challenge(answer))
    except NotProved as fault:
        logging.getLogger(__name__).info("a new passkey was refused: %s", fault)
        raise PasskeyRefused(_("The passkey couldn't be added. Please try again.")) from fault


def _signed_in(answer: PasskeyAnswer, now: datetime) -> Account:
    """Raises NotProved, TooManyTries."""
    passkey = passkey_with(claimed(answer.words), lock=True)
    if passkey is None:
        raise NotProved("it is not known here")
    with transaction() as session:
        account = session.get_one(Account, passkey.account_id)
        counted = 0 if passkey.backed_up else passkey.sign_count
        known = KnownPasskey(owner_handle(account.id), passkey.public_key, counted)
        count, backed_up = proved(answer.words, answer.site, _challenge(answer), known)
        if not account.active_memberships:
            raise NotProved("its account is a member of nothing any more")
        count_try(SPENT, _spent_as(answer), now)
        passkey.sign_count, passkey.backed_up, passkey.last_used_at = count, backed_up, now
    return account


def _record_refusal(answer: PasskeyAnswer, now: datetime, address: str) -> None:
    with suppress(NotProved), transaction() as session:
        passkey = passkey_with(claimed(answer.words))
        if passkey is not None:
            account = session.get_one(Account, passkey.account_id)
            record_for(account, Actor(address), "passkey.refused", now=now, after={"name": passkey.name})


def _challenge(answer: PasskeyAnswer) -> bytes:
    """Raises NotProved."""
    if answer.challenge is None:
        raise NotProved("this browser was asked nothing, or too long ago")
    return answer.challenge.encode()


def _spend(answer: PasskeyAnswer, now: datetime) -> None:
    """Raises PasskeyRefused when this challenge was answered before."""
    try:
        count_try(SPENT, _spent_as(answer), now)
    except TooManyTries as spent:
        raise PasskeyRefused(_("The passkey couldn't be added. Please try again.")) from spent


def _spent_as(answer: PasskeyAnswer) -> str:
    """``subject_of`` tells no upper from lower case, which a challenge does."""
    return _challenge(answer).hex()
