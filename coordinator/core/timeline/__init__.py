"""The running order of one stage as it will really run: as people are told it, and as it is shown.

What people are told follows from the slots alone. What is shown also depends on the clock while someone runs the stage.
Instants are aware UTC. docs/timing.md has the rules.
"""

from .plan import NOTHING, SlotPlan
from .projecting import planned_starts, project, told
from .projection import (
    MISSED_AFTER,
    Anchor,
    Conflict,
    ConflictKind,
    ExpectedPress,
    ProjectedSlot,
    Projection,
    SlotState,
)

__all__ = [
    "MISSED_AFTER",
    "NOTHING",
    "Anchor",
    "Conflict",
    "ConflictKind",
    "ExpectedPress",
    "ProjectedSlot",
    "Projection",
    "SlotPlan",
    "SlotState",
    "planned_starts",
    "project",
    "told",
]
