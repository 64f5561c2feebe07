"""Texts that nobody has to read any more, since the same phone has answered."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from coordinator.db import transaction

from ..models import Message, MessageChange
from ..queries.texts import UNREAD


def settle_older(answer: Message, is_settled: Callable[[str], bool], now: datetime) -> int:
    """Take out of the inbox what this phone wrote before its ``answer``, about the same show, if its words are settled.

    What came with a picture stays. Returns how many.
    """
    with transaction() as session:
        older = select(Message).where(
            *UNREAD,
            Message.phone == answer.phone,
            Message.id < answer.id,
            Message.event_id.is_not_distinct_from(answer.event_id),
            Message.num_media == 0,
        )
        settled = [row for row in session.scalars(older) if is_settled(row.body)]
        for row in settled:
            row.answered_at = now
            cause = "answered by a later text"
            session.add(MessageChange(message=row, at=now, before=row.state, after=row.state, cause=cause))
    return len(settled)
