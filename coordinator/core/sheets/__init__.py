"""Pasted tables of shifts or people, line by line: what each says, what was guessed, what nobody can read."""

from .model import Line, PersonLine, ReadSheet, SheetContext, ShiftLine, SkippedLine, WallTime, WrongLine
from .performers import PerformerLine, read_performers
from .reader import read_people, read_shifts

__all__ = [
    "Line",
    "PerformerLine",
    "PersonLine",
    "ReadSheet",
    "SheetContext",
    "ShiftLine",
    "SkippedLine",
    "WallTime",
    "WrongLine",
    "read_people",
    "read_performers",
    "read_shifts",
]
