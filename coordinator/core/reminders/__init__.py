"""Which texts follow from a projection, and when: small pure decisions, and a simulation of whole nights.

The result does not depend on how often the planner runs, or on anything a process remembers.
"""

from .decisions import (
    LEAST_LEAD,
    LEAST_NOTICE,
    Decision,
    LeadTooShort,
    NewTime,
    ReminderRule,
    Told,
    cancelled_says,
    decide,
    new_time,
)
from .plans import SeenPlan, see_again, see_plan
from .rehearsal import Cue, CueKind, RehearsalText, StageRehearsal, Unsent, rehearse, ticks
from .sightings import Sighting, remember, stable, steady_at

__all__ = [
    "LEAST_LEAD",
    "LEAST_NOTICE",
    "Cue",
    "CueKind",
    "Decision",
    "LeadTooShort",
    "NewTime",
    "RehearsalText",
    "ReminderRule",
    "SeenPlan",
    "Sighting",
    "StageRehearsal",
    "Told",
    "Unsent",
    "cancelled_says",
    "decide",
    "new_time",
    "rehearse",
    "remember",
    "see_again",
    "see_plan",
    "stable",
    "steady_at",
    "ticks",
]
