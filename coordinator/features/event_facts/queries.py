"""On which show days something is planned."""

from datetime import date

from coordinator.events.models import Event
from coordinator.lineup.queries import slots_of
from coordinator.shifts.queries.planned import shifts_of


def days_in_use(event: Event) -> set[date]:
    """The show days with slots or shifts, canceled ones too."""
    planned = [*(slot.starts_at for slot in slots_of(event)), *(shift.starts_at for shift in shifts_of(event))]
    return {event.day_of(at).on for at in planned}
