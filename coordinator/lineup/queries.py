"""The running order, as everybody above reads it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.models import Event, Stage
from ..messaging.models import TOLD, Message
from .models import Act, ActMember, Slot


def running_order(stage: Stage) -> Sequence[Slot]:
    """The stage's slots in order, with their acts and the acts' people."""
    return db.session.scalars(_with_people().where(Slot.stage_id == stage.id)).unique().all()


def slots_of(event: Event) -> Sequence[Slot]:
    """All slots of the event, each stage's in order."""
    return db.session.scalars(_with_people().where(Slot.event_id == event.id)).unique().all()


def slot_with_key(event_id: int, key: str) -> Slot | None:
    """The slot with the organiser's own key; None when there is none."""
    return db.session.scalars(_with_people().where(Slot.event_id == event_id, Slot.key == key)).unique().one_or_none()


def acts_of(event: Event) -> Sequence[Act]:
    """All acts of the event with their people, in the order in which they were added."""
    acts = select(Act).where(Act.event_id == event.id).order_by(Act.id)
    return db.session.scalars(acts.options(joinedload(Act.members).joinedload(ActMember.person))).unique().all()


def _with_people() -> Select[Slot]:
    ordered = select(Slot).order_by(Slot.position, Slot.starts_at, Slot.id)
    return ordered.options(joinedload(Slot.act).joinedload(Act.members).joinedload(ActMember.person))


def act_with_key(event_id: int, key: str) -> Act | None:
    """The act with the organiser's own key, with its people; None when there is none."""
    acts = select(Act).where(Act.event_id == event_id, Act.key == key)
    return db.session.scalars(acts.options(joinedload(Act.members).joinedload(ActMember.person))).unique().one_or_none()


def was_told(slot_id: int) -> bool:
    """Whether anybody was sent a text about the slot."""
    gone = select(Message.id).where(Message.slot_id == slot_id, Message.direction == "out", Message.state.in_(TOLD))
    return db.session.scalar(gone.limit(1)) is not None
