"""The link to a person's own page. It is signed, so nothing in the database opens the page.

A token is the person's id and 128 bits of a signature over the id and the link version. A new version invalidates all
earlier links. Texts are stored with a placeholder of the same length, which is replaced when a text is sent.
"""

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hmac import compare_digest, digest
from typing import Final, Protocol

SIGNATURE_BYTES: Final = 16
SIGNATURE: Final = 22  # characters
OLD_VERSIONS_KNOWN: Final = 100  # earlier link versions that are still recognized as such
_DIGITS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_MOST_DIGITS: Final = 10  # no database id is longer
_STAND_IN: Final = "personal-link"
_PATH: Final = "/me/"
_STAND_IN_LINK: Final = re.compile(rf"(?<={_PATH}){_STAND_IN}-+")
_TOKEN: Final = re.compile(rf"(?<={_PATH})[\w-]+")


class HasLink(Protocol):
    """A person with a page of their own."""

    @property
    def id(self) -> int: ...

    @property
    def link_version(self) -> int: ...


@dataclass(frozen=True, slots=True)
class LinkOwner:
    """A HasLink as a value that is valid after the transaction."""

    id: int
    link_version: int


@dataclass(frozen=True, slots=True)
class PersonalLinks:
    """Makes and checks the personal links of one installation."""

    public_url: str
    secret: str = field(repr=False)

    def token(self, person: HasLink) -> str:
        """The part of the link after ``/me/``."""
        return self._signed(person.id, person.link_version)

    def address(self, person: HasLink) -> str:
        return f"{self.public_url}{_PATH}{self.token(person)}"

    def opens(self, token: str, person: HasLink) -> bool:
        """Whether the token is the person's current one."""
        return compare_digest(token.encode(), self.token(person).encode())

    def opened(self, token: str, person: HasLink) -> bool:
        """Whether the token is one of the person's last hundred before the current one."""
        versions = range(max(1, person.link_version - OLD_VERSIONS_KNOWN), person.link_version)
        return any(compare_digest(token.encode(), self._signed(person.id, each).encode()) for each in versions)

    def filled(self, body: str, person: HasLink) -> str:
        """The text with the placeholder replaced by the person's link."""
        return _STAND_IN_LINK.sub(self.token(person), body)

    def _signed(self, person_id: int, version: int) -> str:
        signature = digest(self.secret.encode(), f"personal link {person_id} {version}".encode(), "sha256")
        return _number(person_id) + urlsafe_b64encode(signature[:SIGNATURE_BYTES]).decode().rstrip("=")


def person_id_in(token: str) -> int | None:
    """The person id in the token, unverified; None when it is not shaped like a token."""
    number = token[:-SIGNATURE]
    if not 0 < len(number) <= _MOST_DIGITS or any(character not in _DIGITS for character in number):
        return None
    person_id = 0
    for character in number:
        person_id = person_id * len(_DIGITS) + _DIGITS.index(character)
    return person_id


def stand_in(public_url: str, person_id: int) -> str:
    """The placeholder in a stored text, as long as the link itself."""
    length = len(_number(person_id)) + SIGNATURE
    return f"{public_url}{_PATH}{_STAND_IN.ljust(length, '-')}"


def without_token(text: str) -> str:
    """The text without the token or placeholder in a link, to compare a sent text with the stored one."""
    return _TOKEN.sub("", text)


def _number(person_id: int) -> str:
    digits = ""
    while person_id:
        person_id, digit = divmod(person_id, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits or _DIGITS[0]
