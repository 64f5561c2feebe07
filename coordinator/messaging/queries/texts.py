"""Texts for the pages that show them: what is planned, what went, what failed, what was answered."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import selectinload

from coordinator.db import db

from ..models import IN_FLIGHT, UNSENT, WENT_OUT, Direction, Heartbeat, Message, MessageChange, MessageState

FAILED = (MessageState.FAILED, MessageState.UNDELIVERED, MessageState.EXPIRED, MessageState.STOPPED)
UNREAD = (Message.direction == Direction.IN, Message.needs_answer.is_(True), Message.answered_at.is_(None))


@dataclass(frozen=True)
class Counts:
    """How many texts of one event are where; ``unsure`` are those that nobody can say left, ``answered`` came in."""

    planned: int = 0
    sent: int = 0
    delivered: int = 0
    failed: int = 0
    unsure: int = 0
    answered: int = 0

    @property
    def by_shelf(self) -> Mapping[str, int]:
        """How many are on each shelf of the pages of texts; those that nobody can say left are on two."""
        return {
            "planned": self.planned,
            "sent": self.sent + self.unsure,
            "failed": self.failed + self.unsure,
            "answers": self.answered,
        }


@dataclass(frozen=True)
class MessageFilter:
    """Which texts of an event; None: any. ``what`` is a rule's key or a kind."""

    states: Collection[str] | None = None
    direction: str | None = None
    what: str | None = None
    person_ids: Collection[int] | None = None
    errors: Collection[str] | None = None


EVERY = MessageFilter()


def texts_of(
    event_id: int,
    only: MessageFilter = EVERY,
    *,
    soonest_first: bool = False,
    offset: int = 0,
    limit: int | None = None,
) -> list[Message]:
    """The texts of an event with their people, the one that happened or happens last first unless told."""
    happens_at = func.coalesce(Message.sent_at, Message.finished_at, Message.due_at, Message.created_at)
    kind = func.coalesce(Message.rule, Message.kind)  # what leaves together stands together
    soonest = (Message.due_at, kind, Message.slot_id, Message.shift_id, Message.id)
    order = soonest if soonest_first else (happens_at.desc(), Message.id.desc())
    found = select(Message).where(*_meant(event_id, only)).options(selectinload(Message.person))
    return list(db.session.scalars(found.order_by(*order).offset(offset).limit(limit)))


def number_of_texts(event_id: int, only: MessageFilter) -> int:
    """How many such texts there are."""
    return db.session.scalar(select(func.count()).select_from(Message).where(*_meant(event_id, only))) or 0


def due_within(event_id: int, only: MessageFilter, begins_at: datetime, length: timedelta) -> list[Message]:
    """Such texts that are due from ``begins_at`` until before ``length`` has passed, in no order."""
    due = select(Message).where(*_meant(event_id, only), Message.due_at >= begins_at)
    return list(db.session.scalars(due.where(Message.due_at < begins_at + length)))


def kinds_of_texts(event_id: int) -> list[str]:
    """The rules' keys and the kinds that the event's own texts have, in no order that means anything."""
    outgoing = select(func.coalesce(Message.rule, Message.kind)).where(
        Message.event_id == event_id, Message.direction == Direction.OUT
    )
    return sorted(db.session.scalars(outgoing.distinct()))


def _meant(event_id: int, only: MessageFilter) -> list[ColumnElement[bool]]:
    asked: list[tuple[object, ColumnElement[bool]]] = [
        (only.states, Message.state.in_(only.states or ())),
        (only.direction, Message.direction == only.direction),
        (only.what, func.coalesce(Message.rule, Message.kind) == only.what),
        (only.person_ids, Message.person_id.in_(only.person_ids or ())),
        (only.errors, Message.error.in_(only.errors or ())),
    ]
    return [Message.event_id == event_id, *(meant for given, meant in asked if given is not None)]


def next_due(event_id: int, limit: int) -> list[Message]:
    """The next texts to leave, held ones among them, with their people; what is overdue comes first."""
    waiting = select(Message).where(Message.event_id == event_id, Message.state.in_(UNSENT))
    ordered = waiting.order_by(Message.due_at, Message.id).limit(limit).options(selectinload(Message.person))
    return list(db.session.scalars(ordered))


def counts(event_id: int) -> Counts:
    """How many texts of this event are planned, sent, delivered, failed and unsure, and how many came in."""
    grouped = (
        select(Message.direction, Message.state, func.count())
        .where(Message.event_id == event_id)
        .group_by(Message.direction, Message.state)
    )
    number: Counter[str] = Counter()
    for direction, state, count in db.session.execute(grouped):
        number[MessageState.RECEIVED if direction == Direction.IN else state] += count
    return Counts(
        planned=sum(number[state] for state in UNSENT),
        sent=sum(number[state] for state in WENT_OUT),
        delivered=number[MessageState.DELIVERED],
        failed=sum(number[state] for state in FAILED),
        unsure=sum(number[state] for state in IN_FLIGHT),
        answered=number[MessageState.RECEIVED],
    )


def message_in(message_id: int, organisation_id: int) -> Message | None:
    """The text, if it is one of the organization's or may be meant for it; None as well when it is someone else's."""
    theirs = select(Message).where(Message.id == message_id, for_organisation(organisation_id))
    return db.session.scalars(theirs.options(selectinload(Message.person))).one_or_none()


def for_organisation(organisation_id: int) -> ColumnElement[bool]:
    """The organization's own texts, and those that came in from a number of which nobody can say whom it meant."""
    anybodys = and_(Message.organisation_id.is_(None), Message.direction == Direction.IN)
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
    overdue = select(func.min(Message.due_at)).where(Message.state == MessageState.WAITING, Message.due_at <= now, free)
    return db.session.scalar(overdue)


def last_tick() -> datetime | None:
    """When a jobs process last noted that it does its rounds, up to 3 s before its last; None: never."""
    return db.session.scalar(select(func.max(Heartbeat.at)).where(Heartbeat.name == "jobs"))
