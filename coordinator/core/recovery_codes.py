"""How a recovery code is written and read: 16 characters in groups of four, none of which is taken for another."""

from __future__ import annotations

from typing import Final

LENGTH: Final = 16  # characters of 5 bits
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U
GROUP: Final = 4
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


def written(code: str) -> str:
    """``7K3M-Q9XD-2V5C-8BTN`` of the same without dashes."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def as_typed(typed: str) -> str | None:
    """The code, however it was typed: in lower case, with spaces, with an O for a 0; None if it can be none."""
    code = "".join(typed.split()).upper().translate(_MISREAD)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
