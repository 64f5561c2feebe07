"""A test text to one's own phone. It is sent like every text, and its answer proves that answers arrive."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Final

from flask_babel import gettext as _
from sqlalchemy import select

from coordinator.accounts.actions.limits import count_try
from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor, Coordinator
from coordinator.accounts.queries import Limit
from coordinator.core.wording import fill
from coordinator.db import db, transaction
from coordinator.messaging.actions.outbox import queue_text
from coordinator.messaging.models import Direction, Message, MessageKind
from coordinator.messaging.queries.default_texts import default_text
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.phones import last_text_to
from coordinator.people.actions.consent import agree_to_texts
from coordinator.people.actions.persons import edit_person
from coordinator.people.actions.phones import parse_phone

KEY: Final = "try"
HOW: Final = "texting page"
USEFUL_FOR: Final = timedelta(minutes=10)
TEST_LIMIT: Final = Limit("test-text", 5)


class CannotSendTest(ValueError):
    """The test text cannot be sent; the message says why and what would help."""


@dataclass(frozen=True, slots=True)
class SentTest:
    """The newest test text, and the answer to it; None without one."""

    message: Message
    answer: Message | None


def send_test(coordinator: Coordinator, *, phone: str, agreed: str, sender: str, now: datetime) -> Message:
    """Queue one test text to the coordinator's own phone, at any hour.

    ``phone`` is what they typed if we had no number. ``agreed`` is the text beside the button, stored as their consent
    if they had not agreed to texts before. Raises NotAPhone, CannotSendTest, TooManyTries.
    """
    person = coordinator.person
    number = person.phone or parse_phone(phone)
    if opted_out([number], sender):
        raise CannotSendTest(_("You replied STOP from this phone. Text START to our number first."))
    count_try(TEST_LIMIT, f"{KEY}:{coordinator.id}", now)
    with transaction():
        if person.phone is None:
            edit_person(person, phone=number)
        if not person.can_be_texted:
            agree_to_texts(person, HOW, agreed, now)
        record(coordinator.organisation, Actor.of(coordinator), "text.tried", KEY, now=now)
        return queue_text(
            organisation_id=coordinator.organisation_id,
            event_id=None,
            person=person,
            kind=MessageKind.ECHO,  # goes to the phone that asked, also of someone who is told by email first
            body=fill(default_text(KEY, person.language), {"org": coordinator.organisation.name}),
            now=now,
            useful_until=now + USEFUL_FOR,
            any_hour=True,
            dedupe_key=f"{KEY}:{coordinator.id}:{token_hex(8)}",
        )


def tried(coordinator: Coordinator) -> SentTest | None:
    """The coordinator's newest test text and its answer; None when they sent none."""
    theirs = select(Message).where(Message.dedupe_key.startswith(f"{KEY}:{coordinator.id}:", autoescape=True))
    message = db.session.scalars(theirs.order_by(Message.id.desc()).limit(1)).first()
    if message is None:
        return None
    answers = select(Message).where(
        Message.phone == message.phone, Message.direction == Direction.IN, Message.created_at >= message.created_at
    )
    return SentTest(message, db.session.scalars(answers.order_by(Message.id).limit(1)).first())


def was_just_tested(phone: str, now: datetime) -> bool:
    """Whether the last text to this phone was a recent test: then an answer is about that."""
    last = last_text_to(phone)
    recent = last is not None and now - (last.sent_at or last.created_at) <= USEFUL_FOR * 3
    return recent and last is not None and (last.dedupe_key or "").startswith(f"{KEY}:")
