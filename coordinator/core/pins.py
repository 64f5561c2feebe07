"""The PIN that a stage manager adds to a command by text: ``GO 4821``, ``LATE 10 4821``."""

import re
from typing import Final

SHORTEST, LONGEST = 4, 8  # digits; a number of minutes has at most three
MASK: Final = "****"

_PIN: Final = re.compile(rf"[0-9]{{{SHORTEST},{LONGEST}}}")
_WORDS: Final = r"(?P<words>(?:GO|DONE|UNDO|DESHACER|LATE|TARDE)\b.*?)"
_BEHIND: Final = re.compile(rf"\s*{_WORDS}[\s,.:;-]+(?P<pin>{_PIN.pattern})[\s.!]*", re.IGNORECASE | re.DOTALL)
_BEFORE: Final = re.compile(rf"\s*(?P<pin>{_PIN.pattern})[\s,.:;-]+{_WORDS}[\s.!]*", re.IGNORECASE | re.DOTALL)
_ALONE: Final = re.compile(rf"\s*(?P<words>)(?P<pin>{_PIN.pattern})[\s.!]*")


def is_pin(typed: str) -> bool:
    """Whether it has the form of a PIN: 4 to 8 digits."""
    return _PIN.fullmatch(typed) is not None


def part_pin(body: str) -> tuple[str, str | None]:
    """The text with its PIN masked, and the PIN; the unchanged text and None when there is no PIN."""
    found = _BEHIND.fullmatch(body) or _BEFORE.fullmatch(body) or _ALONE.fullmatch(body)
    return (f"{found['words']} {MASK}".strip(), found["pin"]) if found else (body, None)


def without_mask(body: str) -> str:
    """The text without the masked PIN."""
    return body.removesuffix(MASK).rstrip() if body.endswith(f" {MASK}") else body
