"""Whose phone it is that texts us."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from coordinator.accounts.models import Organisation
from coordinator.db import db
from coordinator.people.models import Person
from coordinator.people.queries import people_with_phone

from ..models import TOLD, Direction, Message, MessageKind

MOST_TEXTS = 200  # as far back as one looks for the text that asked


@dataclass(frozen=True)
class Caller:
    """Who a text is from, as far as one can know: ``person`` None when nobody, or more than one, has the phone."""

    organisation_id: int | None
    person: Person | None
    event_id: int | None


def caller_with(phone: str) -> Caller:
    """Whose phone this is; for one that several organizations know, the one that texted it last is meant."""
    last = last_text_to(phone)
    people = people_with_phone(phone)
    organisations = {person.organisation_id for person in people}
    if last is not None and last.organisation_id in organisations:
        organisations = {last.organisation_id}
    organisation_id = organisations.pop() if len(organisations) == 1 else None
    if not people:
        organisation_id = last.organisation_id if last is not None else _the_only_organisation()
    theirs = [person for person in people if person.organisation_id == organisation_id]
    event_id = last.event_id if last is not None and last.organisation_id == organisation_id else None
    return Caller(organisation_id, theirs[0] if len(theirs) == 1 else None, event_id)


def last_text_to(phone: str) -> Message | None:
    """The text of ours that left last for this number, whenever it was planned."""
    ours = select(Message).where(
        Message.phone == phone, Message.direction == Direction.OUT, Message.sent_at.is_not(None)
    )
    return db.session.scalars(ours.order_by(Message.sent_at.desc(), Message.id.desc()).limit(1)).first()


def last_gone_to(phone: str) -> list[Message]:
    """What has left for this number last: one text, first the row that carried it, then those that rode with it."""
    ours = select(Message).where(Message.phone == phone, Message.direction == Direction.OUT, Message.state.in_(TOLD))
    newest = ours.where(Message.rides_with_id.is_(None)).order_by(Message.claimed_at.desc(), Message.id.desc())
    carrier = db.session.scalars(newest.limit(1)).first()
    if carrier is None:
        return []
    return [carrier, *db.session.scalars(ours.where(Message.rides_with_id == carrier.id).order_by(Message.id))]


def texts_about(phone: str) -> list[Message]:
    """The newest texts about slots and shifts that have left for this number, the newest first."""
    ours = select(Message).where(Message.phone == phone, Message.direction == Direction.OUT, Message.state.in_(TOLD))
    about = ours.where(or_(Message.slot_id.is_not(None), Message.shift_id.is_not(None)))
    return list(db.session.scalars(about.order_by(Message.claimed_at.desc(), Message.id.desc()).limit(MOST_TEXTS)))


def was_sent_lately(phone: str, words: str, since_at: datetime) -> bool:
    """Whether an answer in these words, or words that begin so, was given to this number since then."""
    ours = select(Message.id).where(
        Message.phone == phone, Message.direction == Direction.OUT, Message.kind == MessageKind.ECHO
    )
    lately = ours.where(Message.created_at > since_at, Message.dedupe_key.startswith(words, autoescape=True))
    return db.session.scalar(lately.limit(1)) is not None


def _the_only_organisation() -> int | None:
    found = list(db.session.scalars(select(Organisation.id).limit(2)))
    return found[0] if len(found) == 1 else None
