"""The running order as it will really run: one pure function of plan, facts and now, for one stage.

Instants are aware UTC, lengths are timedelta. docs/timing.md sets out the rules.
"""

from coordinator.core.timeline.plan import NOTHING, SlotPlan
from coordinator.core.timeline.projecting import project
from coordinator.core.timeline.projection import (
    Anchor,
    Conflict,
    ConflictKind,
    ProjectedSlot,
    Projection,
    SlotState,
)

__all__ = [
    "NOTHING",
    "Anchor",
    "Conflict",
    "ConflictKind",
    "ProjectedSlot",
    "Projection",
    "SlotPlan",
    "SlotState",
    "project",
]
