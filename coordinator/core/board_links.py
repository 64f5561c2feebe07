"""The secret part of a board's link: short enough to be typed on a television, derived, so that it is stored nowhere.

It is 60 bits of a signature over the key's id, in letters and digits that nobody mistakes for each other.
"""

from dataclasses import dataclass, field
from hmac import compare_digest, digest
from typing import Final

_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: without i, l, o and u
_GROUPS, _GROUP = 3, 4
_MISREAD: Final = str.maketrans("ilo", "110", "- ")


@dataclass(frozen=True, slots=True)
class BoardLinks:
    """Makes and checks the links of one installation's boards."""

    secret: str = field(repr=False)

    def key(self, key_id: int) -> str:
        """The last part of the link, such as ``k7qm-2xvd-p9ra``."""
        signature = digest(self.secret.encode(), f"board key {key_id}".encode(), "sha256")
        written = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in signature[: _GROUPS * _GROUP])
        return "-".join(written[at : at + _GROUP] for at in range(0, len(written), _GROUP))

    def opens(self, typed: str, key_id: int) -> bool:
        """Whether this is the key, however its letters were typed."""
        return compare_digest(_plain(typed).encode(), _plain(self.key(key_id)).encode())


def _plain(typed: str) -> str:
    return typed.lower().translate(_MISREAD)
