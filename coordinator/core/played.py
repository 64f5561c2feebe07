"""How a stage was really played, beside its plan: lateness, changeovers, minutes lost and won back, the curfew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .timeline import NOTHING, SlotPlan


@dataclass(frozen=True, slots=True)
class PlayedSlot:
    """One slot as planned and as marked on the night. What nobody marked is None.

    ``planned_at``: its start in the plan that the stage began with; None: it was added since. ``ended_at``: as marked,
    or else when the next set began. ``changeover``: from the end before it to its start. ``late``: its start beside
    that plan, negative when early. ``lost``: by how much the stage ran later after it than before it, beside the plan
    as it stood last; negative: won back.
    """

    plan: SlotPlan
    planned_at: datetime | None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    changeover: timedelta | None = None
    lost: timedelta | None = None

    @property
    def late(self) -> timedelta | None:
        return self.started_at - self.planned_at if self.started_at and self.planned_at else None

    @property
    def planned_end_at(self) -> datetime | None:
        return self.planned_at + self.plan.length if self.planned_at else None

    @property
    def moved_to(self) -> datetime | None:
        """When the plan had it start in the end, if it was moved after the stage had begun."""
        return self.plan.starts_at if self.planned_at not in (None, self.plan.starts_at) else None

    @property
    def length(self) -> timedelta | None:
        return self.ended_at - self.started_at if self.started_at and self.ended_at else None


@dataclass(frozen=True, slots=True)
class PlayedStage:
    """A stage on one show day. ``over_curfew``: how far past it, negative: before; None: no curfew, or no end."""

    slots: tuple[PlayedSlot, ...]
    planned_end_at: datetime | None
    ended_at: datetime | None
    over_curfew: timedelta | None

    @property
    def lost(self) -> timedelta:
        """All the minutes that slots lost."""
        return sum((slot.lost for slot in self.slots if slot.lost and slot.lost > NOTHING), NOTHING)

    @property
    def won(self) -> timedelta:
        """All the minutes that slots won back."""
        return -sum((slot.lost for slot in self.slots if slot.lost and slot.lost < NOTHING), NOTHING)

    @property
    def late(self) -> timedelta | None:
        """How much later than planned it ended; negative when early."""
        return self.ended_at - self.planned_end_at if self.ended_at and self.planned_end_at else None

    @property
    def unmarked(self) -> int:
        """How many slots that were to be played nobody marked."""
        return sum(not slot.plan.cancelled and slot.plan.pressed_at is None for slot in self.slots)


def played(
    plans: Sequence[SlotPlan], curfew_at: datetime | None, opening: Sequence[datetime | None] = ()
) -> PlayedStage:
    """The stage as it was played, from its slots in order.

    ``opening``: the start of each in the plan that the stage began with, None where it was added since; without any,
    the plan as it stands.
    """
    known = any(opening)
    slots = tuple(
        replace(slot, planned_at=opening[number]) if known else slot for number, slot in enumerate(_slots(plans))
    )
    standing = [slot for slot in slots if not slot.plan.cancelled]
    ended_at = standing[-1].ended_at if standing else None
    return PlayedStage(
        slots,
        max((slot.planned_end_at for slot in standing if slot.planned_end_at), default=None),
        ended_at,
        ended_at - curfew_at if ended_at and curfew_at else None,
    )


def _slots(plans: Sequence[SlotPlan]) -> Iterator[PlayedSlot]:
    ran_late = NOTHING
    free_at: datetime | None = None
    for number, plan in enumerate(plans):
        if plan.cancelled or plan.pressed_at is None:
            yield PlayedSlot(plan, plan.starts_at)
            free_at = free_at if plan.cancelled else None
            continue
        started_at, ended_at = plan.started_at, plan.ended_at or _next_start(plans[number + 1 :])
        later = ended_at - plan.ends_at if ended_at else (started_at - plan.starts_at if started_at else ran_late)
        changeover = started_at - free_at if started_at and free_at and started_at >= free_at else None
        yield PlayedSlot(plan, plan.starts_at, started_at, ended_at, changeover, later - ran_late)
        ran_late, free_at = later, ended_at


def _next_start(rest: Sequence[SlotPlan]) -> datetime | None:
    """When the next set began that was to be played; None if nobody marked it: how long the one before took is open."""
    return next((plan.started_at for plan in rest if not plan.cancelled), None)
