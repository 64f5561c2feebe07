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

__all__ = [
    "OF_AGE",
    "SOFT",
    "HouseRules",
    "Objection",
    "Obstacle",
    "Post",
    "Stint",
    "Volunteer",
    "age_on",
    "objections",
]
