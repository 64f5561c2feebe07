"""Planning the running order: adding, changing, moving, removing slots. The event's row is held meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...accounts.actions import record_change
from ...accounts.models import Coordinator
from ...core.show_time import local_text, zone_named
from ...db import transaction
from ...events.actions import free_key
from ...events.models import Event, Stage
from ..models import Act, Slot
from ..queries import running_order, was_told
from ..refusals import ChangeoverOutOfRange, LengthOutOfRange, NoSlotName, SlotIsConfirmed, SlotWasTold

MINUTE = timedelta(minutes=1)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """A slot as a coordinator plans it."""

    name: str
    starts_at: datetime
    length: timedelta
    changeover: timedelta
    changeover_min: timedelta
    kind: str = "set"
    pinned: bool = False
    early_ok: bool = False
    note: str | None = None

    def check(self) -> None:
        """Raises NoSlotName, LengthOutOfRange, ChangeoverOutOfRange."""
        if not self.name.strip():
            raise NoSlotName
        if not MINUTE <= self.length <= A_DAY:
            raise LengthOutOfRange
        if not timedelta(0) <= self.changeover_min <= self.changeover <= A_DAY:
            raise ChangeoverOutOfRange


def add_slot(stage: Stage, facts: SlotFacts, *, by: Coordinator, now: datetime) -> Slot:
    """A new slot, in its place by time. An act of that name is taken, or else made. Raises a CannotPlan."""
    facts.check()
    with transaction() as session:
        event = _held(session, stage.event_id)
        taken = session.scalars(select(Slot.key).where(Slot.event_id == event.id)).all()
        slot = Slot(event_id=event.id, stage_id=stage.id, key=free_key(facts.name, taken, "slot"), created_at=now)
        session.add(slot)
        _write(session, event, slot, facts)
        session.flush()
        _put_in_order(stage)
        _record(event, slot, "slot.added", None, by, now)
    return slot


def edit_slot(slot: Slot, facts: SlotFacts, *, by: Coordinator, now: datetime) -> None:
    """Change a slot; it takes its place by time. Raises a CannotPlan."""
    facts.check()
    with transaction() as session:
        event = _held(session, slot.event_id)
        before = _facts(slot)
        slot.length_inferred = slot.length_inferred and slot.length == facts.length
        slot.changeover_inferred = slot.changeover_inferred and slot.changeover == facts.changeover
        _write(session, event, slot, facts)
        session.flush()
        _put_in_order(slot.stage)
        _record(event, slot, "slot.changed", before, by, now)


def move_slot(slot: Slot, place: int, *, by: Coordinator, now: datetime) -> None:
    """Put the slot at a place in its stage's order, from 0.

    Two neighbours that change places begin where the first of them began, keep the pause between them, and end where
    the second ended; so everybody else stays.
    """
    with transaction() as session:
        event = _held(session, slot.event_id)
        before = _facts(slot)
        order = list(running_order(slot.stage))
        at = order.index(slot)
        place = max(0, min(place, len(order) - 1))
        step = 1 if place > at else -1
        while at != place:
            first, second = sorted((at, at + step))
            _change_places(order[first], order[second], event.zone)
            order[first], order[second] = order[second], order[first]
            at += step
        for position, each in enumerate(order):
            each.position = position
        _record(event, slot, "slot.moved", before, by, now)


def move_times(slot: Slot, by_minutes: int, *, by: Coordinator, now: datetime) -> list[Slot]:
    """Move the slot and all that follow it on its stage; gives them back."""
    with transaction() as session:
        event = _held(session, slot.event_id)
        before = _facts(slot)
        order = list(running_order(slot.stage))
        moved = order[order.index(slot) :]
        for each in moved:
            _start(each, each.starts_at + by_minutes * MINUTE, event.zone)
        _put_in_order(slot.stage)
        _record(event, slot, "slots.moved", before, by, now)
    return moved


def remove_slot(slot: Slot, *, by: Coordinator, now: datetime, sure: bool = False) -> None:
    """Take the slot out of the plan. Raises SlotWasTold, SlotIsConfirmed (unless ``sure``)."""
    with transaction() as session:
        event = _held(session, slot.event_id)
        if was_told(slot.id):
            raise SlotWasTold(slot.name)
        if slot.answer == "confirmed" and not sure:
            raise SlotIsConfirmed(slot.name)
        _record(event, slot, "slot.removed", _facts(slot), by, now)
        session.delete(slot)


def _held(session: Session, event_id: int) -> Event:
    return session.scalars(select(Event).where(Event.id == event_id).with_for_update(of=Event)).one()


def _write(session: Session, event: Event, slot: Slot, facts: SlotFacts) -> None:
    name = " ".join(facts.name.split())
    slot.kind, slot.note = facts.kind, facts.note
    if facts.kind == "set":
        slot.act, slot.title = _act(session, event, name), None
    else:
        slot.act, slot.title = None, name
    slot.length, slot.changeover, slot.changeover_min = facts.length, facts.changeover, facts.changeover_min
    slot.pinned, slot.early_ok = facts.pinned, facts.early_ok
    _start(slot, facts.starts_at, event.zone)


def _act(session: Session, event: Event, name: str) -> Act:
    known = session.scalars(select(Act).where(Act.event_id == event.id, Act.name == name)).first()
    if known is not None:
        return known
    taken = session.scalars(select(Act.key).where(Act.event_id == event.id)).all()
    act = Act(event_id=event.id, key=free_key(name, taken, "act"), name=name)
    session.add(act)
    session.flush()
    return act


def _start(slot: Slot, starts_at: datetime, zone: str) -> None:
    slot.starts_at, slot.starts_local = starts_at, local_text(starts_at, zone_named(zone))


def _change_places(first: Slot, second: Slot, zone: str) -> None:
    pause = second.starts_at - (first.starts_at + first.length)
    begins_at = first.starts_at
    _start(second, begins_at, zone)
    _start(first, begins_at + second.length + pause, zone)


def _put_in_order(stage: Stage) -> None:
    order: Sequence[Slot] = sorted(running_order(stage), key=lambda slot: (slot.starts_at, slot.position, slot.id))
    for position, slot in enumerate(order):
        slot.position = position


def _facts(slot: Slot) -> dict[str, Any]:
    return {
        "name": slot.name,
        "starts": slot.starts_local,
        "length": slot.length // MINUTE,
        "changeover": slot.changeover // MINUTE,
        "changeover_min": slot.changeover_min // MINUTE,
    }


def _record(event: Event, slot: Slot, what: str, before: dict[str, Any] | None, by: Coordinator, now: datetime) -> None:
    record_change(
        organisation_id=event.organisation_id,
        event_id=event.id,
        coordinator_id=by.id,
        by=by.person.name,
        what=what,
        subject=slot.key,
        now=now,
        before=before,
        after=None if what == "slot.removed" else _facts(slot),
    )
