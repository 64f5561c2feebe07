"""The pages about a show's texts: one blueprint, one file per kind of page."""

from . import calls, consent, people, quick, shelves, threads, writing
from .blueprint import bp

__all__ = ["bp", "calls", "consent", "people", "quick", "shelves", "threads", "writing"]
