"""The pages for planning volunteers' work, one file each."""

from . import bulk, grid, new_shift, people, plan, policy, roles, shift
from .blueprint import bp

__all__ = ["bp", "bulk", "grid", "new_shift", "people", "plan", "policy", "roles", "shift"]
