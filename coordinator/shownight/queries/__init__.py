"""What others read of a night."""

from .nights import (
    BEFORE_EVERYTHING,
    SLOT_ANCHORS,
    Night,
    StageKey,
    StageNight,
    last_press,
    night,
    night_of,
    plan_night,
    plan_night_of,
    press_of,
    press_with_key,
    pressed_since,
    presses_by,
    presses_in_force,
)

__all__ = [
    "BEFORE_EVERYTHING",
    "SLOT_ANCHORS",
    "Night",
    "StageKey",
    "StageNight",
    "last_press",
    "night",
    "night_of",
    "plan_night",
    "plan_night_of",
    "press_of",
    "press_with_key",
    "pressed_since",
    "presses_by",
    "presses_in_force",
]
