"""Whom a hold of a stage concerns: who is on there soon, and who was told of it."""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from coordinator.core.rules import Audience
from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import Anchor, SlotState
from coordinator.db import db
from coordinator.lineup.models import Slot
from coordinator.messaging.models import TOLD, Message
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.silence import silence_of
from coordinator.people.models import Person
from coordinator.shifts.models import Shift
from coordinator.shifts.queries.planned import shift_times
from coordinator.shownight.models import HOLD
from coordinator.shownight.queries import Night, StageNight

from .plans import observe_plans, shift_key, slot_key
from .subjects import Recipient, subjects_of
from .threads import ToldKey

SOON = timedelta(hours=3)


class ShiftToCome(NamedTuple):
    """A shift, and when it begins as the show runs."""

    shift: Shift
    starts_at: datetime


def concerned(night: Night, stage: StageNight) -> Iterator[tuple[Slot, Recipient]]:
    """The performers and crews of what is told to start on the stage within three hours, each once."""
    soon = stage.now + SOON
    starts = {slot.id: stage.told[slot.key].starts_at for slot in stage.slots}
    coming = [each for each in playing_or_helping(night, stage) if (at := starts[each[0].id]) and at <= soon]
    return _once(coming)


def unreached(found: Sequence[tuple[Slot, Recipient]], sender: str | None) -> dict[int, Person]:
    """Whom of them no text from ``sender`` (None: any number of ours) and no email reaches, by id."""
    people = [recipient.person for _, recipient in found]
    stopped = opted_out({person.phone for person in people if person.phone}, sender)
    return {person.id: person for person in people if silence_of(person, stopped) is not None}


def playing_or_helping(night: Night, stage: StageNight) -> Iterator[tuple[Slot, Recipient]]:
    """The same of everything that is to come on the stage."""
    coming = {slot.id for slot in stage.slots if stage.told[slot.key].state is SlotState.TO_COME}
    for subject in subjects_of(night.event, night):
        if subject.slot is not None and subject.slot.id in coming:
            for recipient in subject.recipients:
                yield subject.slot, recipient


def told_of_hold(night: Night, stage: StageNight, since_at: datetime) -> Iterator[tuple[Slot, Recipient, str]]:
    """Who was told of this hold and has something to come there, each with the key of that text."""
    told = {text.person_id: text.dedupe_key for text in texts_of_hold(stage, since_at) if text.state in TOLD}
    for slot, recipient in _once(playing_or_helping(night, stage)):
        if key := told.get(recipient.person.id):
            yield slot, recipient, key


def _once(found: Iterable[tuple[Slot, Recipient]]) -> Iterator[tuple[Slot, Recipient]]:
    """Each person once, with the first set that they play, or else help with."""
    known: set[int] = set()
    for slot, recipient in sorted(found, key=lambda each: each[1].audience != Audience.PERFORMERS):
        if recipient.person.id not in known:
            known.add(recipient.person.id)
            yield slot, recipient


class Tells(NamedTuple):
    """What counts as told by the text that a stage goes on: columns of a message."""

    slot_id: int | None = None
    shift_id: int | None = None
    anchor: str | None = None
    says_at: datetime | None = None
    planned_at: datetime | None = None
    other_times: dict[str, str] | None = None


def told_by_going_on(night: Night, slot: Slot, recipient: Recipient, told: Container[ToldKey]) -> Tells:
    """Performers hear when they are on, the crew when to be there; so they know the changeover, if it was ``told``."""
    stage, anchors = night.stage_of(slot.id), night.anchors(slot.id)
    planned_at, spot = stage.planned_starts[slot.key], shift_to_come(night, recipient)
    if recipient.audience == Audience.PERFORMERS:
        starts_at = anchors[Anchor.SET_START] or slot.starts_at
        return Tells(slot.id, None, Anchor.SET_START, whole_minute(starts_at), planned_at)
    changeover_at = anchors[Anchor.CHANGEOVER_START]
    if changeover_at and ToldKey(slot_key(slot.id), recipient.person.id, Anchor.CHANGEOVER_START) in told:
        others = {str(spot.shift.id): whole_minute(spot.starts_at).isoformat()} if spot else None
        return Tells(slot.id, None, Anchor.CHANGEOVER_START, whole_minute(changeover_at), planned_at, others)
    if spot is None:
        return Tells(slot.id)
    follows = observe_plans(night, [spot.shift], {})[shift_key(spot.shift.id)]
    return Tells(None, spot.shift.id, Anchor.SHIFT_START, whole_minute(spot.starts_at), follows.planned_at)


def shift_to_come(night: Night, recipient: Recipient) -> ShiftToCome | None:
    """The shift of someone in the crew, if it moves with the show and is still to begin."""
    shift = recipient.sign_up.shift if recipient.sign_up else None
    starts_at = shift_times(shift, night).starts_at if shift and shift.follows_slot_id else None
    return ShiftToCome(shift, starts_at) if shift and starts_at and starts_at > night.now else None


def texts_of_hold(stage: StageNight, since_at: datetime) -> list[Message]:
    """The texts that told this hold, or wait to."""
    keys = [f"{hold_key(slot.id, since_at)}:" for slot in stage.slots]
    ours = (Message.event_id == stage.stage.event_id, Message.rule == HOLD, Message.slot_id.is_not(None))
    found = db.session.scalars(select(Message).where(*ours).order_by(Message.id))
    return [text for text in found if (text.dedupe_key or "").startswith(tuple(keys))]


def hold_key(slot_id: int, since_at: datetime) -> str:
    """What the unique key of a text about this hold begins with; the person's id follows."""
    return f"{HOLD}:{slot_id}:{int(since_at.timestamp())}"
