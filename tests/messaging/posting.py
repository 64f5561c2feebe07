"""Helpers for tests of texts: queue one, send what is due, read the result."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from coordinator.db import db, transaction
from coordinator.messaging.actions.dispatch import dispatch_due
from coordinator.messaging.actions.outbox import queue_text
from coordinator.messaging.gateway import Line, RecordingGateway
from coordinator.messaging.models import Message, MessageChange
from coordinator.people.models import Person
from tests.builders import MADE_AT, ANight


def a_text(
    night: ANight, person: Person | None, body: str = "You are on.", *, kind: str = "reminder", **columns: Any
) -> Message:
    """A text of the night in the outbox, due at ``due_at``. It says the same if it is the first to its phone."""
    with transaction():
        return queue_text(
            organisation_id=night.organisation.id,
            event_id=night.event.id,
            person=person,
            kind=kind,
            body=body,
            now=MADE_AT,
            **{"first_body": body, **columns},
        )


def send_due(line: Line, now: datetime, **options: Any) -> int:
    return dispatch_due(line, now=lambda: now, worker="one", **options)


def bodies(gateway: RecordingGateway) -> list[str]:
    return [text.body for text in gateway.texts]


def state(message: Message) -> str:
    """The state in the database now."""
    found = db.session.scalar(select(Message.state).where(Message.id == message.id))
    assert found is not None
    return found


def story(message: Message) -> list[tuple[str, str]]:
    """Every state the text has been in, and why."""
    changes = select(MessageChange).where(MessageChange.message_id == message.id).order_by(MessageChange.id)
    return [(change.after, change.cause) for change in db.session.scalars(changes)]
