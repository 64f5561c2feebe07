"""What the planner's looks see of the plan of every slot and shift."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from coordinator.core.reminders import SeenPlan, see_again, see_plan
from coordinator.db import db
from coordinator.shifts.models import Shift
from coordinator.shifts.queries.spots import spot_facts
from coordinator.shownight.queries import Night, StageNight

from ..models import SeenPlanRow


def slot_key(slot_id: int) -> str:
    return f"slot:{slot_id}"


def shift_key(shift_id: int) -> str:
    return f"shift:{shift_id}"


def seen_plans(event_id: int) -> dict[str, SeenPlan]:
    """What the last look saw, by subject."""
    rows = db.session.scalars(select(SeenPlanRow).where(SeenPlanRow.event_id == event_id))
    return {
        row.subject: SeenPlan(row.starts_at, row.planned_at, row.replanned_at, row.moves, row.stamp) for row in rows
    }


def observe_plans(night: Night, shifts: Sequence[Shift], before: Mapping[str, SeenPlan]) -> dict[str, SeenPlan]:
    """What a look at the night sees of the plan of each slot and shift, by subject.

    ``before`` is what the previous look saw. While a stage is on hold its plan is as unsteady as if it had just been
    changed: its reminders neither go out nor expire.
    """
    seen = {key: plan for stage in night.stages for key, plan in _on_stage(stage, before).items()}
    return seen | {shift_key(shift.id): _of_shift(shift, night, seen, before) for shift in shifts}


def _on_stage(stage: StageNight, before: Mapping[str, SeenPlan]) -> dict[str, SeenPlan]:
    keys = {slot.key: slot_key(slot.id) for slot in stage.slots}
    known = {key: before[subject] for key, subject in keys.items() if subject in before}
    seen = see_plan(stage.plans, stage.planned_starts, known, stage.now)
    if stage.held_since_at is not None:
        seen = {key: replace(plan, replanned_at=stage.now) for key, plan in seen.items()}
    return {keys[key]: plan for key, plan in seen.items()}


def _of_shift(shift: Shift, night: Night, slots: Mapping[str, SeenPlan], before: Mapping[str, SeenPlan]) -> SeenPlan:
    """A following shift is moved by plan and declarations as its slot is, and by changes of its own."""
    known, slot = before.get(shift_key(shift.id)), shift.follows
    leader = slots.get(slot_key(slot.id)) if slot is not None else None
    if slot is None or leader is None:
        return see_again(known, shift.starts_at, shift.starts_at, night.now, stamp=_stamp(shift))
    planned_at = leader.planned_at and leader.planned_at + (shift.starts_at - slot.starts_at)
    plan_changed, stamp = leader.replanned_at == night.now, _stamp(shift)
    seen = see_again(known, shift.starts_at, planned_at, night.now, plan_changed=plan_changed, stamp=stamp)
    return replace(seen, replanned_at=night.now) if night.stage_of(slot.id).held_since_at else seen


def _stamp(shift: Shift) -> str:
    """What else people are told about it: its end only if that does not move with the show."""
    ends_at = None if shift.follows_slot_id is not None else shift.ends_at
    return replace(spot_facts(shift), starts_at=None, ends_at=ends_at).stamp
