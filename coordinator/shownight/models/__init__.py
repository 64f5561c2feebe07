"""The tables of this slice: importing this makes all of them known to SQLAlchemy."""

from .boards import BoardKey, BoardKind, BoardScreen, DeskMessage
from .presses import MOST_LATE, Press, Verb

__all__ = ["MOST_LATE", "BoardKey", "BoardKind", "BoardScreen", "DeskMessage", "Press", "Verb"]
