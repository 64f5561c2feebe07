"""The link of the wall backstage, and what the desk writes on the boards."""

from datetime import datetime

from sqlalchemy import select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.models import Event, Stage

from ..models import BoardKey, DeskMessage
from ..queries.boards import board_key_in_force


def make_board_key(event: Event, *, actor: Actor, now: datetime) -> BoardKey:
    """A key that opens the event's wall; the one that does so already, if there is one."""
    with transaction() as session:
        session.scalars(select(Event.id).where(Event.id == event.id).with_for_update()).one()
        key = board_key_in_force(event.id)
        if key is None:
            key = BoardKey(event_id=event.id, made_at=now, made_by=actor.name)
            session.add(key)
            session.flush()
            record(event, actor, "board.key_made", f"board:{key.id}", now=now)
    return key


def revoke_board_key(key: BoardKey, *, actor: Actor, now: datetime) -> None:
    """From now on its link opens nothing; revoking it twice changes nothing."""
    with transaction() as session:
        session.refresh(key, with_for_update={"of": BoardKey})
        if key.revoked_at is None:
            key.revoked_at = now
            record(key.event, actor, "board.key_revoked", f"board:{key.id}", now=now)


def write_message(
    event: Event, words: str, *, stage: Stage | None, until_at: datetime, actor: Actor, now: datetime
) -> DeskMessage:
    """Put a line on the boards of the stage, or of all stages, until the instant."""
    with transaction() as session:
        message = DeskMessage(event_id=event.id, stage_id=stage.id if stage else None, words=words)
        message.written_at, message.written_by, message.until_at = now, actor.name, until_at
        session.add(message)
        session.flush()
        after = {"body": words} | ({"place": stage.name} if stage else {})
        record(event, actor, "board.message_written", f"board:{message.id}", now=now, after=after)
    return message


def take_down_message(message: DeskMessage, *, actor: Actor, now: datetime) -> None:
    """Take a line off the boards; one that is off already stays as it is."""
    with transaction() as session:
        session.refresh(message, with_for_update={"of": DeskMessage})
        if message.taken_down_at is None and message.until_at > now:
            message.taken_down_at = now
            before = {"body": message.words}
            record(message.event, actor, "board.message_removed", f"board:{message.id}", now=now, before=before)
