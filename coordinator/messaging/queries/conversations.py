"""The texts and emails between us and one phone, address or person, as a conversation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select

from coordinator.db import db
from coordinator.people.models import Channel, Person

from ..models import TOLD, Direction, Message, MessageState
from .texts import for_organisation

SAID = (*TOLD, MessageState.UNDELIVERED, MessageState.RECEIVED)
TRIED = (
    *SAID,
    MessageState.FAILED,
    MessageState.EXPIRED,
    MessageState.STOPPED,
)  # including what the person should have received, but never did


@dataclass(frozen=True)
class Bubble:
    """One text as a phone shows it, or one email: all of it, and when it came or went."""

    id: int
    incoming: bool  # to the phone; False: the person wrote it
    body: str
    at: datetime
    message: Message
    subject: str = ""  # of an email


def thread(person: Person, limit: int = 100) -> list[Bubble]:
    """Texts between us and one person, oldest first, including unsent ones; at most the newest ``limit``.

    A text from their phone that could be from anyone who shares it is included too.
    """
    nobodys = and_(
        Message.person_id.is_(None),
        Message.direction == Direction.IN,
        Message.phone == person.phone,
        Message.organisation_id == person.organisation_id,
    )
    theirs = select(Message).where(or_(Message.person_id == person.id, nobodys), Message.state.in_(TRIED))
    newest = theirs.order_by(Message.created_at.desc(), Message.id.desc()).limit(limit)
    return bubbles(list(db.session.scalars(newest)))


def bubbles_with(message: Message, organisation_id: int, limit: int = 100) -> list[Bubble]:
    """What went between us and the phone or address of this message, oldest first; at most the newest ``limit``."""
    by_mail = message.channel == Channel.EMAIL
    both_ways = select(Message).where(
        Message.address == message.address if by_mail else Message.phone == message.phone,
        for_organisation(organisation_id),
        Message.state.in_(SAID),
    )
    return bubbles(list(db.session.scalars(both_ways.order_by(Message.id.desc()).limit(limit))))


def bubbles(messages: Collection[Message]) -> list[Bubble]:
    """Texts as phones show them, oldest first: a merged reminder is part of the text that carried it."""
    riding: dict[int, list[Message]] = {}
    for message in sorted(messages, key=lambda message: (message.due_at or message.created_at, message.id)):
        riding.setdefault(message.rides_with_id or message.id, []).append(message)
    own = [message for message in messages if message.rides_with_id is None]
    shown = [_bubble(message, riding[message.id]) for message in own]
    return sorted(shown, key=lambda bubble: (bubble.at, bubble.id))


def _bubble(message: Message, together: list[Message]) -> Bubble:
    rides = [other for other in together if other is not message]
    mail = message.mail if message.channel == Channel.EMAIL and message.mail else {}
    body = "\n".join([mail.get("body", message.body), *(each.body for each in rides)])
    at = message.sent_at or message.claimed_at or message.finished_at or message.created_at
    return Bubble(message.id, message.direction == Direction.OUT, body, at, message, mail.get("subject", ""))
