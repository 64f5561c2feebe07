"""What the show is, where and for whom."""

from . import facts, stages
from .blueprint import bp

__all__ = ["bp", "facts", "stages"]
