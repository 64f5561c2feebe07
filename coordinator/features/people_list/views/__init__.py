"""The pages about everybody of a show: one blueprint, one file per kind of page."""

from . import pasting, people
from .blueprint import bp

__all__ = ["bp", "pasting", "people"]
