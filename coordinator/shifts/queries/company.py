"""Who comes with whom: places that are held for a friend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...db import db
from ..models import HOLDING, Shift, SignUp

HELD_FOR = timedelta(minutes=30)
HELD = "friend"  # how a place was taken that waits for somebody to say yes


@dataclass(frozen=True, slots=True)
class Company:
    """Somebody who brings a friend, and the places that wait for the friend."""

    key: str
    host: str
    host_ids: frozenset[int]
    friend: str
    held: Sequence[SignUp]
    until: datetime


def company_of(event_id: int, key: str, now: datetime) -> Company | None:
    """What is held under this key; None when nothing is, or the time is over."""
    return next(iter(_companies([key], now, event_id)), None)


def companies_of(sign_ups: Iterable[SignUp], now: datetime) -> dict[str, Company]:
    """The same for everybody who brings somebody, by the key that they share."""
    keys = [each.friends for each in sign_ups if each.friends]
    return {each.key: each for each in _companies(keys, now)} if keys else {}


def _companies(keys: Sequence[str], now: datetime, event_id: int | None = None) -> list[Company]:
    found = select(SignUp).where(SignUp.friends.in_(keys), SignUp.state.in_(HOLDING)).order_by(SignUp.shift_id)
    if event_id is not None:
        found = found.where(SignUp.event_id == event_id)
    shift = joinedload(SignUp.shift)
    rows = db.session.scalars(found.options(joinedload(SignUp.person), shift.joinedload(Shift.role))).all()
    companies = (_company(key, [each for each in rows if each.friends == key]) for key in keys)
    return [each for each in companies if each is not None and each.until > now]


def _company(key: str, rows: Sequence[SignUp]) -> Company | None:
    held = [each for each in rows if each.how == HELD and each.state == "confirmed"]
    hosts = [each for each in rows if each not in held]
    if not (held and hosts):
        return None
    host, friend = hosts[0].person, held[0].person
    until = held[0].created_at + HELD_FOR
    return Company(key, host.first_name, frozenset({host.id}), friend.first_name, held, until)
