"""Forgetting what was written to and by somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from coordinator.db import db, transaction
from coordinator.people.models import Person

from ..models import UNSENT, Choice, Message, Receipt
from .outbox import change_state

FORGOTTEN = ""
KEPT_FOR = timedelta(days=30)
AT_A_TIME = 1000


def forget_texts_of(person: Person, *, now: datetime) -> int:
    """Blank the number and the words of every text of this person; what has not left does not leave. How many.

    That there was a text, of which kind, when and what became of it is kept. A wish for no more texts is kept too, with
    its number: without it nobody could obey it.
    """
    with transaction() as session:
        texts = session.scalars(select(Message).where(Message.person_id == person.id).with_for_update(of=Message)).all()
        for text in texts:
            if text.state in UNSENT:
                change_state(text, "cancelled", now=now, cause="the person was forgotten")
        _blank(texts)
        if person.phone is not None:
            session.execute(delete(Choice).where(Choice.phone == person.phone))
    return len(texts)


def forget_texts_of_nobody(now: datetime) -> int:
    """The same for texts that belong to nobody whom we know, as codes to a new number do, 30 days later. How many."""
    nobodys = select(Message).where(Message.person_id.is_(None), Message.phone != FORGOTTEN)
    old = nobodys.where(Message.created_at < now - KEPT_FOR, Message.state.not_in(UNSENT))
    with transaction() as session:
        texts = session.scalars(old.order_by(Message.id).limit(AT_A_TIME).with_for_update(of=Message)).all()
        _blank(texts)
    return len(texts)


def _blank(texts: Sequence[Message]) -> None:
    """Callbacks name the number too; all else that they say is kept."""
    phones = {text.phone for text in texts}
    of_them = select(Receipt).where(Receipt.message_id.in_([text.id for text in texts]))
    for receipt in db.session.scalars(of_them):
        receipt.fields = {key: value for key, value in receipt.fields.items() if value not in phones}
    for text in texts:
        text.phone = text.body = FORGOTTEN
        text.needs_answer = False
