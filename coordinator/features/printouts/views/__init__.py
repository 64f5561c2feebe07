"""What is printed."""

from . import checking, poster, sheets
from .blueprint import bp

__all__ = ["bp", "checking", "poster", "sheets"]
