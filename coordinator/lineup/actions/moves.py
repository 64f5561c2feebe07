"""Moving slots: to another place in the order, or to another time with all that follow."""

from __future__ import annotations

from datetime import datetime

from ...accounts.models import Coordinator
from ...core.show_time import show_day_bounds, zone_named
from ...db import transaction
from ...events.models import Event
from ..models import Slot
from ..queries import running_order
from ..refusals import OutsideTheDay, SlotIsPinned
from .writing import MINUTE, facts_of, held, must_be_to_come, put_in_order, record, start_at


def move_slot(slot: Slot, place: int, *, by: Coordinator, now: datetime) -> None:
    """Put the slot at a place in its stage's order, from 0.

    Two neighbours that change places begin where the first of them began, keep the pause between them, and end where
    the second ended; so everybody else stays. Raises SlotHasBegun, SlotIsPinned for each that would change places.
    """
    with transaction() as session:
        event = held(session, slot.event_id)
        before = facts_of(slot)
        order = list(running_order(slot.stage))
        at = order.index(slot)
        place = max(0, min(place, len(order) - 1))
        step = 1 if place > at else -1
        for each in order[min(at, place) : max(at, place) + 1]:
            _may_change_places(each)
        while at != place:
            first, second = sorted((at, at + step))
            _change_places(order[first], order[second], event.zone)
            order[first], order[second] = order[second], order[first]
            at += step
        for position, each in enumerate(order):
            each.position = position
        record(event, slot, "slot.moved", before, by, now)


def move_times(slot: Slot, by_minutes: int, *, by: Coordinator, now: datetime) -> list[Slot]:
    """Move the slot and all that follow it on its stage, but for those that are pinned; gives back what moved.

    Raises SlotHasBegun, OutsideTheDay.
    """
    with transaction() as session:
        event = held(session, slot.event_id)
        before = facts_of(slot)
        order = list(running_order(slot.stage))
        moved = [each for each in order[order.index(slot) :] if each is slot or not each.pinned]
        for each in moved:
            must_be_to_come(each)
            start_at(each, each.starts_at + by_minutes * MINUTE, event.zone)
            _must_be_on_the_day(each, event)
        put_in_order(slot.stage)
        record(event, slot, "slots.moved", before, by, now)
    return moved


def _change_places(first: Slot, second: Slot, zone: str) -> None:
    pause = second.starts_at - (first.starts_at + first.length)
    begins_at = first.starts_at
    start_at(second, begins_at, zone)
    start_at(first, begins_at + second.length + pause, zone)


def _may_change_places(slot: Slot) -> None:
    must_be_to_come(slot)
    if slot.pinned:
        raise SlotIsPinned(slot.name)


def _must_be_on_the_day(slot: Slot, event: Event) -> None:
    begins_at, ends_at = show_day_bounds(event.date, zone_named(event.zone))
    if not begins_at <= slot.starts_at < ends_at:
        raise OutsideTheDay(slot.name)
