"""What the planner's runs saw of the plan: when it last changed, and how often each slot was moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..timeline import SlotPlan
from .sightings import STEADY_FOR


@dataclass(frozen=True, slots=True)
class SeenPlan:
    """One slot as the planner's last run saw it.

    ``starts_at``: planned start. ``planned_at``: where plan and declarations alone put it (``planned_starts``); None
    while it is cancelled. ``moves``: how many runs found ``planned_at`` changed. ``replanned_at``: the last run that
    found a new planned start, its own or one that moves it, or a new ``stamp``; None if there was none. ``stamp``
    stands for what else people are told about it.
    """

    starts_at: datetime
    planned_at: datetime | None
    replanned_at: datetime | None = None
    moves: int = 0
    stamp: str = ""

    @property
    def steady_at(self) -> datetime | None:
        """When the plan will have been unchanged for 60 s. Reminders wait until then, so that a slip can be fixed.

        None: it never changed.
        """
        return self.replanned_at and self.replanned_at + STEADY_FOR

    def is_steady(self, now: datetime) -> bool:
        return self.steady_at is None or now >= self.steady_at

    def revives(self, expired_at: datetime) -> bool:
        """Whether a reminder that expired at that instant may be sent after all."""
        return self.steady_at is not None and expired_at < self.steady_at


def see_plan(
    slots: Sequence[SlotPlan],
    planned: Mapping[str, datetime | None],
    before: Mapping[str, SeenPlan],
    now: datetime,
) -> dict[str, SeenPlan]:
    """What to remember about a stage's slots, by key, after the planner's run at ``now``.

    ``planned`` are their ``planned_starts``, ``before`` is the result of the previous run.
    """
    plan_changed = any(slot.key not in before or before[slot.key].starts_at != slot.starts_at for slot in slots)
    return {
        slot.key: see_again(before.get(slot.key), slot.starts_at, planned[slot.key], now, plan_changed=plan_changed)
        for slot in slots
    }


def see_again(
    before: SeenPlan | None,
    starts_at: datetime,
    planned_at: datetime | None,
    now: datetime,
    *,
    plan_changed: bool = False,
    stamp: str = "",
) -> SeenPlan:
    """What to remember about one slot or shift. ``plan_changed``: some planned start of its stage changed.

    ``before`` None: the previous run did not see the slot, and its plan counts as never changed.
    """
    if before is None:
        return SeenPlan(starts_at, planned_at, stamp=stamp)
    moved = planned_at != before.planned_at
    replanned = (starts_at, stamp) != (before.starts_at, before.stamp) or (moved and plan_changed)
    replanned_at = now if replanned else before.replanned_at
    return SeenPlan(starts_at, planned_at, replanned_at, before.moves + (1 if moved else 0), stamp)
