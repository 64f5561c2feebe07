"""What a press would do, said before it is pressed: what moves, who gets a text, what it means for the curfew."""

from .effects import Effect, Move, ShiftMoves, SlotMoves, TextGoes
from .outlook import Outlook, outlook, preview

__all__ = ["Effect", "Move", "Outlook", "ShiftMoves", "SlotMoves", "TextGoes", "outlook", "preview"]
