"""The ticks of a changeover: stage, sound and act are ready. Each is signed, and can be taken back."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.lineup.models import Slot

from ..models import ReadyPart, ReadyTick
from ..refusals import SetHasEnded, SetHasStarted, SlotIsCancelled
from .pressing import held


def tick_ready(slot_id: int, part: ReadyPart, *, actor: Actor, now: datetime) -> ReadyTick:
    """This part is ready for the slot. Ticked twice, the first tick stays.

    Raises SlotIsCancelled, SetHasStarted, SetHasEnded, NoSuchSlot.
    """
    with transaction() as session:
        slot = held(session, slot_id)
        _must_be_to_come(slot)
        tick = _standing(session, slot_id, part)
        if tick is None:
            tick = ReadyTick(
                event_id=slot.event_id,
                slot_id=slot_id,
                part=part,
                ticked_at=now,
                by=actor.name,
                coordinator_id=actor.coordinator_id,
            )
            session.add(tick)
            record(slot.event, actor, "slot.ready", slot.key, now=now, after={"part": str(part)})
    return tick


def untick_ready(slot_id: int, part: ReadyPart, *, actor: Actor, now: datetime) -> None:
    """This part is not ready after all; nothing where it was not. Raises NoSuchSlot."""
    with transaction() as session:
        slot = held(session, slot_id)
        tick = _standing(session, slot_id, part)
        if tick is not None:
            tick.undone_at = now
            record(slot.event, actor, "slot.ready.undone", slot.key, now=now, before={"part": str(part)})


def _must_be_to_come(slot: Slot) -> None:
    if slot.cancelled_at is not None:
        raise SlotIsCancelled(slot.name)
    if slot.ended_at is not None:
        raise SetHasEnded(slot.name)
    if slot.started_at is not None:
        raise SetHasStarted(slot.name)


def _standing(session: Session, slot_id: int, part: ReadyPart) -> ReadyTick | None:
    ticks = select(ReadyTick).where(ReadyTick.slot_id == slot_id, ReadyTick.part == part, ReadyTick.undone_at.is_(None))
    return session.scalars(ticks).first()
