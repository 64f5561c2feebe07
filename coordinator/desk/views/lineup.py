"""The pages on which a line-up is planned: one blueprint, a file for each page."""

from . import facts, performers, stages
from .order import bp

__all__ = ["bp", "facts", "performers", "stages"]
