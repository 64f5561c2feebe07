"""Once a day, and soon after a start: what must not be kept is forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from .tick import Step

CHORES: Mapping[str, Step] = {}
