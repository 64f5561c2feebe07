"""No faster than the line carries: a sender's segments are booked one after another, in one row for all processes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from coordinator.db import db

from ..models import LineBooking, Message

AHEAD: Final = timedelta(seconds=1)  # segments booked further ahead than this wait for a later round


def within_pace(messages: Sequence[Message], sender: str, pace: float, now: datetime) -> list[Message]:
    """The first of these texts, as many as ``pace`` segments a second allow; books the line for them.

    In the caller's transaction, in which nobody else books the same line.
    """
    line = db.session.get(LineBooking, sender, with_for_update=True)
    if line is None:
        line = LineBooking(sender=sender, free_at=now)
        db.session.add(line)
        db.session.flush()
    line.free_at, carried = max(line.free_at, now), []
    for message in messages:
        if line.free_at >= now + AHEAD:
            break
        line.free_at += timedelta(seconds=message.segments / pace)
        carried.append(message)
    return carried
