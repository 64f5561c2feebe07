"""Pages about a hole, about who can stand in, and about holding a stage."""

from . import hold, hole, stand_ins
from .blueprint import bp

__all__ = ["bp", "hold", "hole", "stand_ins"]
