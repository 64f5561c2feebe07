"""Who may take which shift, who is asked for a free place, who is there and how long. Values in, values out."""

from .door import WINDOW, door_token, is_door_token, next_door_token_at
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
from .presence import Said, Sign, Standing, presence_after
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
    "WINDOW",
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
    "Said",
    "Sign",
    "Source",
    "Staffed",
    "Standing",
    "Stint",
    "Volunteer",
    "Wave",
    "age_on",
    "chosen",
    "cover_of",
    "door_token",
    "half_hours",
    "hours_worked",
    "in_order",
    "is_door_token",
    "mode_of",
    "next_door_token_at",
    "next_wave",
    "objections",
    "presence_after",
    "skills_of",
    "worth",
]
