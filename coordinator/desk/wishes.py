"""What somebody chose on the pages of signing up, as a browser keeps it until the code proves who they are."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Wish:
    """Shifts by their keys: those to take, and full ones to queue for. ``come`` is the key of places that are held for
    them by somebody who brings them."""

    taking: tuple[str, ...] = ()
    queueing: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    born_on: date | None = None
    friend: str = ""
    come: str = ""

    def __bool__(self) -> bool:
        return bool(self.taking or self.queueing or self.come)

    @property
    def asked(self) -> dict[str, Any]:
        """The same shifts, as an address asks for them."""
        return {"shift": list(self.taking), "queue": list(self.queueing)}

    def kept(self) -> dict[str, Any]:
        """As values that a signed cookie holds."""
        return asdict(self) | {"born_on": self.born_on.isoformat() if self.born_on else None}

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """What ``kept`` gave."""
        born_on = date.fromisoformat(kept["born_on"]) if kept["born_on"] else None
        lists: dict[str, Any] = {name: tuple(value) for name, value in kept.items() if isinstance(value, list | tuple)}
        return cls(**lists, born_on=born_on, friend=kept["friend"], come=kept["come"])
