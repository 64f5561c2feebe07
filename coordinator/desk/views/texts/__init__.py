"""The pages about a show's texts: one blueprint, a file for each kind of page."""

from . import people, proof, shelves, threads, writing
from .blueprint import bp

__all__ = ["bp", "people", "proof", "shelves", "threads", "writing"]
