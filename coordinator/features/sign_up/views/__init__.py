"""Signing up, and coming with a friend."""

from . import friend, steps
from .blueprint import bp

__all__ = ["bp", "friend", "steps"]
