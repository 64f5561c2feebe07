"""Rate limits, counted in rows, so that every process sees every try."""

from datetime import datetime, timedelta
from hashlib import sha256

from flask_babel import ngettext
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from coordinator.db import transaction

from ..models import Attempt
from ..queries import Limit, subject_of, tried_until

A_DAY = timedelta(days=1)


class TooManyTries(ValueError):
    """Tried too often; ``again_at`` is when the next try counts."""

    def __init__(self, again_at: datetime, now: datetime) -> None:
        self.again_at = again_at
        minutes = max(1, -((now - again_at) // timedelta(minutes=1)))
        in_hours = ngettext(
            "Too many tries. Please try again in %(num)s hour.",
            "Too many tries. Please try again in %(num)s hours.",
            -(-minutes // 60),
        )
        in_minutes = ngettext(
            "Too many tries. Please try again in %(num)s minute.",
            "Too many tries. Please try again in %(num)s minutes.",
            minutes,
        )
        super().__init__(in_hours if minutes > 120 else in_minutes)


def count_try(limit: Limit, subject: str, now: datetime) -> None:
    """Count one try for a phone, an email or an address (stored as a hash). Raises TooManyTries, uncounted."""
    with transaction() as session:
        _one_at_a_time(session, f"{limit.kind} {subject_of(subject)}")
        refuse_if_tried(limit, subject, now)
        session.add(Attempt(kind=limit.kind, subject=subject_of(subject), at=now))
        session.flush()  # so that a second limit of the same kind counts this try too


def refuse_if_tried(limit: Limit, subject: str, now: datetime) -> None:
    """Raises TooManyTries when no try is left; counts nothing. For limits that count only failures."""
    again_at = tried_until(limit, subject, now)
    if again_at is not None:
        raise TooManyTries(again_at, now)


def give_back_try(limit: Limit, subject: str) -> None:
    """Remove the newest try: it was not a failure after all."""
    with transaction() as session:
        whose = (Attempt.kind == limit.kind) & (Attempt.subject == subject_of(subject))
        newest = select(Attempt.id).where(whose).order_by(Attempt.at.desc(), Attempt.id.desc()).limit(1)
        session.execute(delete(Attempt).where(Attempt.id.in_(newest.scalar_subquery())))


def forgive(limit: Limit, subject: str) -> None:
    """Remove the tries of someone who has succeeded."""
    with transaction() as session:
        whose = (Attempt.kind == limit.kind) & (Attempt.subject == subject_of(subject))
        session.execute(delete(Attempt).where(whose))


def forget_old_tries(now: datetime) -> int:
    """Delete tries older than a day, longer than any limit looks back. Returns how many."""
    with transaction() as session:
        gone = session.execute(delete(Attempt).where(Attempt.at < now - A_DAY))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _one_at_a_time(session: Session, what: str) -> None:
    """Serialize tries at the same instant; SQLite's transactions do so anyway."""
    if session.get_bind().dialect.name == "postgresql":
        number = int(sha256(what.encode()).hexdigest()[:15], 16)
        session.execute(select(func.pg_advisory_xact_lock(number)))
