"""Puts many texts into the outbox, and measures when they were sent."""

import time
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from coordinator import clock
from coordinator.db import db, transaction
from coordinator.messaging.models import Message
from tests.builders import a_night

Columns = dict[str, Any]
LONGEST = 120.0  # seconds to wait for texts to be sent


def a_performer(slug: str = "justice-in-motion") -> Columns:
    """A performer of a small show; returns the columns that all texts to them share."""
    night = a_night(slug=slug, quiet_from=None, quiet_to=None)
    person = night.person("Josh Granowski")
    ours = {"organisation_id": night.organisation.id, "event_id": night.event.id, "person_id": person.id}
    columns = {**ours, "phone": person.phone, "kind": "note"}
    db.session.remove()
    return columns


def put(whose: Columns, number: int, due_at: datetime | None = None) -> int:
    """Queues ``number`` texts, due at ``due_at`` or at once; returns the highest id before them."""
    at = clock.now()
    common = {**whose, "created_at": at, "due_at": due_at or at}
    bodies = (f"You are on at 8:45 at The Old Chapel, no {each}." for each in range(number))
    with transaction() as session:
        before = session.scalar(select(func.max(Message.id))) or 0
        session.execute(insert(Message), [{**common, "body": body} for body in bodies])
    db.session.remove()
    return before


def wait_until_sent(after_id: int = 0, *, before: datetime | None = None) -> None:
    """Waits until no due text with a higher id is unsent. Raises TimeoutError after two minutes."""
    ours = Message.id > after_id, Message.due_at <= (before or clock.now())
    left = select(func.count()).where(*ours, Message.state.in_(("waiting", "sending")))
    give_up_at = time.monotonic() + LONGEST
    while db.session.scalar(left):
        db.session.rollback()
        if time.monotonic() > give_up_at:
            raise TimeoutError(f"texts still wait after {LONGEST:.0f} s")
        time.sleep(0.2)
    db.session.rollback()


def seconds_late(after_id: int, *, from_at: datetime | None = None, until_at: datetime | None = None) -> list[float]:
    """How many seconds after their due time the texts with a higher id were sent, shortest first."""
    sent = select(Message.due_at, Message.sent_at).where(Message.id > after_id, Message.sent_at.is_not(None))
    if from_at is not None:
        sent = sent.where(Message.due_at >= from_at)
    if until_at is not None:
        sent = sent.where(Message.due_at < until_at)
    late = [(sent_at - due_at).total_seconds() for due_at, sent_at in db.session.execute(sent) if sent_at and due_at]
    db.session.rollback()
    return sorted(late)


def rate(after_id: int) -> float:
    """Texts per second, from the first claim to the last one the network accepted."""
    whole = select(func.count(), func.min(Message.claimed_at), func.max(Message.sent_at)).where(Message.id > after_id)
    number, began_at, ended_at = db.session.execute(whole).one()
    db.session.rollback()
    assert began_at is not None
    assert ended_at is not None
    return float(number / (ended_at - began_at).total_seconds())
