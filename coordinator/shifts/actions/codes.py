"""Six digits by text that prove a number, without an account."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

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
A_MOMENT = timedelta(minutes=1)
A_BLINK = timedelta(seconds=10)
BY_PHONE = Limit("code-phone", 3)
BY_ADDRESS = Limit("code-address", 40)  # a whole meeting may sign up behind one address


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
    again: bool = True,
) -> PhoneCode:
    """Text a new code to the number (E.164); codes sent to it before no longer work.

    ``words`` is the consent that was shown, ``host`` the site that may fill the code in by itself, ``address`` where
    the wish comes from. Not ``again``: a button that was pressed twice sends one code. Raises TooManyTries: 3 codes a
    phone and 40 an address in 15 minutes.
    """
    with transaction() as session:
        just_now = _open_codes(event, phone, now).where(PhoneCode.sent_at > now - A_BLINK, PhoneCode.name == name)
        if not again and (sent := session.scalars(just_now).first()) is not None:
            return sent
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


@dataclass(frozen=True, slots=True)
class Proof:
    """What a code proved: whose phone it is. ``person`` None: it may be any of the ``others`` who share it, or somebody
    new, and whoever typed the code is to say who."""

    person: Person | None
    others: Sequence[Person] = ()


def prove_phone(code_id: int, digits: str, *, now: datetime) -> Proof:
    """Who has the phone that the code was sent to: known by that number and name, or somebody new.

    From now on they have agreed to texts. Pressed twice it is proved once. Raises WrongCode, and CodeIsOver after 5
    tries, 15 minutes or one success.
    """
    refusal: CodeRefused | None = None
    with transaction() as session:
        code = session.get(PhoneCode, code_id, with_for_update=True)
        if code is None or _is_over(code, now):
            raise CodeIsOver
        code.tries += 1  # counted although the try fails: hence the refusal is raised outside
        if _fits(code.code_hash, digits):
            code.used_at = code.used_at or now
            return _proof(code, now)
        refusal = WrongCode(TRIES - code.tries) if code.tries < TRIES else CodeIsOver()
    raise refusal


def say_who(code_id: int, person_id: int | None, *, now: datetime) -> Person:
    """Whoever proved the phone is this one of those who share it; None: somebody new. Raises CodeIsOver."""
    with transaction() as session:
        code = session.get(PhoneCode, code_id, with_for_update=True)
        if code is None or code.used_at is None or code.used_at + LASTS <= now:
            raise CodeIsOver
        sharing = _sharing(code)
        person = next((each for each in sharing if each.id == person_id), None)
        if person_id is not None and person is None:
            raise CodeIsOver
        return _agreed(code, person or _called(sharing, code.name) or _newcomer(code, now), now)


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


def _is_over(code: PhoneCode, now: datetime) -> bool:
    """A second press of the same button finds the code just used, and is no second use."""
    pressed_again = code.used_at is not None and now < code.used_at + A_MOMENT
    return code.tries >= TRIES or code.expires_at <= now or not (code.used_at is None or pressed_again)


def _proof(code: PhoneCode, now: datetime) -> Proof:
    sharing = _sharing(code)
    if not sharing:
        return Proof(_agreed(code, _newcomer(code, now), now))
    person = _called(sharing, code.name)
    return Proof(_agreed(code, person, now)) if person else Proof(None, sharing)


def _sharing(code: PhoneCode) -> Sequence[Person]:
    return people_with_phone(code.phone, db.session.get_one(Event, code.event_id).organisation_id)


def _newcomer(code: PhoneCode, now: datetime) -> Person:
    organisation_id = db.session.get_one(Event, code.event_id).organisation_id
    new: dict[str, Any] = {"name": code.name, "phone": code.phone, "language": code.language}
    return add_person(organisation_id=organisation_id, now=now, **new)


def _agreed(code: PhoneCode, person: Person, now: datetime) -> Person:
    agree_to_texts(person, "sign-up", code.words, now)
    return person


def _called(people: Sequence[Person], name: str) -> Person | None:
    """The one of them who is called so; a first name is enough. None where there is none, or more than one."""
    said = name.casefold().split()
    exact = [person for person in people if person.name.casefold().split() == said]
    alike = [person for person in people if _is_short_for(said, person.name.casefold().split())]
    found = exact or alike
    return found[0] if len(found) == 1 else None


def _is_short_for(said: list[str], known: list[str]) -> bool:
    return said[:1] == known[:1] and 1 in (len(said), len(known))


def _hashed(digits: str) -> str:
    salt = secrets.token_hex(16)
    return f"{salt}${_digest(salt, digits)}"


def _fits(code_hash: str, digits: str) -> bool:
    salt, _, digest = code_hash.partition("$")
    return hmac.compare_digest(_digest(salt, digits), digest)


def _digest(salt: str, digits: str) -> str:
    return sha256(f"{salt}{digits}".encode()).hexdigest()
