"""The rehearsal in a browser."""

from .rehearsal import bp

__all__ = ["bp"]
