"""Numbered ways to answer, from 3, and what can still be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from ...db import db
from ...messaging.models import Choice

FIRST = 3  # 1 and 2 are answers of their own
OPEN_FOR = timedelta(hours=24)
UNDO_FOR = timedelta(minutes=10)
UNDO = 0  # the number under which the last change by text is kept


def offer(phone: str, meanings: Sequence[dict[str, Any]], now: datetime) -> list[int]:
    """Keep what each number will mean for this phone from now on; gives back the numbers."""
    numbers = list(range(FIRST, FIRST + len(meanings)))
    for number, means in zip(numbers, meanings, strict=True):
        db.session.add(Choice(phone=phone, number=number, offered_at=now, means=means))
    return numbers


def take(phone: str, number: int, now: datetime) -> dict[str, Any] | None:
    """What the number means to this phone, once; None when nothing was offered under it lately."""
    chosen = _latest(phone, number, now - OPEN_FOR)
    if chosen is None:
        return None
    for sibling in db.session.scalars(_offered(phone, chosen.offered_at)):
        sibling.taken_at = now
    return chosen.means


def remember(phone: str, means: dict[str, Any], now: datetime) -> None:
    """Keep how to take back what was just done by text."""
    db.session.add(Choice(phone=phone, number=UNDO, offered_at=now, means=means))


def last_done(phone: str, now: datetime) -> Choice | None:
    """The last change by text that can still be taken back."""
    return _latest(phone, UNDO, now - UNDO_FOR)


def _latest(phone: str, number: int, since_at: datetime) -> Choice | None:
    found = select(Choice).where(Choice.phone == phone, Choice.number == number, Choice.taken_at.is_(None))
    newest = found.where(Choice.offered_at >= since_at).order_by(Choice.id.desc()).limit(1)
    return db.session.scalar(newest)


def _offered(phone: str, offered_at: datetime) -> Any:
    return select(Choice).where(Choice.phone == phone, Choice.offered_at == offered_at, Choice.number >= FIRST)
