"""Who plays."""

from . import asking, performers, table
from .blueprint import bp

__all__ = ["asking", "bp", "performers", "table"]
