"""People and shifts that somebody pastes: looked at line by line first, then put in."""

from .columns import sheet_of
from .lines import Line, Pasted
from .people import look_at_people, paste_people
from .shifts import look_at_shifts, paste_shifts

__all__ = [
    "Line",
    "Pasted",
    "look_at_people",
    "look_at_shifts",
    "paste_people",
    "paste_shifts",
    "sheet_of",
]
