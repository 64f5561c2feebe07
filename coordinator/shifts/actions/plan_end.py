"""Until when an event is planned: decided here, and nowhere else."""

from sqlalchemy import func, select

from coordinator.core.show_time import planned_until, zone_named
from coordinator.db import transaction
from coordinator.events.models import Event
from coordinator.lineup.models import Slot

from ..models import Shift


def settle_plan_end(event: Event) -> None:
    """Store it: the end of the last show day, or of the later day on which the last slot or shift ends.

    Code that changes the days, or the times of a slot or shift, calls this in the same transaction.
    """
    with transaction() as session:
        slots = session.execute(select(Slot.starts_at, Slot.length).where(Slot.event_id == event.id))
        ends = [starts_at + length for starts_at, length in slots]
        last_shift = session.scalar(select(func.max(Shift.ends_at)).where(Shift.event_id == event.id))
        ends += [last_shift] if last_shift else []
        event.plan_until_at = planned_until(event.days[-1].on, zone_named(event.zone), ends)
