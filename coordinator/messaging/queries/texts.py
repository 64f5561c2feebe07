"""Texts for the pages that show them: what is planned, what went, what failed, what was answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import selectinload

from coordinator.db import db

from ..models import IN_THE_AIR, UNSENT, WENT_OUT, Heartbeat, Message, MessageChange

FAILED = ("failed", "undelivered", "expired", "stopped")
UNREAD = (Message.direction == "in", Message.needs_answer.is_(True), Message.answered_at.is_(None))


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
class Wanted:
    """Which texts of an event; what is None is not asked about. ``what`` is a rule's key or a kind."""

    states: Collection[str] | None = None
    direction: str | None = None
    what: str | None = None
    person_ids: Collection[int] | None = None
    errors: Collection[str] | None = None


EVERY = Wanted()


def texts_of(
    event_id: int,
    wanted: Wanted = EVERY,
    *,
    soonest_first: bool = False,
    offset: int = 0,
    limit: int | None = None,
) -> list[Message]:
    """The texts of an event with their people, the one that happened or happens last first unless told."""
    happens_at = func.coalesce(Message.sent_at, Message.finished_at, Message.due_at, Message.created_at)
    order = (Message.due_at, Message.id) if soonest_first else (happens_at.desc(), Message.id.desc())
    found = select(Message).where(*_meant(event_id, wanted)).options(selectinload(Message.person))
    return list(db.session.scalars(found.order_by(*order).offset(offset).limit(limit)))


def number_of_texts(event_id: int, wanted: Wanted) -> int:
    """How many such texts there are."""
    return db.session.scalar(select(func.count()).select_from(Message).where(*_meant(event_id, wanted))) or 0


def kinds_of_texts(event_id: int) -> list[str]:
    """The rules' keys and the kinds that the event's own texts have, in no order that means anything."""
    outgoing = select(func.coalesce(Message.rule, Message.kind)).where(
        Message.event_id == event_id, Message.direction == "out"
    )
    return sorted(db.session.scalars(outgoing.distinct()))


def _meant(event_id: int, wanted: Wanted) -> list[ColumnElement[bool]]:
    asked: list[tuple[object, ColumnElement[bool]]] = [
        (wanted.states, Message.state.in_(wanted.states or ())),
        (wanted.direction, Message.direction == wanted.direction),
        (wanted.what, func.coalesce(Message.rule, Message.kind) == wanted.what),
        (wanted.person_ids, Message.person_id.in_(wanted.person_ids or ())),
        (wanted.errors, Message.error.in_(wanted.errors or ())),
    ]
    return [Message.event_id == event_id, *(meant for given, meant in asked if given is not None)]


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


def message_in(message_id: int, organisation_id: int) -> Message | None:
    """The text, if it is one of the organisation's or may be meant for it; None as well when it is somebody else's."""
    theirs = select(Message).where(Message.id == message_id, for_organisation(organisation_id))
    return db.session.scalars(theirs.options(selectinload(Message.person))).one_or_none()


def for_organisation(organisation_id: int) -> ColumnElement[bool]:
    """The organisation's own texts, and those that came in from a number of which nobody can say whom it meant."""
    anybodys = and_(Message.organisation_id.is_(None), Message.direction == "in")
    return or_(Message.organisation_id == organisation_id, anybodys)


def inbox(organisation_id: int) -> list[Message]:
    """Texts that a coordinator has to read and answer, newest first, with who wrote them."""
    unread = select(Message).where(for_organisation(organisation_id), *UNREAD)
    newest = unread.order_by(Message.created_at.desc(), Message.id.desc()).options(selectinload(Message.person))
    return list(db.session.scalars(newest))


def last_change() -> int:
    """A number that rises whenever any text changes its state, comes in or is read."""
    return db.session.scalar(select(func.max(MessageChange.id))) or 0


def oldest_overdue(now: datetime) -> datetime | None:
    """Since when the text that has been waiting longest has been due; None when nothing is."""
    free = Message.held_until.is_(None) | (Message.held_until <= now)
    overdue = select(func.min(Message.due_at)).where(Message.state == "waiting", Message.due_at <= now, free)
    return db.session.scalar(overdue)


def last_tick() -> datetime | None:
    """When a jobs process last noted that it does its rounds, up to 3 s before its last; None: never."""
    return db.session.scalar(select(func.max(Heartbeat.at)).where(Heartbeat.name == "jobs"))
