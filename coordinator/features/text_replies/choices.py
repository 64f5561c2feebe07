"""Numbered choices, from 3, and the last change, which can be undone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from coordinator.core.json_values import JsonObject
from coordinator.db import db
from coordinator.messaging.models import ReplyChoice

FIRST = 3  # 1 and 2 mean yes and no
OPEN_FOR = timedelta(hours=24)
UNDO_FOR = timedelta(minutes=10)
UNDO = 0  # the number under which the last change by text is stored

Means = JsonObject  # what a choice does: ``do`` or ``undo``, with the ids it applies to


def offer(
    phone: str, meanings: Sequence[Means], now: datetime, *, names: Sequence[str], said: Sequence[str]
) -> list[int]:
    """Store what each number means for this phone from now on; returns the numbers.

    ``names``: the names by which the choices can be given besides their numbers. ``said``: the words in which each is
    offered; they count as well where the names alone do not tell which is meant.
    """
    numbers = list(range(FIRST, FIRST + len(meanings)))
    for number, means, name, words in zip(numbers, meanings, names, said, strict=True):
        kept = means | {"name": name, "said": words}
        db.session.add(ReplyChoice(phone=phone, number=number, offered_at=now, means=kept))
    return numbers


def offered(phone: str, now: datetime) -> dict[int | str, str]:
    """The names of the choices that were offered last and are still valid, by number."""
    return {number: means["name"] for number, means in standing(phone, now).items()}


def standing(phone: str, now: datetime) -> dict[int, Means]:
    """The choices that were offered last and are still valid, by number, each with its ``name`` and ``said``."""
    open_ones = (ReplyChoice.phone == phone, ReplyChoice.number >= FIRST, ReplyChoice.taken_at.is_(None))
    lately = select(func.max(ReplyChoice.offered_at)).where(*open_ones, ReplyChoice.offered_at >= now - OPEN_FOR)
    newest = select(ReplyChoice).where(*open_ones, ReplyChoice.offered_at == lately.scalar_subquery())
    return {row.number: row.means for row in db.session.scalars(newest.order_by(ReplyChoice.number))}


def take(phone: str, number: int, now: datetime) -> Means | None:
    """What the number means for this phone. A choice can be used once; None when there is none or it is too old."""
    chosen = _latest(phone, number, now - OPEN_FOR)
    if chosen is None:
        return None
    for sibling in db.session.scalars(_offered(phone, chosen.offered_at)):
        sibling.taken_at = now
    return chosen.means


def remember(phone: str, means: Means, now: datetime) -> None:
    """Store how to undo what was just done by text."""
    db.session.add(ReplyChoice(phone=phone, number=UNDO, offered_at=now, means=means))


def last_done(phone: str, now: datetime) -> ReplyChoice | None:
    """The last change by text that can still be undone."""
    return _latest(phone, UNDO, now - UNDO_FOR)


def all_done(phone: str, now: datetime) -> Sequence[ReplyChoice]:
    """All of them, the last first."""
    return db.session.scalars(_newest_first(phone, UNDO, now - UNDO_FOR)).all()


def _latest(phone: str, number: int, since_at: datetime) -> ReplyChoice | None:
    return db.session.scalar(_newest_first(phone, number, since_at).limit(1))


def _newest_first(phone: str, number: int, since_at: datetime) -> Select[ReplyChoice]:
    found = select(ReplyChoice).where(
        ReplyChoice.phone == phone, ReplyChoice.number == number, ReplyChoice.taken_at.is_(None)
    )
    return found.where(ReplyChoice.offered_at >= since_at).order_by(ReplyChoice.id.desc())


def _offered(phone: str, offered_at: datetime) -> Select[ReplyChoice]:
    return select(ReplyChoice).where(
        ReplyChoice.phone == phone, ReplyChoice.offered_at == offered_at, ReplyChoice.number >= FIRST
    )
