"""What can be done with the running order."""

from .answers import answer_slot, say_here, say_late

__all__ = ["answer_slot", "say_here", "say_late"]
