"""When performers must be there: as long before their set as the reminder that calls them goes out."""

from datetime import datetime, timedelta

from coordinator.core.show_time import call_time
from coordinator.lineup.models import Slot
from coordinator.shownight.queries import Night, night

from .rules import call_lead


def called_at(slot: Slot, now: datetime) -> datetime:
    """When the people of this slot must be there: see ``called_in``."""
    return called_in(night(slot.event_id, now), slot, call_lead(slot.event_id))


def called_in(tonight: Night, slot: Slot, lead: timedelta | None) -> datetime:
    """``lead`` before the earlier of its planned start and the one that people are told; None: at the start itself."""
    starts_at = min(slot.starts_at, tonight.told_start(slot))
    return call_time(starts_at, lead)
