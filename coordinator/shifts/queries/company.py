"""People who bring a friend, and the spots held for the friend."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coordinator.db import db

from ..models import HOLDING, Shift, SignUp, SignUpSource, SignUpState

HELD_FOR = timedelta(days=1)  # at most: never longer than until the first of the shifts starts
HELD = SignUpSource.FRIEND  # how a spot was taken that waits for someone to say yes


@dataclass(frozen=True, slots=True)
class Company:
    """Someone who brings a friend, and the spots that wait for the friend."""

    key: str
    host: str
    host_ids: frozenset[int]
    friend: str
    held: Sequence[SignUp]
    until: datetime


def held_until(held: Sequence[SignUp]) -> datetime:
    """Until when these spots, all of one friend, are held: a day, and no longer than until the first shift starts."""
    return min(held[0].created_at + HELD_FOR, *(each.shift.starts_at for each in held))


def company_of(event_id: int, key: str, now: datetime) -> Company | None:
    """What is held under this key; None if nothing is, or the time is over."""
    return next(iter(_companies([key], now, event_id)), None)


def companies_of(sign_ups: Iterable[SignUp], now: datetime) -> dict[str, Company]:
    """The same for everyone who brings someone, by the key that they share."""
    keys = [each.friends_key for each in sign_ups if each.friends_key]
    return {each.key: each for each in _companies(keys, now)} if keys else {}


def _companies(keys: Sequence[str], now: datetime, event_id: int | None = None) -> list[Company]:
    found = select(SignUp).where(SignUp.friends_key.in_(keys), SignUp.state.in_(HOLDING)).order_by(SignUp.shift_id)
    if event_id is not None:
        found = found.where(SignUp.event_id == event_id)
    shift = joinedload(SignUp.shift)
    rows = db.session.scalars(found.options(joinedload(SignUp.person), shift.joinedload(Shift.role))).all()
    companies = (_company(key, [each for each in rows if each.friends_key == key]) for key in keys)
    return [each for each in companies if each is not None and each.until > now]


def _company(key: str, rows: Sequence[SignUp]) -> Company | None:
    held = [each for each in rows if each.source == HELD and each.state == SignUpState.CONFIRMED]
    held.sort(key=lambda each: (each.shift.starts_at, each.shift_id))
    hosts = [each for each in rows if each not in held]
    if not (held and hosts):
        return None
    host, friend = hosts[0].person, held[0].person
    return Company(key, host.first_name, frozenset({host.id}), friend.first_name, held, held_until(held))
