"""What became of the texts to each person of an event, and which numbers want none."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import selectinload

from coordinator.db import db
from coordinator.people.models import Channel

from ..models import (
    IN_FLIGHT,
    TOLD,
    UNSENT,
    WENT_OUT,
    Direction,
    Message,
    MessageState,
    OptOut,
)
from .texts import FAILED, UNREAD

BAD = (
    MessageState.FAILED,
    MessageState.UNDELIVERED,
    MessageState.UNKNOWN,
    MessageState.EXPIRED,
    MessageState.STOPPED,
)  # it did not arrive, or nobody can say that it did
LEFT = (*IN_FLIGHT, *WENT_OUT, *FAILED)


@dataclass
class Reached:
    """The texts to one person: how many in each state, the last that left or failed, when they last wrote."""

    states: Counter[str] = field(default_factory=Counter)
    last: Message | None = None
    wrote_at: datetime | None = None

    @property
    def planned(self) -> int:
        return sum(self.states[state] for state in UNSENT)

    @property
    def sent(self) -> int:
        return sum(self.states[state] for state in WENT_OUT)

    @property
    def failed(self) -> int:
        return sum(self.states[state] for state in FAILED)

    @property
    def answered_at(self) -> datetime | None:
        """When they wrote after the last text, which they have read then."""
        left_at = self.last.sent_at or self.last.claimed_at if self.last else None
        return self.wrote_at if left_at and self.wrote_at and self.wrote_at >= left_at else None


def reached_by_person(event_id: int, what: str | None = None) -> dict[int, Reached]:
    """By person, in the same number of queries however many. ``what``: texts of this rule or kind alone."""
    found: defaultdict[int, Reached] = defaultdict(Reached)
    outgoing = [Message.event_id == event_id, Message.direction == Direction.OUT, Message.person_id.is_not(None)]
    if what is not None:
        outgoing.append(func.coalesce(Message.rule, Message.kind) == what)
    counted = select(Message.person_id, Message.state, func.count()).where(*outgoing)
    for person_id, state, number in db.session.execute(counted.group_by(Message.person_id, Message.state)):
        found[person_id or 0].states[state] = number
    for message in db.session.scalars(_newest(*outgoing, Message.state.in_(LEFT))):
        found[message.person_id or 0].last = message
    for person_id, at in db.session.execute(_wrote(event_id)):
        found[person_id or 0].wrote_at = at
    return dict(found)


def not_arrived(event_id: int) -> list[Message]:
    """Texts to people that did not arrive, or of which nobody can say that they did, the newest first."""
    bad = select(Message).where(
        Message.event_id == event_id, Message.direction == Direction.OUT, Message.state.in_(BAD)
    )
    newest = bad.where(Message.person_id.is_not(None)).order_by(Message.id.desc())
    return list(db.session.scalars(newest.options(selectinload(Message.person))))


def introductions(phones: Collection[str]) -> set[tuple[str, int | None]]:
    """Which of the numbers know which organization: a text of its has left for them, and perhaps been read."""
    left = select(Message.phone, Message.organisation_id).where(
        Message.direction == Direction.OUT,
        Message.channel == Channel.TEXT,
        Message.state.in_(TOLD),
        Message.phone.in_(phones),
    )
    return {(phone, organisation_id) for phone, organisation_id in db.session.execute(left.distinct())}


def introduced(phones: Collection[str], organisation_id: int) -> set[str]:
    """Those of the numbers that know the organization, so that the next text need not say who writes."""
    return {phone for phone, whom in introductions(phones) if whom == organisation_id}


def opt_outs_of(phones: Collection[str]) -> list[OptOut]:
    """Every wish of these numbers for no more texts, those that were lifted too, the oldest first."""
    return list(db.session.scalars(select(OptOut).where(OptOut.phone.in_(phones)).order_by(OptOut.at, OptOut.id)))


def unread_from(person_id: int) -> Message | None:
    """The newest text of the person that waits for a coordinator; those before it are read with it."""
    theirs = select(Message).where(Message.person_id == person_id, *UNREAD)
    return db.session.scalars(theirs.order_by(Message.id.desc()).limit(1)).first()


def last_from(person_id: int) -> Message | None:
    """What the person wrote last."""
    theirs = select(Message).where(Message.person_id == person_id, Message.direction == Direction.IN)
    return db.session.scalars(theirs.order_by(Message.id.desc()).limit(1)).first()


def _newest(*which: ColumnElement[bool]) -> Select[Message]:
    """Of each person the text that left last: the order in which they were planned says nothing."""
    happened_at = func.coalesce(Message.sent_at, Message.claimed_at, Message.finished_at, Message.created_at)
    place = func.row_number().over(partition_by=Message.person_id, order_by=(happened_at.desc(), Message.id.desc()))
    placed = select(Message.id, place.label("place")).where(*which).subquery()
    return select(Message).where(Message.id.in_(select(placed.c.id).where(placed.c.place == 1)))


def _wrote(event_id: int) -> Select[int | None, datetime]:
    incoming = select(Message.person_id, func.max(Message.created_at)).where(
        Message.event_id == event_id, Message.direction == Direction.IN, Message.person_id.is_not(None)
    )
    return incoming.group_by(Message.person_id)
