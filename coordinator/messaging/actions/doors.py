"""Counts of what the public pages were asked and what came of it."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from coordinator.db import db, transaction

from ..models import Door, DoorCount, DoorOutcome

MOST_COUNTED = 10_000  # in an hour; beyond it nothing is written, so that no flood of tries keeps the database busy
KEPT_FOR = timedelta(days=8)


def count_at_door(door: Door, outcome: DoorOutcome, now: datetime, organisation_id: int | None = None) -> None:
    """Count one try. ``organisation_id`` None: it concerns nobody's show, such as a sign-in."""
    hour_at = now.replace(minute=0, second=0, microsecond=0)
    what = {"door": door, "outcome": outcome, "hour_at": hour_at, "organisation_id": organisation_id}
    found = select(DoorCount).filter_by(**what).order_by(DoorCount.id).limit(1)
    known = db.session.scalars(found).first()
    if known is not None and known.number >= MOST_COUNTED:
        return
    with transaction() as session:
        count = session.scalars(found.with_for_update()).first()
        if count is None:
            count = DoorCount(**what, number=0)
            session.add(count)
        count.number += 1
        session.flush()


def forget_old_counts(now: datetime) -> int:
    """Delete counts older than eight days. Returns how many."""
    with transaction() as session:
        gone = session.execute(delete(DoorCount).where(DoorCount.hour_at < now - KEPT_FOR))
    return int(gone.rowcount)  # type: ignore[attr-defined]
