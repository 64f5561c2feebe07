"""Who may take which shift, and how long they worked. Values in, values out."""

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

__all__ = [
    "OF_AGE",
    "SOFT",
    "HouseRules",
    "Objection",
    "Obstacle",
    "Post",
    "Presence",
    "Stint",
    "Volunteer",
    "age_on",
    "hours_worked",
    "objections",
    "worth",
]
