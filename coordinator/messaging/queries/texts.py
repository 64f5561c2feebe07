"""Texts for the pages that show them: what is planned, what went, what failed, what was answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from coordinator.db import db

from ..models import IN_THE_AIR, TOLD, UNSENT, WENT_OUT, Heartbeat, Message, MessageChange

FAILED = ("failed", "undelivered", "expired", "stopped")
SHOWN = ("accepted", "sent", "delivered", "received")


@dataclass(frozen=True)
class Counts:
    """How many texts of one event are where; ``unsure`` are those that nobody can say left, ``answered`` came in."""

    planned: int = 0
    sent: int = 0
    delivered: int = 0
    failed: int = 0
    unsure: int = 0
    answered: int = 0


@dataclass(frozen=True)
class Bubble:
    """One text as a phone shows it: the whole of it, and when it came or went."""

    id: int
    incoming: bool  # to the phone; False: the person wrote it
    body: str
    at: datetime
    message: Message


def texts_of(
    event_id: int,
    *,
    states: Collection[str] | None = None,
    direction: str | None = None,
    kinds: Collection[str] | None = None,
    person_id: int | None = None,
    limit: int | None = None,
) -> list[Message]:
    """The texts of an event with their people, the one that happened or happens last first."""
    wanted = select(Message).where(Message.event_id == event_id).options(selectinload(Message.person))
    if states is not None:
        wanted = wanted.where(Message.state.in_(states))
    if direction is not None:
        wanted = wanted.where(Message.direction == direction)
    if kinds is not None:
        wanted = wanted.where(Message.kind.in_(kinds))
    if person_id is not None:
        wanted = wanted.where(Message.person_id == person_id)
    happens_at = func.coalesce(Message.sent_at, Message.finished_at, Message.due_at, Message.created_at)
    return list(db.session.scalars(wanted.order_by(happens_at.desc(), Message.id.desc()).limit(limit)))


def next_due(event_id: int, now: datetime, limit: int) -> list[Message]:
    """The next texts to leave, held ones among them, with their people; what is overdue comes first."""
    waiting = select(Message).where(Message.event_id == event_id, Message.state.in_(UNSENT))
    ordered = waiting.order_by(Message.due_at, Message.id).limit(limit).options(selectinload(Message.person))
    return list(db.session.scalars(ordered))


def counts(event_id: int, now: datetime) -> Counts:
    """How many texts of this event are planned, sent, delivered, failed and unsure, and how many came in."""
    grouped = (
        select(Message.direction, Message.state, func.count())
        .where(Message.event_id == event_id)
        .group_by(Message.direction, Message.state)
    )
    number: Counter[str] = Counter()
    for direction, state, count in db.session.execute(grouped):
        number["received" if direction == "in" else state] += count
    return Counts(
        planned=sum(number[state] for state in UNSENT),
        sent=sum(number[state] for state in WENT_OUT),
        delivered=number["delivered"],
        failed=sum(number[state] for state in FAILED),
        unsure=sum(number[state] for state in IN_THE_AIR),
        answered=number["received"],
    )


def thread(person_id: int, limit: int = 100) -> list[Bubble]:
    """What went between us and one person, oldest first; the newest ``limit`` of it."""
    theirs = select(Message).where(
        Message.person_id == person_id, Message.state.in_((*TOLD, "undelivered", "received"))
    )
    newest = list(db.session.scalars(theirs.order_by(Message.created_at.desc(), Message.id.desc()).limit(limit)))
    return bubbles(newest)


def bubbles_with(phone: str, organisation_id: int, limit: int = 100) -> list[Bubble]:
    """What went between us and one phone, oldest first; the newest ``limit`` of it."""
    both_ways = select(Message).where(
        Message.phone == phone,
        Message.organisation_id == organisation_id,
        Message.state.in_((*TOLD, "undelivered", "received")),
    )
    return bubbles(list(db.session.scalars(both_ways.order_by(Message.id.desc()).limit(limit))))


def message_in(message_id: int, organisation_id: int) -> Message | None:
    """The text, if it is one of the organisation's; None as well when it is somebody else's."""
    theirs = select(Message).where(Message.id == message_id, Message.organisation_id == organisation_id)
    return db.session.scalars(theirs.options(selectinload(Message.person))).one_or_none()


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
    at = message.sent_at or message.claimed_at or message.created_at
    return Bubble(message.id, message.direction == "out", body, at, message)


def inbox(organisation_id: int) -> list[Message]:
    """Texts that a coordinator has to read and answer, newest first, with who wrote them."""
    unread = select(Message).where(
        Message.organisation_id == organisation_id,
        Message.direction == "in",
        Message.needs_answer.is_(True),
        Message.answered_at.is_(None),
    )
    newest = unread.order_by(Message.created_at.desc(), Message.id.desc()).options(selectinload(Message.person))
    return list(db.session.scalars(newest))


def last_change() -> int:
    """A number that rises whenever any text changes its state or comes in."""
    return db.session.scalar(select(func.max(MessageChange.id))) or 0


def oldest_overdue(now: datetime) -> datetime | None:
    """Since when the text that has been waiting longest has been due; None when nothing is."""
    free = Message.held_until.is_(None) | (Message.held_until <= now)
    overdue = select(func.min(Message.due_at)).where(Message.state == "waiting", Message.due_at <= now, free)
    return db.session.scalar(overdue)


def last_tick() -> datetime | None:
    """When a jobs process last noted that it does its rounds, up to 3 s before its last; None: never."""
    return db.session.scalar(select(func.max(Heartbeat.at)).where(Heartbeat.name == "jobs"))
