"""What can be done with the running order."""

from .answers import answer_slot, say_here, say_late
from .members import add_member, edit_act, remove_member
from .moves import move_slot, move_times
from .slots import SlotFacts, add_slot, edit_slot, remove_slot

__all__ = [
    "SlotFacts",
    "add_member",
    "add_slot",
    "answer_slot",
    "edit_act",
    "edit_slot",
    "move_slot",
    "move_times",
    "remove_member",
    "remove_slot",
    "say_here",
    "say_late",
]
