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
    "OF_AGE",
    "SOFT",
    "Asked",
    "Candidate",
    "Filling",
    "HouseRules",
    "Mode",
    "Objection",
    "Obstacle",
    "Post",
    "Presence",
    "Source",
    "Stint",
    "Volunteer",
    "Wave",
    "age_on",
    "chosen",
    "hours_worked",
    "in_order",
    "mode_of",
    "next_wave",
    "objections",
    "worth",
]
