"""How often something may be tried: counted in rows, so that every process sees every try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from flask_babel import ngettext
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ...db import db, transaction
from ..models import Attempt

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``tries`` of one kind for one subject in any stretch of ``within``."""

    kind: str
    tries: int
    within: timedelta = timedelta(minutes=15)


class TooManyTries(ValueError):
    """Tried too often; ``again_at`` is when the next try counts."""

    def __init__(self, again_at: datetime, now: datetime) -> None:
        self.again_at = again_at
        minutes = max(1, -((now - again_at) // timedelta(minutes=1)))
        super().__init__(
            ngettext(
                "That was tried too often. Please try again in %(num)s minute.",
                "That was tried too often. Please try again in %(num)s minutes.",
                minutes,
            )
        )


def count_try(limit: Limit, subject: str, now: datetime) -> None:
    """Count one try for a phone, an e-mail or an address (kept as its hash). Raises TooManyTries, uncounted."""
    with transaction() as session:
        _one_at_a_time(session, f"{limit.kind} {subject_of(subject)}")
        whose = (Attempt.kind == limit.kind) & (Attempt.subject == subject_of(subject))
        recent = select(Attempt.at).where(whose, Attempt.at > now - limit.within).order_by(Attempt.at)
        tries = session.scalars(recent).all()
        if len(tries) >= limit.tries:
            raise TooManyTries(tries[-limit.tries] + limit.within, now)
        session.add(Attempt(kind=limit.kind, subject=subject_of(subject), at=now))


def refuse_if_tried(limit: Limit, subject: str, now: datetime) -> None:
    """Raises TooManyTries when there is no try left; counts nothing. For limits that count only what was wrong."""
    whose = (Attempt.kind == limit.kind) & (Attempt.subject == subject_of(subject))
    recent = select(Attempt.at).where(whose, Attempt.at > now - limit.within).order_by(Attempt.at)
    tries = db.session.scalars(recent).all()
    if len(tries) >= limit.tries:
        raise TooManyTries(tries[-limit.tries] + limit.within, now)


def forgive(limit: Limit, subject: str) -> None:
    """Take back the tries of somebody who has succeeded."""
    with transaction() as session:
        whose = (Attempt.kind == limit.kind) & (Attempt.subject == subject_of(subject))
        session.execute(delete(Attempt).where(whose))


def forget_old_tries(now: datetime) -> int:
    """Throw away tries older than a day, longer than any limit looks back. How many went."""
    with transaction() as session:
        gone = session.execute(delete(Attempt).where(Attempt.at < now - A_DAY))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def subject_of(text: str) -> str:
    """What stands in the row instead of the e-mail, phone or address."""
    return sha256(text.strip().lower().encode()).hexdigest()


def _one_at_a_time(session: Session, what: str) -> None:
    """Tries at the same instant count one after the other; SQLite's transactions do so by themselves."""
    if session.get_bind().dialect.name == "postgresql":
        number = int(sha256(what.encode()).hexdigest()[:15], 16)
        session.execute(select(func.pg_advisory_xact_lock(number)))
