"""What can be pressed on the night."""

from .facts import facts_of
from .presses import MOST_LATE, MOST_LONGER, Pressed, ProposedPress, after_press
from .pressing import (
    By,
    cancel_slot,
    declare_late,
    delay_next,
    done,
    end_set,
    extend_set,
    go,
    press,
    restore_slot,
    start_set,
)
from .undoing import undo_press

__all__ = [
    "MOST_LATE",
    "MOST_LONGER",
    "By",
    "Pressed",
    "ProposedPress",
    "after_press",
    "cancel_slot",
    "declare_late",
    "delay_next",
    "done",
    "end_set",
    "extend_set",
    "facts_of",
    "go",
    "press",
    "restore_slot",
    "start_set",
    "undo_press",
]
