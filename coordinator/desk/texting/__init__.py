"""Setting real texts up, step by step, and proving that they leave and that answers reach us."""

from .facts import Facts, facts_of
from .setting_up import SETTINGS, Step, is_set, steps_of
from .trying import CannotTry, Tried, is_a_try, tried, try_out
from .words import OPT_WORDS, Registration, registration_of

__all__ = [
    "OPT_WORDS",
    "SETTINGS",
    "CannotTry",
    "Facts",
    "Registration",
    "Step",
    "Tried",
    "facts_of",
    "is_a_try",
    "is_set",
    "registration_of",
    "steps_of",
    "tried",
    "try_out",
]
