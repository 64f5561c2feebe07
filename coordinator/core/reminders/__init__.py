"""Which texts follow from a projection, and when: small decisions over values, and a player of whole nights.

Nothing here depends on how often somebody looks, or on what a process remembers.
"""

from coordinator.core.reminders.decisions import (
    LEAST_LEAD,
    LEAST_MOVE,
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
from coordinator.core.reminders.rehearsal import Act, Cue, Rehearsal, RehearsalText, Unsent, rehearse, ticks
from coordinator.core.reminders.sightings import Sighting, remember, stable

__all__ = [
    "LEAST_LEAD",
    "LEAST_MOVE",
    "LEAST_NOTICE",
    "Act",
    "Cue",
    "Decision",
    "LeadTooShort",
    "NewTime",
    "Rehearsal",
    "RehearsalText",
    "ReminderRule",
    "Sighting",
    "Told",
    "Unsent",
    "cancelled_says",
    "decide",
    "new_time",
    "rehearse",
    "remember",
    "stable",
    "ticks",
]
