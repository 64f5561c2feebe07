"""The pages on which volunteers' work is planned: one blueprint, a file for each page."""

from . import grid, house_rules, laying, pasting, roles, shift_edit
from .volunteers import bp

__all__ = ["bp", "grid", "house_rules", "laying", "pasting", "roles", "shift_edit"]
