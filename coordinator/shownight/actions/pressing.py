"""The presses of the night. Each holds the event while it looks and writes, so that two at once cannot both win."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...accounts.actions import record_change
from ...db import transaction
from ...events.models import Event, Stage
from ...lineup.models import Slot
from ..models import Press
from ..queries import StageNight, night
from ..refusals import NoSuchSlot, NothingIsOn, NothingToCome
from .facts import facts_of, write_facts
from .presses import Pressed, ProposedPress, after_press


@dataclass(frozen=True)
class By:
    """Who presses: a name to show, and the account if there is one."""

    name: str
    coordinator_id: int | None = None


def start_set(slot_id: int, *, by: By, now: datetime, at: datetime | None = None) -> Press:
    """The set began at ``at`` (now). A set that is still on ends with it.

    Raises SlotIsCancelled, SetHasStarted, SetHasEnded, NotYet, NoSuchSlot.
    """
    return press(ProposedPress("start", slot_id), by=by, now=now, at=at)


def end_set(slot_id: int, *, by: By, now: datetime, at: datetime | None = None) -> Press:
    """The set is over since ``at`` (now).

    Raises SlotIsCancelled, SetHasEnded, EndsBeforeItStarts, NotYet, NoSuchSlot.
    """
    return press(ProposedPress("end", slot_id), by=by, now=now, at=at)


def extend_set(slot_id: int, minutes: int | None, *, by: By, now: datetime) -> Press:
    """Let the set that is on play 1 to 120 minutes longer than it was to.

    Raises MinutesOutOfRange, SlotIsCancelled, SetHasNotStarted, SetHasEnded, NoSuchSlot.
    """
    return press(ProposedPress("extend", slot_id, minutes), by=by, now=now)


def declare_late(slot_id: int, minutes: int | None, *, by: By, now: datetime) -> Press:
    """The slot will not begin before that many minutes after its advertised time, up to 240; 0 withdraws it.

    Raises MinutesOutOfRange, SlotIsCancelled, SetHasStarted, SetHasEnded, NoSuchSlot.
    """
    return press(ProposedPress("late", slot_id, minutes), by=by, now=now)


def cancel_slot(slot_id: int, *, by: By, now: datetime) -> Press:
    """The slot does not take place; its time is given to nobody. Raises SlotIsCancelled, NoSuchSlot."""
    return press(ProposedPress("cancel", slot_id), by=by, now=now)


def restore_slot(slot_id: int, *, by: By, now: datetime) -> Press:
    """The slot takes place after all. Raises SlotIsNotCancelled, NoSuchSlot."""
    return press(ProposedPress("restore", slot_id), by=by, now=now)


def press(proposed: ProposedPress, *, by: By, now: datetime, at: datetime | None = None) -> Press:
    """Do what was proposed; the refusals are those of the verbs above."""
    with transaction() as session:
        slot = held(session, proposed.slot_id)
        before, fact_at = facts_of(slot), at or now
        plan = after_press(proposed.verb, Pressed(slot.name, slot.plan, fact_at, proposed.minutes), now)
        write_facts(slot, plan, fact_at)
        made = Press(event_id=slot.event_id, slot=slot, verb=proposed.verb, minutes=proposed.minutes, before=before)
        made.at, made.pressed_at, made.by, made.coordinator_id = fact_at, now, by.name, by.coordinator_id
        session.add(made)
        record(slot, f"slot.{proposed.verb}", before, by, now)
    return made


def go(stage_id: int, *, by: By, now: datetime) -> Press:
    """Start what comes next on the stage; what is on ends with it. Raises NothingToCome."""
    with transaction() as session:
        stage = _held_stage(session, stage_id, now)
        if stage.next is None:
            raise NothingToCome(stage.stage.name)
        return start_set(stage.next.id, by=by, now=now)


def done(stage_id: int, *, by: By, now: datetime) -> Press:
    """Finish what is on at the stage. Raises NothingIsOn."""
    with transaction() as session:
        stage = _held_stage(session, stage_id, now)
        if stage.on is None:
            raise NothingIsOn(stage.stage.name)
        return end_set(stage.on.id, by=by, now=now)


def delay_next(stage_id: int, minutes: int | None, *, by: By, now: datetime) -> Press:
    """Declare what comes next on the stage late, as ``declare_late`` does. Raises NothingToCome, MinutesOutOfRange."""
    with transaction() as session:
        stage = _held_stage(session, stage_id, now)
        if stage.next is None:
            raise NothingToCome(stage.stage.name)
        return declare_late(stage.next.id, minutes, by=by, now=now)


def record(slot: Slot, what: str, before: dict[str, Any], by: By, now: datetime) -> None:
    """Keep who did it, and the facts before and after."""
    record_change(
        organisation_id=slot.event.organisation_id,
        event_id=slot.event_id,
        coordinator_id=by.coordinator_id,
        by=by.name,
        what=what,
        subject=f"slot:{slot.id}",
        now=now,
        before=before,
        after=facts_of(slot),
    )


def held(session: Session, slot_id: int) -> Slot:
    """The slot as it is once nobody else can press in its event. Raises NoSuchSlot."""
    owner = select(Event).join(Slot, Slot.event_id == Event.id).where(Slot.id == slot_id)
    session.scalars(owner.with_for_update(of=Event)).first()
    slot = session.get(Slot, slot_id, populate_existing=True)
    if slot is None:
        raise NoSuchSlot
    return slot


def _held_stage(session: Session, stage_id: int, now: datetime) -> StageNight:
    owner = select(Event).join(Stage, Stage.event_id == Event.id).where(Stage.id == stage_id)
    event = session.scalars(owner.with_for_update(of=Event)).one()
    return night(event.id, now).on_stage(stage_id)
