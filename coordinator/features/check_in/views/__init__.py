"""Checking in, one file for each way."""

from . import door, kiosk, sheet
from .blueprint import bp

__all__ = ["bp", "door", "kiosk", "sheet"]
