"""A person's own page, and how to find it again."""

from . import cover, finding, page, reaching
from .blueprint import bp

__all__ = ["bp", "cover", "finding", "page", "reaching"]
