"""Show night: what needs somebody, what is on, what comes next, and every press with a preview of what it does."""

from . import kept, pages, presses
from .blueprint import bp

__all__ = ["bp", "kept", "pages", "presses"]
