"""When and where a shift is, as its people know it."""

from datetime import datetime

from coordinator.core.reminders.spots import SpotFacts
from coordinator.core.show_time import whole_minute

from ..models import Shift


def spot_facts(shift: Shift, starts_at: datetime | None = None, ends_at: datetime | None = None) -> SpotFacts:
    """As they are now. ``starts_at`` and ``ends_at``: as the show really runs; None: as planned."""
    event, leader = shift.event, shift.follows
    return SpotFacts(
        starts_at=whole_minute(starts_at or shift.starts_at),
        ends_at=whole_minute(ends_at or shift.ends_at),
        call=shift.call,
        place=shift.place or "",
        stage=leader.stage.name if leader is not None and len(event.stages) > 1 else "",
        venue=event.venue_name or "",
    )
