"""Counting what happens seldom and matters: each is one row that only rises."""

from __future__ import annotations

from coordinator.db import transaction

from ..models import Tally


def count_one(name: str, number: int = 1) -> None:
    """Once more, in the caller's transaction."""
    with transaction() as session:
        tally = session.get(Tally, name, with_for_update=True)
        if tally is None:
            tally = Tally(name=name, number=0)
            session.add(tally)
        tally.number += number
        session.flush()
