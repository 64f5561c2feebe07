"""What an email has signed: the link that stops emails to its address, and its name, which a report of failure quotes.

Nothing is stored, and nothing else can be done with either.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hmac import compare_digest, digest
from typing import Final

STOP_PATH: Final = "/unsubscribe/"
_MOST_DIGITS: Final = 19  # no database id is longer


@dataclass(frozen=True, slots=True)
class MailLinks:
    """Makes and checks them for one installation."""

    public_url: str
    secret: str = field(repr=False)

    def stop_address(self, person_id: int, email: str) -> str:
        """Where emails to this address are stopped."""
        return f"{self.public_url}{STOP_PATH}{person_id}-{self._stop_sign(person_id, email)}"

    def stops(self, token: str, email: str) -> bool:
        """Whether the token, the link's last part, may stop emails to this address of its person."""
        person_id = person_id_of(token)
        sign = token.partition("-")[2]
        return person_id is not None and compare_digest(sign.encode(), self._stop_sign(person_id, email).encode())

    def named(self, name: str) -> str:
        """The email's name with a signature: a report about it can only come from who was sent it."""
        return f"{name}.{self._sign(f'email {name}', 6)}"

    def is_named(self, signed: str) -> bool:
        """Whether we named an email so."""
        return compare_digest(signed.encode(), self.named(signed.rpartition(".")[0]).encode())

    def _stop_sign(self, person_id: int, email: str) -> str:
        return self._sign(f"stop emails {person_id} {email}", 16)

    def _sign(self, words: str, size: int) -> str:
        return urlsafe_b64encode(digest(self.secret.encode(), words.encode(), "sha256")[:size]).decode().rstrip("=")


def person_id_of(token: str) -> int | None:
    """The person id in a token, unverified; None when it is not shaped like one."""
    number = token.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS else None
