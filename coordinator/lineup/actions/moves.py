"""Moving slots: to another position, or to another time with everything after it."""

from datetime import datetime

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.show_days import ShowDay
from coordinator.core.show_time import show_day_bounds, zone_named
from coordinator.db import transaction
from coordinator.events.models import Event

from ..models import Slot
from ..queries import of_its_day, running_order
from ..refusals import OutsideTheDay, SlotIsPinned
from .writing import MINUTE, facts_of, held, must_be_to_come, put_in_order, start_at


def move_slot(slot: Slot, place: int, *, actor: Actor, now: datetime) -> None:
    """Put the slot at a position in the order of its stage on its day, from 0.

    Two neighbors that swap start where the first of them started, keep the gap between them, and end where the second
    ended, so everyone else stays. Raises SlotHasBegun, SlotIsPinned for each slot that would move.
    """
    with transaction() as session:
        event = held(session, slot.event_id)
        before = facts_of(slot)
        order = of_its_day(slot, running_order(slot.stage))
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
        places = sorted(each.position for each in order)
        for position, each in zip(places, order, strict=True):
            each.position = position
        record(event, actor, "slot.moved", slot.key, now=now, before=before, after=facts_of(slot))


def move_times(slot: Slot, by_minutes: int, *, actor: Actor, now: datetime) -> list[Slot]:
    """Move the slot and all that follow it on its stage that day, except pinned ones; returns what moved.

    Raises SlotHasBegun, OutsideTheDay.
    """
    with transaction() as session:
        event = held(session, slot.event_id)
        before = facts_of(slot)
        order, day = of_its_day(slot, running_order(slot.stage)), event.day_of(slot.starts_at)
        moved = [each for each in order[order.index(slot) :] if each is slot or not each.pinned]
        for each in moved:
            must_be_to_come(each)
            start_at(each, each.starts_at + by_minutes * MINUTE, event.zone)
            _must_be_on_the_day(each, day, event)
        put_in_order(slot.stage)
        record(event, actor, "slots.moved", slot.key, now=now, before=before, after=facts_of(slot))
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


def _must_be_on_the_day(slot: Slot, day: ShowDay, event: Event) -> None:
    begins_at, ends_at = show_day_bounds(day.on, zone_named(event.zone))
    if not begins_at <= slot.starts_at < ends_at:
        raise OutsideTheDay(slot.name)
