"""What a change of the plan, or a button of the show, causes: what moves, who gets a text or a call, when stages end.

Every preview compares two nights with it. The caller reads the rows and tries the change.
"""

from .comparing import consequences_of, forecast_of, move
from .nights import KnownTimes, News, NewsKey, Piece, SeenNight, SeenShift, SeenSlot, SeenStage
from .values import Consequences, Forecast, Move, MustCall, ShiftMoves, SlotMoves, TextGoes

__all__ = [
    "Consequences",
    "Forecast",
    "KnownTimes",
    "Move",
    "MustCall",
    "News",
    "NewsKey",
    "Piece",
    "SeenNight",
    "SeenShift",
    "SeenSlot",
    "SeenStage",
    "ShiftMoves",
    "SlotMoves",
    "TextGoes",
    "consequences_of",
    "forecast_of",
    "move",
]
