"""Dead air: time in which something was planned on a stage, and nothing happens now because something fell out.

A canceled slot gives its time to nobody (docs/timing.md), so someone has to decide what becomes of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from .timeline import NOTHING, Projection, SlotPlan, SlotState

WORTH_TELLING: Final = timedelta(minutes=10)  # a hole of more than this is shown


@dataclass(frozen=True, slots=True)
class DeadAir:
    """A hole before the slot with the key ``before``: from ``starts_at`` until its changeover begins at ``ends_at``.

    ``after`` is the key of the slot that is on or was last; None if the hole is the first thing of the day.
    ``fell_out`` are the keys of the canceled slots that stood in it.
    """

    before: str
    starts_at: datetime
    ends_at: datetime
    after: str | None = None
    fell_out: tuple[str, ...] = ()

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


def dead_air(plans: Sequence[SlotPlan], projection: Projection, now: datetime) -> tuple[DeadAir, ...]:
    """Every hole of more than ten minutes of planned time that is still to come, in order.

    A break that was planned as a gap is none: only time counts in which a slot, or its changeover, was planned.
    """
    return tuple(hole for hole in _holes(plans, projection, now) if _planned(plans, hole) > WORTH_TELLING)


def _holes(plans: Sequence[SlotPlan], projection: Projection, now: datetime) -> Iterator[DeadAir]:
    first_at = min((plan.starts_at for plan in plans), default=now)
    after, fell_out = None, []
    for plan, seen in zip(plans, projection.slots, strict=True):
        if seen.state is SlotState.CANCELLED:
            fell_out.append(plan.key)
        if seen.starts_at is None:
            continue
        if seen.state is SlotState.TO_COME:
            free_at = max(seen.window_starts_at or min(first_at, seen.starts_at), now)
            ends_at = seen.starts_at - plan.changeover if seen.window_starts_at else seen.starts_at
            if ends_at > free_at:
                yield DeadAir(plan.key, free_at, ends_at, after, tuple(fell_out))
        after, fell_out = plan.key, []


def _planned(plans: Sequence[SlotPlan], hole: DeadAir) -> timedelta:
    """How much of the hole was planned to be taken by slots and changeovers; slots that overlap count once."""
    taken, until = NOTHING, hole.starts_at
    for plan in sorted(plans, key=lambda plan: plan.starts_at - plan.changeover):
        begins_at, ends_at = max(plan.starts_at - plan.changeover, until), min(plan.ends_at, hole.ends_at)
        if ends_at > begins_at:
            taken, until = taken + (ends_at - begins_at), ends_at
    return taken
