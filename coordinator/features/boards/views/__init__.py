"""The boards, one file for each audience: the house, backstage, and whoever looks after the screens."""

from . import backstage, desk, house
from .blueprint import bp

__all__ = ["backstage", "bp", "desk", "house"]
