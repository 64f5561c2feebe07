"""When shifts that follow a slot are planned to be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ...lineup.models import Slot
from ...shifts.models import Shift
from ...shifts.queries import shift_times
from ...shownight.queries import Night, plan_night_of
from .problems import BadDocument
from .rows import Rows


def follow_the_plan(rows: Rows, *, without: Collection[str] = ()) -> None:
    """Give every following shift the times that the plan gives it; slots ``without`` are about to go.

    Raises BadDocument for a shift that follows what has no time, or that would take none.
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
    """Set the shift's times; the sentence that says what is wrong when there are none."""
    if slot is None or slot.id not in {each.id for each in night.slots}:
        return None
    shift.follows_slot_id = slot.id
    standing = night.supposing(slot.id, replace(slot.plan, cancelled=False, started_at=None, ended_at=None))
    times = shift_times(shift, standing)
    if times.starts_at is None or times.ends_at is None:
        return f'Shift "{shift.key}" follows {shift.follows_from} to {shift.follows_to}, and one of them has no time.'
    if times.starts_at >= times.ends_at:
        return f'Shift "{shift.key}" would take no time; give it minutes before or after.'
    shift.starts_at, shift.ends_at = times.starts_at, times.ends_at
    return None
