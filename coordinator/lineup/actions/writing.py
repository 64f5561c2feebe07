"""What every change of the running order needs: the event's row locked, times on both clocks, the audit log."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.core.json_values import JsonObject
from coordinator.core.show_time import local_text, zone_named
from coordinator.events.models import Event, Stage

from ..models import Slot
from ..queries import running_order
from ..refusals import SlotHasBegun

MINUTE = timedelta(minutes=1)


def held(session: Session, event_id: int) -> Event:
    return session.scalars(select(Event).where(Event.id == event_id).with_for_update(of=Event)).one()


def start_at(slot: Slot, starts_at: datetime, zone: str) -> None:
    slot.plan_for(starts_at)
    slot.starts_local = local_text(starts_at, zone_named(zone))


def must_be_to_come(slot: Slot) -> None:
    if slot.started_at or slot.ended_at:
        raise SlotHasBegun(slot.name)


def put_in_order(stage: Stage) -> None:
    order: Sequence[Slot] = sorted(running_order(stage), key=lambda slot: (slot.starts_at, slot.position, slot.id))
    for position, slot in enumerate(order):
        slot.position = position


def facts_of(slot: Slot) -> JsonObject:
    return {
        "name": slot.name,
        "starts": slot.starts_local,
        "length": slot.length // MINUTE,
        "changeover": slot.changeover // MINUTE,
        "changeover_min": slot.changeover_min // MINUTE,
    }
