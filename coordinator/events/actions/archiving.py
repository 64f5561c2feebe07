"""Putting a show away once it is over, and taking it out again. Its pages stay."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.messaging.actions.outbox import change_state
from coordinator.messaging.models import UNSENT, Message, MessageState

from ..models import Event


class NotOverYet(ValueError):
    """The show is still to come, or on."""


def archive(event: Event, *, actor: Actor, now: datetime) -> int:
    """Put the show away: what is still to be sent about it is not. Returns how much that was. Twice is once.

    Raises NotOverYet.
    """
    with transaction() as session:
        session.refresh(event, with_for_update={"of": Event})
        if event.plan_until_at is None or event.plan_until_at > now:
            raise NotOverYet(_("You can archive a show once its last day is over."))
        if event.archived_at is not None:
            return 0
        event.archived_at = now
        unsent = select(Message).where(Message.event_id == event.id, Message.state.in_(UNSENT)).with_for_update()
        rows = session.scalars(unsent).all()
        cause = f"the show was archived by {actor.name}"
        dropped = sum(change_state(row, MessageState.CANCELLED, now=now, cause=cause) for row in rows)
        record(event, actor, "event.archived", event.slug, now=now, after={"texts": dropped})
    return dropped


def take_out(event: Event, *, actor: Actor, now: datetime) -> None:
    """List the show among the others again. What was dropped stays dropped."""
    with transaction() as session:
        session.refresh(event, with_for_update={"of": Event})
        if event.archived_at is not None:
            event.archived_at = None
            record(event, actor, "event.taken_out", event.slug, now=now)
