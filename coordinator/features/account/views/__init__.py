"""One's own account, one file for each of its pages."""

from . import account, passkeys, two_step
from .blueprint import bp

__all__ = ["account", "bp", "passkeys", "two_step"]
