"""The running order."""

from . import order
from .blueprint import bp

__all__ = ["bp", "order"]
