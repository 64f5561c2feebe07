"""Whom a hold of a stage concerns: who is on there soon, and who was told of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from coordinator.core.timeline import SlotState
from coordinator.db import db
from coordinator.lineup.models import Slot
from coordinator.messaging.models import TOLD, Message
from coordinator.shownight.models import HOLD
from coordinator.shownight.queries import Night, StageNight

from .subjects import Recipient, subjects_of

SOON = timedelta(hours=3)


def concerned(night: Night, stage: StageNight) -> Iterator[tuple[Slot, Recipient]]:
    """The performers and crews of what is told to start on the stage within three hours."""
    soon = stage.now + SOON
    for slot, recipient in playing_or_helping(night, stage):
        starts_at = stage.told[slot.key].starts_at
        if starts_at is not None and starts_at <= soon:
            yield slot, recipient


def playing_or_helping(night: Night, stage: StageNight) -> Iterator[tuple[Slot, Recipient]]:
    """The same of everything that is to come on the stage."""
    coming = {slot.id for slot in stage.slots if stage.told[slot.key].state is SlotState.TO_COME}
    for subject in subjects_of(night.event, night):
        if subject.slot is not None and subject.slot.id in coming:
            for recipient in subject.recipients:
                yield subject.slot, recipient


def told_of_hold(night: Night, stage: StageNight, since_at: datetime) -> Iterator[tuple[Slot, Recipient, str]]:
    """Who was told of this hold and has something to come there, each with the key of that text."""
    told = {text.dedupe_key for text in texts_of_hold(stage, since_at) if text.state in TOLD}
    for slot, recipient in playing_or_helping(night, stage):
        key = f"{hold_key(slot.id, since_at)}:{recipient.person.id}"
        if key in told:
            yield slot, recipient, key


def texts_of_hold(stage: StageNight, since_at: datetime) -> list[Message]:
    """The texts that told this hold, or wait to."""
    keys = [f"{hold_key(slot.id, since_at)}:" for slot in stage.slots]
    ours = (Message.event_id == stage.stage.event_id, Message.rule == HOLD, Message.slot_id.is_not(None))
    found = db.session.scalars(select(Message).where(*ours).order_by(Message.id))
    return [text for text in found if (text.dedupe_key or "").startswith(tuple(keys))]


def hold_key(slot_id: int, since_at: datetime) -> str:
    """What the unique key of a text about this hold begins with; the person's id follows."""
    return f"{HOLD}:{slot_id}:{int(since_at.timestamp())}"
