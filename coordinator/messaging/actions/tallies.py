"""Counters of rare events: one row each, which only rises."""

from coordinator.db import transaction

from ..models import Tally


def count_one(name: str, number: int = 1) -> None:
    """Count one more, in the caller's transaction."""
    with transaction() as session:
        tally = session.get(Tally, name, with_for_update=True)
        if tally is None:
            tally = Tally(name=name, number=0)
            session.add(tally)
        tally.number += number
        session.flush()
