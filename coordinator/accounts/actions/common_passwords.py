"""Passwords that everyone tries first."""

from __future__ import annotations

from functools import cache
from pathlib import Path

LIST = Path(__file__).resolve().parents[1] / "common_passwords.txt"


def is_common(password: str) -> bool:
    """Whether the password is among those tried first, whatever its case."""
    return password.strip().lower() in _known()


@cache
def _known() -> frozenset[str]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#!"))
