"""Six digits by text that prove a number, without an account."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Select, delete, select

from ...accounts.actions import Limit, count_try
from ...core.wording import fill
from ...db import db, transaction
from ...events.models import Event
from ...messaging.actions import queue_text
from ...messaging.queries import house_words
from ...people.actions import add_person, agree_to_texts
from ...people.models import Person
from ...people.queries import people_with_phone
from ..models import PhoneCode
from ..refusals import CodeIsOver, CodeRefused, WrongCode

LASTS = timedelta(minutes=15)
TRIES = 5
A_DAY = timedelta(days=1)
BY_PHONE = Limit("code-phone", 3)
BY_ADDRESS = Limit("code-address", 10)


def ask_code(  # noqa: PLR0913 - every one is kept with the code
    event: Event,
    *,
    phone: str,
    name: str,
    language: str,
    words: str,
    shift_id: int | None,
    host: str,
    address: str,
    now: datetime,
) -> PhoneCode:
    """Text a new code to the number (E.164); codes sent to it before no longer work.

    ``words`` is the consent that was shown, ``host`` the site that may fill the code in by itself, ``address`` where
    the wish comes from. Raises TooManyTries: 3 codes a phone and 10 an address in 15 minutes.
    """
    with transaction() as session:
        count_try(BY_ADDRESS, address, now)
        count_try(BY_PHONE, phone, now)
        for older in session.scalars(_open_codes(event, phone, now)):
            older.expires_at = now
        digits = f"{secrets.randbelow(1_000_000):06}"
        code = PhoneCode(event_id=event.id, phone=phone, name=name, language=language, shift_id=shift_id, words=words)
        code.code_hash, code.sent_at, code.expires_at = _hashed(digits), now, now + LASTS
        session.add(code)
        _queue(event, code, digits, host, now)
        session.flush()
    return code


def prove_phone(code_id: int, digits: str, *, now: datetime) -> Person:
    """Who has the phone that the code was sent to: known by that number and name, or somebody new.

    From now on they have agreed to texts. Raises WrongCode, and CodeIsOver after 5 tries, 15 minutes or one success.
    """
    refusal: CodeRefused | None = None
    with transaction() as session:
        code = session.get(PhoneCode, code_id, with_for_update=True)
        if code is None or code.used_at is not None or code.expires_at <= now or code.tries >= TRIES:
            raise CodeIsOver
        code.tries += 1  # counted although the try fails: hence the refusal is raised outside
        if _fits(code.code_hash, digits):
            code.used_at = now
            return _proven(code, now)
        refusal = WrongCode(TRIES - code.tries) if code.tries < TRIES else CodeIsOver()
    raise refusal


def forget_old_codes(now: datetime) -> int:
    """Throw away codes that were over a day ago, with the names and numbers beside them. How many went."""
    with transaction() as session:
        gone = session.execute(delete(PhoneCode).where(PhoneCode.expires_at < now - A_DAY))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _open_codes(event: Event, phone: str, now: datetime) -> Select[PhoneCode]:
    return select(PhoneCode).where(
        PhoneCode.event_id == event.id,
        PhoneCode.phone == phone,
        PhoneCode.used_at.is_(None),
        PhoneCode.expires_at > now,
    )


def _queue(event: Event, code: PhoneCode, digits: str, host: str, now: datetime) -> None:
    queue_text(
        organisation_id=event.organisation_id,
        event_id=event.id,
        person=None,
        phone=code.phone,
        language=code.language,
        kind="code",
        body=fill(
            house_words("code", code.language), {"title": event.title, "code": digits}, after=f"\n@{host} #{digits}"
        ),
        now=now,
        useful_until=code.expires_at,
        any_hour=True,
        shift_id=code.shift_id,
    )


def _proven(code: PhoneCode, now: datetime) -> Person:
    event = db.session.get_one(Event, code.event_id)
    person = _known(event.organisation_id, code.phone, code.name) or add_person(
        organisation_id=event.organisation_id, name=code.name, phone=code.phone, now=now, language=code.language
    )
    agree_to_texts(person, "sign-up", code.words, now)
    return person


def _known(organisation_id: int, phone: str, name: str) -> Person | None:
    """Of those who share the phone, the one who is called so; a first name is enough."""
    said = name.casefold().split()
    for person in people_with_phone(phone, organisation_id):
        known = person.name.casefold().split()
        if said == known or (said[:1] == known[:1] and 1 in (len(said), len(known))):
            return person
    return None


def _hashed(digits: str) -> str:
    salt = secrets.token_hex(16)
    return f"{salt}${_digest(salt, digits)}"


def _fits(code_hash: str, digits: str) -> bool:
    salt, _, digest = code_hash.partition("$")
    return hmac.compare_digest(_digest(salt, digits), digest)


def _digest(salt: str, digits: str) -> str:
    return sha256(f"{salt}{digits}".encode()).hexdigest()
