"""A test text to one's own phone: it goes the way of every text, and its answer proves the way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Final

from flask_babel import gettext as _
from sqlalchemy import select

from ...accounts.actions import Limit, count_try
from ...accounts.models import Coordinator
from ...core.wording import fill
from ...db import db, transaction
from ...messaging.actions import queue_text
from ...messaging.models import Message
from ...messaging.queries import last_text_to, opted_out
from ...people.actions import agree_to_texts, edit_person, parse_phone
from ...reminders.queries import house_words

KEY: Final = "try"
HOW: Final = "texting page"
OF_USE: Final = timedelta(minutes=10)
OFTEN: Final = Limit("test-text", 5)


class CannotTry(ValueError):
    """The test text would not leave; the message says why, and what would help."""


@dataclass(frozen=True, slots=True)
class Tried:
    """The newest test text, and the answer to it, if one has come in."""

    message: Message
    answer: Message | None


def try_out(coordinator: Coordinator, *, phone: str, agreed: str, sender: str, now: datetime) -> Message:
    """Queue one test text to the coordinator's own phone, to leave at once, whatever the hour.

    ``phone`` is what they typed, where we had no number of theirs; ``agreed`` are the words beside the button, which
    are kept where they had not agreed to texts yet. Raises NotAPhone, CannotTry, TooManyTries.
    """
    person = coordinator.person
    number = person.phone or parse_phone(phone)
    if opted_out([number], sender):
        raise CannotTry(_("You replied STOP from this phone. Text START to our number first."))
    count_try(OFTEN, f"{KEY}:{coordinator.id}", now)
    with transaction():
        if person.phone is None:
            edit_person(person, phone=number)
        if not person.can_be_texted:
            agree_to_texts(person, HOW, agreed, now)
        return queue_text(
            organisation_id=coordinator.organisation_id,
            event_id=None,
            person=person,
            kind="note",
            body=fill(house_words(KEY, person.language), {"org": coordinator.organisation.name}),
            now=now,
            useful_until=now + OF_USE,
            any_hour=True,
            dedupe_key=f"{KEY}:{coordinator.id}:{token_hex(8)}",
        )


def tried(coordinator: Coordinator) -> Tried | None:
    """What became of the coordinator's newest test text; None when they sent none."""
    theirs = select(Message).where(Message.dedupe_key.startswith(f"{KEY}:{coordinator.id}:", autoescape=True))
    message = db.session.scalars(theirs.order_by(Message.id.desc()).limit(1)).first()
    if message is None:
        return None
    answers = select(Message).where(
        Message.phone == message.phone, Message.direction == "in", Message.created_at >= message.created_at
    )
    return Tried(message, db.session.scalars(answers.order_by(Message.id).limit(1)).first())


def is_a_try(phone: str, now: datetime) -> bool:
    """Whether the last text that went to this phone was a test, moments ago: then an answer is about that."""
    last = last_text_to(phone)
    recent = last is not None and now - (last.sent_at or last.created_at) <= OF_USE * 3
    return recent and last is not None and (last.dedupe_key or "").startswith(f"{KEY}:")
