"""The show night as its page shows it."""

from .looking import Asked, whole_number
from .page import tonight

__all__ = ["Asked", "tonight", "whole_number"]
