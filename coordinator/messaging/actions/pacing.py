"""No faster than the line carries: a sender's segments are booked one after another, for all processes in one row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from coordinator.db import db

from ..models import Line, Message

AHEAD: Final = timedelta(seconds=1)  # what is booked further ahead than this is left for a later look


def within_pace(messages: Sequence[Message], sender: str, pace: float, now: datetime) -> list[Message]:
    """The first of these texts, as many as ``pace`` segments a second allow; the line is booked for them.

    In the caller's transaction, in which nobody else books the same line.
    """
    line = db.session.get(Line, sender, with_for_update=True)
    if line is None:
        line = Line(sender=sender, free_at=now)
        db.session.add(line)
        db.session.flush()
    line.free_at, carried = max(line.free_at, now), []
    for message in messages:
        if line.free_at >= now + AHEAD:
            break
        line.free_at += timedelta(seconds=message.segments / pace)
        carried.append(message)
    return carried
