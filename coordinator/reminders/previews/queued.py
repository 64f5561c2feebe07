"""The texts that a press itself queues, in the words that people would read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from coordinator.db import db, trial
from coordinator.messaging.models import UNSENT, Message, MessageKind, MessageState
from coordinator.people.models import Person


@dataclass(frozen=True, slots=True)
class QueuedText:
    """Whom it would tell, and what; ``rule`` names the text."""

    person: Person
    body: str
    rule: str | None


def texts_of(event_id: int, press: Callable[[], object], now: datetime) -> list[QueuedText]:
    """The texts about the event that a press at ``now`` would queue. Nothing is changed; don't call it within a
    transaction. Raises whatever the press raises.
    """
    with trial():
        return queued_by(event_id, press, now)


def queued_by(event_id: int, press: Callable[[], object], now: datetime) -> list[QueuedText]:
    """Press, and return the texts that this queues. Only within a trial: those that tell a time count as gone."""
    press()
    db.session.flush()
    ours = (Message.event_id == event_id, Message.created_at == now, Message.state.in_(UNSENT))
    found = []
    for text in db.session.scalars(select(Message).where(*ours).order_by(Message.id)):
        if text.person is not None:
            found.append(QueuedText(text.person, text.body, text.rule))
        if text.kind == MessageKind.ACCEPTED:
            text.state, text.claimed_at = MessageState.SENT, text.due_at
    return found
