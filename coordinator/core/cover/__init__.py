"""Who may take which shift, who is asked for a free place, how long people worked. Values in, values out."""

from .hours import Presence, hours_worked, worth
from .objections import (
    OF_AGE,
    SOFT,
    HouseRules,
    Objection,
    Obstacle,
    Post,
    Stint,
    Volunteer,
    age_on,
    objections,
)
from .shortfall import HALF_HOUR, Cover, HalfHour, Staffed, cover_of, half_hours
from .skills import LONGEST_SKILL, MOST_SKILLS, skills_of
from .waves import (
    Asked,
    Candidate,
    Filling,
    Mode,
    Source,
    Wave,
    chosen,
    in_order,
    mode_of,
    next_wave,
)

__all__ = [
    "HALF_HOUR",
    "LONGEST_SKILL",
    "MOST_SKILLS",
    "OF_AGE",
    "SOFT",
    "Asked",
    "Candidate",
    "Cover",
    "Filling",
    "HalfHour",
    "HouseRules",
    "Mode",
    "Objection",
    "Obstacle",
    "Post",
    "Presence",
    "Source",
    "Staffed",
    "Stint",
    "Volunteer",
    "Wave",
    "age_on",
    "chosen",
    "cover_of",
    "half_hours",
    "hours_worked",
    "in_order",
    "mode_of",
    "next_wave",
    "objections",
    "skills_of",
    "worth",
]
