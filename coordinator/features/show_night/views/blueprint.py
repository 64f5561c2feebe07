"""The blueprint of the night, and where its presses lead back to."""

from flask import Blueprint, url_for

from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.lineup.models import Slot

bp = Blueprint("show_night", __name__)


def page_of(event: Event, slot: Slot) -> str:
    """The page of the slot's stage, and of its day if that is not the one that is on or next."""
    day = event.day_of(slot.starts_at)
    chosen = None if day == event.current_day(now()) else day.on.isoformat()
    return url_for(".show", slug=event.slug, stage=stage_to_show(event, slot.stage_id), day=chosen)


def stage_to_show(event: Event, stage_id: int) -> str | None:
    """The stage to return to; None if there is only one."""
    keys = {stage.id: stage.key for stage in event.stages}
    return keys[stage_id] if len(keys) > 1 else None
