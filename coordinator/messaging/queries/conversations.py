"""Texts between us and one phone or one person, as a conversation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select

from coordinator.db import db
from coordinator.people.models import Person

from ..models import TOLD, Message
from .texts import for_organisation

SAID = (*TOLD, "undelivered", "received")
TRIED = (*SAID, "failed", "expired", "stopped")  # also what the person never got, though they should have


@dataclass(frozen=True)
class Bubble:
    """One text as a phone shows it: the whole of it, and when it came or went."""

    id: int
    incoming: bool  # to the phone; False: the person wrote it
    body: str
    at: datetime
    message: Message


def thread(person: Person, limit: int = 100) -> list[Bubble]:
    """What went between us and one person, oldest first, and what should have gone; the newest ``limit`` of it.

    What came from their phone and could be anybody's who shares it is theirs too.
    """
    nobodys = and_(
        Message.person_id.is_(None),
        Message.direction == "in",
        Message.phone == person.phone,
        Message.organisation_id == person.organisation_id,
    )
    theirs = select(Message).where(or_(Message.person_id == person.id, nobodys), Message.state.in_(TRIED))
    newest = theirs.order_by(Message.created_at.desc(), Message.id.desc()).limit(limit)
    return bubbles(list(db.session.scalars(newest)))


def bubbles_with(phone: str, organisation_id: int, limit: int = 100) -> list[Bubble]:
    """What went between us and one phone, oldest first; the newest ``limit`` of it."""
    both_ways = select(Message).where(
        Message.phone == phone,
        for_organisation(organisation_id),
        Message.state.in_(SAID),
    )
    return bubbles(list(db.session.scalars(both_ways.order_by(Message.id.desc()).limit(limit))))


def bubbles(messages: Collection[Message]) -> list[Bubble]:
    """Texts as phones show them, oldest first: a reminder that rode with another stands in that one's text."""
    riding: dict[int, list[Message]] = {}
    for message in sorted(messages, key=lambda message: (message.due_at or message.created_at, message.id)):
        riding.setdefault(message.rides_with_id or message.id, []).append(message)
    own = [message for message in messages if message.rides_with_id is None]
    shown = [_bubble(message, riding[message.id]) for message in own]
    return sorted(shown, key=lambda bubble: (bubble.at, bubble.id))


def _bubble(message: Message, together: list[Message]) -> Bubble:
    rides = [other for other in together if other is not message]
    body = "\n".join(each.body for each in (message, *rides))
    at = message.sent_at or message.claimed_at or message.finished_at or message.created_at
    return Bubble(message.id, message.direction == "out", body, at, message)
