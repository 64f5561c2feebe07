"""Forgetting the texts and emails to and from someone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from coordinator.db import db, transaction
from coordinator.people.models import Person
from coordinator.people.queries import someone_else_has

from ..models import UNSENT, Message, MessageState, Receipt, ReplyChoice
from .outbox import change_state

FORGOTTEN = ""
KEPT_FOR = timedelta(days=30)
AT_A_TIME = 1000


def forget_texts_of(person: Person, *, now: datetime) -> int:
    """Blank address and words of every text and email of this person; unsent ones are withdrawn. Returns how many.

    Codes to their number or address, which belong to nobody, are blanked too unless someone else has it.

    The record that there was a text, its kind, time and outcome stays. An opt-out stays too, with its number: otherwise
    nobody could honor it.
    """
    with transaction() as session:
        theirs = Message.person_id == person.id
        if person.phone is not None and not someone_else_has(Person.phone == person.phone, person):
            theirs |= Message.person_id.is_(None) & (Message.phone == person.phone)
        if person.email is not None and not someone_else_has(Person.email == person.email, person):
            theirs |= Message.person_id.is_(None) & (Message.address == person.email)
        texts = session.scalars(select(Message).where(theirs).with_for_update(of=Message)).all()
        for text in texts:
            if text.state in UNSENT:
                change_state(text, MessageState.CANCELLED, now=now, cause="the person was forgotten")
        _blank(texts)
        if person.phone is not None:
            session.execute(delete(ReplyChoice).where(ReplyChoice.phone == person.phone))
    return len(texts)


def forget_texts_of_nobody(now: datetime) -> int:
    """The same for texts that belong to nobody we know, such as codes to new numbers, after 30 days; how many."""
    reached = (Message.phone != FORGOTTEN) | Message.address.is_not(None)
    nobodys = select(Message).where(Message.person_id.is_(None), reached)
    old = nobodys.where(Message.created_at < now - KEPT_FOR, Message.state.not_in(UNSENT))
    with transaction() as session:
        texts = session.scalars(old.order_by(Message.id).limit(AT_A_TIME).with_for_update(of=Message)).all()
        _blank(texts)
    return len(texts)


def _blank(texts: Sequence[Message]) -> None:
    """Receipts contain the number too; everything else in them stays."""
    phones = {text.phone for text in texts}
    of_them = select(Receipt).where(Receipt.message_id.in_([text.id for text in texts]))
    for receipt in db.session.scalars(of_them):
        receipt.fields = {key: value for key, value in receipt.fields.items() if value not in phones}
    for text in texts:
        text.phone = text.body = FORGOTTEN
        text.address = text.mail = text.first_body = None
        text.needs_answer = False
