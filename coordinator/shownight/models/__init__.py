"""The tables of this slice: importing this makes all of them known to SQLAlchemy."""

from .boards import LONGEST_MESSAGE, LONGEST_SCREEN, BoardKey, BoardKind, BoardScreen, DeskMessage
from .presses import FACT_OF, HOLD, HOLD_OVER, MOST_LATE, Press, Verb
from .ready import ReadyPart, ReadyTick

__all__ = [
    "FACT_OF",
    "HOLD",
    "HOLD_OVER",
    "LONGEST_MESSAGE",
    "LONGEST_SCREEN",
    "MOST_LATE",
    "BoardKey",
    "BoardKind",
    "BoardScreen",
    "DeskMessage",
    "Press",
    "ReadyPart",
    "ReadyTick",
    "Verb",
]
