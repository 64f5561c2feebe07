"""Who may take a shift, who is asked to fill a free spot, who is present, and for how long."""

from .door import WINDOW, door_token, is_door_token, next_door_token_at
from .hours import Presence, hours_worked, worth
from .objections import OF_TIME, SOFT, Objection, Obstacle, Post, Volunteer, WorkRules, age_on, objections
from .presence import PresenceMark, PresenceState, Sign, check_in_opens, presence_after
from .shortfall import HALF_HOUR, CoverLevel, HalfHour, Staffed, cover_of, half_hours
from .skills import LONGEST_SKILL, MOST_SKILLS, skills_of
from .waves import (
    AsksWhom,
    Candidate,
    Filling,
    Mode,
    SearchOffer,
    Source,
    Wave,
    chosen,
    in_order,
    mode_of,
    next_wave,
    wave_for_waiting,
)

__all__ = [
    "HALF_HOUR",
    "LONGEST_SKILL",
    "MOST_SKILLS",
    "OF_TIME",
    "SOFT",
    "WINDOW",
    "AsksWhom",
    "Candidate",
    "CoverLevel",
    "Filling",
    "HalfHour",
    "Mode",
    "Objection",
    "Obstacle",
    "Post",
    "Presence",
    "PresenceMark",
    "PresenceState",
    "SearchOffer",
    "Sign",
    "Source",
    "Staffed",
    "Volunteer",
    "Wave",
    "WorkRules",
    "age_on",
    "check_in_opens",
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
    "wave_for_waiting",
    "worth",
]
