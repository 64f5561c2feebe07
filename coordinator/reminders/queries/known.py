"""The starts that people have in mind although no text told them."""

from sqlalchemy import select

from coordinator.core.consequences import KnownTimes
from coordinator.db import db

from ..models import KnownTime


def known_times(event_id: int) -> KnownTimes:
    """By subject and person, as the planner last saw them."""
    rows = db.session.scalars(select(KnownTime).where(KnownTime.event_id == event_id))
    return {(row.subject, row.person_id): row.at for row in rows}
