"""Adding, changing and removing slots. The event's row stays locked meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.actions.names import free_key
from coordinator.events.models import Event, Stage

from ..models import Act, ActAnswer, Slot, SlotKind
from ..queries import was_told
from ..refusals import ChangeoverOutOfRange, LengthOutOfRange, NoSlotName, SlotIsConfirmed, SlotWasTold
from .answers import settle_answers
from .writing import MINUTE, facts_of, held, must_be_to_come, put_in_order, start_at

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """A slot as a coordinator plans it."""

    name: str
    starts_at: datetime
    length: timedelta
    changeover: timedelta
    changeover_min: timedelta
    kind: str = SlotKind.SET
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


def add_slot(stage: Stage, facts: SlotFacts, *, actor: Actor, now: datetime) -> Slot:
    """Add a slot at its position by time, with the existing act of that name or a new one. Raises a CannotPlan."""
    facts.check()
    with transaction() as session:
        event = held(session, stage.event_id)
        taken = session.scalars(select(Slot.key).where(Slot.event_id == event.id)).all()
        slot = Slot(event_id=event.id, stage_id=stage.id, key=free_key(facts.name, taken, "slot"), created_at=now)
        _write(session, event, slot, facts)
        session.add(slot)
        session.flush()
        put_in_order(stage)
        record(event, actor, "slot.added", slot.key, now=now, after=facts_of(slot))
    return slot


def edit_slot(slot: Slot, facts: SlotFacts, *, actor: Actor, now: datetime) -> None:
    """Change a slot and its position by time. Renames its act, unless another act has that name.

    Lengths and changeovers that were inferred no longer count as inferred: someone has checked them. Raises a
    CannotPlan.
    """
    facts.check()
    with transaction() as session:
        event = held(session, slot.event_id)
        session.refresh(slot)
        if facts.starts_at != slot.starts_at:
            must_be_to_come(slot)
        before = facts_of(slot)
        slot.length_inferred = slot.changeover_inferred = False
        _write(session, event, slot, facts)
        session.flush()
        settle_answers(slot, now)
        put_in_order(slot.stage)
        record(event, actor, "slot.changed", slot.key, now=now, before=before, after=facts_of(slot))


def remove_slot(slot: Slot, *, actor: Actor, now: datetime, sure: bool = False) -> None:
    """Remove the slot from the plan. Raises SlotWasTold, SlotIsConfirmed (unless ``sure``)."""
    with transaction() as session:
        event = held(session, slot.event_id)
        if was_told(slot.id):
            raise SlotWasTold(slot.name)
        if slot.answer == ActAnswer.CONFIRMED and not sure:
            raise SlotIsConfirmed(slot.name)
        record(event, actor, "slot.removed", slot.key, now=now, before=facts_of(slot))
        session.delete(slot)


def _write(session: Session, event: Event, slot: Slot, facts: SlotFacts) -> None:
    name = " ".join(facts.name.split())
    slot.kind, slot.note = facts.kind, facts.note
    if facts.kind == SlotKind.SET:
        slot.act, slot.title = _act(session, event, slot, name), None
    else:
        slot.act, slot.title = None, name
    slot.length, slot.changeover, slot.changeover_min = facts.length, facts.changeover, facts.changeover_min
    slot.pinned, slot.early_ok = facts.pinned, facts.early_ok
    start_at(slot, facts.starts_at, event.zone)


def _act(session: Session, event: Event, slot: Slot, name: str) -> Act:
    """The act of that name; else the slot's own act, renamed, if it has no other slot; else a new one."""
    acts = session.scalars(select(Act).where(Act.event_id == event.id).order_by(Act.id)).all()
    known = [act for act in acts if act.name.casefold() == name.casefold()]
    if known:
        return slot.act if slot.act in known else known[0]
    if slot.act is not None and slot.act.slots == [slot]:
        slot.act.name = name
        return slot.act
    act = Act(event_id=event.id, key=free_key(name, [act.key for act in acts], "act"), name=name)
    session.add(act)
    session.flush()
    return act
