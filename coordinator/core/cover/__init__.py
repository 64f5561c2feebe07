"""Who may take which shift. Values in, values out."""

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

__all__ = [
    "HALF_HOUR",
    "LONGEST_SKILL",
    "MOST_SKILLS",
    "OF_AGE",
    "SOFT",
    "Cover",
    "HalfHour",
    "HouseRules",
    "Objection",
    "Obstacle",
    "Post",
    "Staffed",
    "Stint",
    "Volunteer",
    "age_on",
    "cover_of",
    "half_hours",
    "objections",
    "skills_of",
]
