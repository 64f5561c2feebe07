"""Shifts, and the people on them, as everybody above reads them."""

from .planned import (
    Crews,
    Times,
    open_code,
    places_taken,
    roles_of,
    shift_of,
    shift_times,
    shifts_of,
    sign_up_of,
    times_now,
)
from .standing import (
    house_rule_of,
    objections_to,
    people_waiting,
    post_of,
    rules_for,
    volunteer_of,
    who_has_worked,
)

__all__ = [
    "Crews",
    "Times",
    "house_rule_of",
    "objections_to",
    "open_code",
    "people_waiting",
    "places_taken",
    "post_of",
    "roles_of",
    "rules_for",
    "shift_of",
    "shift_times",
    "shifts_of",
    "sign_up_of",
    "times_now",
    "volunteer_of",
    "who_has_worked",
]
