"""Six digits by text or email that prove a number or an address, without an account."""

import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, delete, select

from coordinator.accounts.actions.limits import TooManyTries
from coordinator.core.json_values import JsonObject
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.messaging.actions.doors import count_at_door
from coordinator.messaging.models import Door, DoorOutcome
from coordinator.people.actions.consent import agree_to_emails, agree_to_texts
from coordinator.people.actions.persons import add_person, edit_person
from coordinator.people.models import Channel, Person
from coordinator.people.queries import people_at, the_one_called

from ..models import ProofCode
from ..refusals.codes import CodeIsOver, CodeRefused, NoCodeNow, WrongCode
from .code_hashes import fits, hash_of, salted
from .code_limits import REFUSED_AS, count_code, give_back_address
from .code_words import queue_code

LASTS = timedelta(minutes=15)
TRIES = 5
A_DAY = timedelta(days=1)
A_BLINK = timedelta(seconds=10)

Proved = TypeVar("Proved")


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """Who wants a code, and from where; all of it is stored with the code.

    ``sent_to`` is a number in E.164 or an email address. ``name`` is who signs up; empty: the code proves whose it is
    and nothing else. ``consent_words`` is the consent that was shown, ``host`` the site that may fill in the code
    automatically, ``address`` where the request comes from, ``browser`` the secret of the browser that asks: it is
    proved only to it.
    """

    sent_to: str
    host: str
    address: str
    browser: str
    language: str
    name: str = ""
    consent_words: str = ""
    shift_id: int | None = None
    requested: Mapping[str, Any] | None = None


def ask_code(event: Event, asked: CodeRequest, *, now: datetime, again: bool = True) -> ProofCode:
    """Send a new code to the number or address; earlier codes of this browser stop working.

    Not ``again``: a button that was pressed twice sends one code. Raises TooManyTries and NoCodeNow: see code_limits;
    each refusal is counted, so don't call it within a transaction.
    """
    try:
        return _asked(event, asked, now, again=again)
    except (NoCodeNow, TooManyTries) as refusal:
        count_at_door(Door.CODE, REFUSED_AS[type(refusal)], now, event.organisation_id)
        raise


def _asked(event: Event, asked: CodeRequest, now: datetime, *, again: bool) -> ProofCode:
    with transaction() as session:
        ours = _open_codes(event, asked.sent_to, now)
        ours = ours.where(ProofCode.browser == hash_of(asked.browser), _asked_alike(asked.name))
        just_now = ours.where(ProofCode.sent_at > now - A_BLINK, ProofCode.name == asked.name)
        if not again and (sent := session.scalars(just_now).first()) is not None:
            return sent
        counted_tries = count_code(event, asked.sent_to, asked.address, now)
        for older in session.scalars(ours):
            older.expires_at = now
        digits = f"{secrets.randbelow(1_000_000):06}"
        code = ProofCode(event_id=event.id, sent_to=asked.sent_to, name=asked.name, language=asked.language)
        requested = dict(asked.requested) if asked.requested else None
        code.shift_id, code.consent_words, code.requested = asked.shift_id, asked.consent_words, requested
        code.code_hash, code.sent_at, code.expires_at = salted(digits, salt=secrets.token_hex(16)), now, now + LASTS
        code.browser, code.counted_tries = hash_of(asked.browser), counted_tries
        session.add(code)
        queue_code(event, code, digits, asked.host, now)
        count_at_door(Door.CODE, DoorOutcome.SENT, now, event.organisation_id)
        session.flush()
    return code


@dataclass(frozen=True, slots=True)
class Proof:
    """What a code proved: whose number or address it is.

    ``person`` None: it may be any of the ``others`` who share it, or someone new; whoever typed the code must say who.
    """

    person: Person | None
    others: Sequence[Person] = ()


def prove_sign_up(code_id: int, digits: str, *, browser: str, now: datetime) -> Proof:
    """Who has the number or address that the code was sent to: someone with it and that name, or someone new.

    From now on they have agreed to texts or emails there, and are told this way first. Two tabs of one browser may each
    use the code that either was sent; pressed twice, it is proved once. Raises WrongCode, and CodeIsOver after 5 tries,
    15 minutes, or in another browser.
    """
    return _proved(code_id, digits, browser, now, lambda code: _proof(code, now) if code.name else None)


def prove_address(code_id: int, digits: str, *, browser: str, now: datetime) -> str:
    """The number (E.164) or email address proved by a code that was requested without a name.

    Creates nobody, and nobody agrees to anything. Raises what prove_sign_up raises.
    """
    return _proved(code_id, digits, browser, now, lambda code: None if code.name else code.sent_to)


def _proved(
    code_id: int, digits: str, browser: str, now: datetime, proves: Callable[[ProofCode], Proved | None]
) -> Proved:
    """What the code proves; None: it was requested for something else."""
    refusal: CodeRefused | None = None
    with transaction() as session:
        code = _newest_of(session.get(ProofCode, code_id, with_for_update=True), browser)
        if code is None or code.tries >= TRIES or code.expires_at <= now:
            raise CodeIsOver
        organisation_id = session.get_one(Event, code.event_id).organisation_id
        if fits(code.code_hash, digits):
            if code.used_at is None:
                code.used_at = now
                count_at_door(Door.CODE, DoorOutcome.RIGHT, now, organisation_id)
            give_back_address(code)
            proved = proves(code)
            if proved is None:
                raise CodeIsOver
            return proved
        count_at_door(Door.CODE, DoorOutcome.WRONG, now, organisation_id)
        code.tries += 1  # counted although the try fails, so the refusal is raised outside
        refusal = WrongCode(TRIES - code.tries) if code.tries < TRIES else CodeIsOver()
    raise refusal


def say_who(code_id: int, person_id: int | None, *, browser: str, now: datetime) -> Person:
    """The person who proved the number or address in this browser is this one of those who share it; None: someone new.

    Raises CodeIsOver.
    """
    with transaction() as session:
        code = _newest_of(session.get(ProofCode, code_id, with_for_update=True), browser, used=True)
        if code is None or not code.name or code.used_at is None or code.used_at + LASTS <= now:
            raise CodeIsOver
        sharing = _sharing(code)
        person = next((each for each in sharing if each.id == person_id), None)
        if person_id is not None and person is None:
            raise CodeIsOver
        return _agreed(code, person or the_one_called(sharing, code.name) or _newcomer(code, now), now)


def _newest_of(code: ProofCode | None, browser: str, *, used: bool = False) -> ProofCode | None:
    """The newest code that this browser requested for the same number or address and show; None if there is none.

    ``used``: among those that were right.
    """
    if code is None or not hmac.compare_digest(code.browser, hash_of(browser)):
        return None
    ours = [ProofCode.event_id == code.event_id, ProofCode.sent_to == code.sent_to, ProofCode.browser == code.browser]
    ours.append(_asked_alike(code.name))
    if used:
        ours.append(ProofCode.used_at.is_not(None))
    return db.session.scalars(select(ProofCode).where(*ours).order_by(ProofCode.id.desc()).with_for_update()).first()


def _asked_alike(name: str) -> ColumnElement[bool]:
    """Codes requested with a name, to sign up, or those without one, to find one's own page."""
    return ProofCode.name != "" if name else ProofCode.name == ""


def forget_old_codes(now: datetime) -> int:
    """Delete codes that expired over a day ago, with their names, numbers and addresses. Returns how many."""
    with transaction() as session:
        gone = session.execute(delete(ProofCode).where(ProofCode.expires_at < now - A_DAY))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _open_codes(event: Event, sent_to: str, now: datetime) -> Select[ProofCode]:
    return select(ProofCode).where(
        ProofCode.event_id == event.id,
        ProofCode.sent_to == sent_to,
        ProofCode.used_at.is_(None),
        ProofCode.expires_at > now,
    )


def _proof(code: ProofCode, now: datetime) -> Proof:
    sharing = _sharing(code)
    if not sharing:
        return Proof(_agreed(code, _newcomer(code, now), now))
    person = the_one_called(sharing, code.name)
    return Proof(_agreed(code, person, now)) if person else Proof(None, sharing)


def _sharing(code: ProofCode) -> Sequence[Person]:
    return people_at(code.sent_to, _organisation_id(code))


def _newcomer(code: ProofCode, now: datetime) -> Person:
    where = {"phone": code.sent_to} if code.channel is Channel.TEXT else {"phone": None, "email": code.sent_to}
    new: JsonObject = {"name": code.name, "language": code.language, **where}
    return add_person(organisation_id=_organisation_id(code), now=now, **new)


def _agreed(code: ProofCode, person: Person, now: datetime) -> Person:
    """They agreed to what this way brings, and chose it: so it comes first."""
    agree = agree_to_texts if code.channel is Channel.TEXT else agree_to_emails
    agree(person, "sign-up", code.consent_words, now)
    if code.channel is Channel.EMAIL or person.prefers is not None:
        edit_person(person, prefers=code.channel)
    return person


def _organisation_id(code: ProofCode) -> int:
    return db.session.get_one(Event, code.event_id).organisation_id
