"""The planned times of shifts that follow a slot."""

from collections.abc import Collection

from coordinator.lineup.models import Slot
from coordinator.shifts.models import Shift
from coordinator.shifts.queries.planned import Times, follows_of, planned_times
from coordinator.shownight.queries import Night, plan_night_of

from .problems import BadDocument
from .rows import Rows


def follow_the_plan(rows: Rows, *, without: Collection[str] = ()) -> None:
    """Give every following shift the plan's times; slots ``without`` are about to be removed.

    Raises BadDocument for a shift that follows an anchor without a time, or that would take no time.
    """
    following = [shift for shift in rows.shifts.values() if shift.follows is not None]
    if not following:
        return
    stages = sorted(rows.stages.values(), key=lambda stage: stage.position)
    slots = sorted((slot for key, slot in rows.slots.items() if key not in without), key=lambda slot: slot.position)
    night = plan_night_of(rows.event, stages, slots)
    problems = [problem for shift in following if (problem := _follow(shift, shift.follows, night))]
    if problems:
        raise BadDocument(problems)


def _follow(shift: Shift, slot: Slot | None, night: Night) -> str | None:
    """Set the shift's times; returns the sentence that says what is wrong if there are none."""
    if slot is None or night.plan(slot.id) is None:
        return None
    shift.follows_slot_id = slot.id
    follows = follows_of(shift)
    times = planned_times(follows, night) if follows else Times(None, None)
    if times.starts_at is None or times.ends_at is None:
        return f'Shift "{shift.key}" follows {shift.follows_from} to {shift.follows_to}, and one of them has no time.'
    if times.span is None:
        return f'Shift "{shift.key}" would take no time; give it minutes before or after.'
    shift.starts_at, shift.ends_at = times.span
    return None
