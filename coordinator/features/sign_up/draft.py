"""What someone chose on the sign-up pages, kept in their browser until the code proves who they are."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Self

from coordinator.core.json_values import JsonObject


@dataclass(frozen=True, slots=True)
class SignUpRequest:
    """Shifts by key: those to take, and full ones whose waitlist to join.

    ``friends_key`` is the key of spots held for them by someone who brings them.
    """

    taking: tuple[str, ...] = ()
    queueing: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    born_on: date | None = None
    friend: str = ""
    friends_key: str = ""

    def __bool__(self) -> bool:
        return bool(self.taking or self.queueing or self.friends_key)

    @property
    def asked(self) -> JsonObject:
        """The same shifts, as URL arguments."""
        return {"shift": list(self.taking), "queue": list(self.queueing)}

    def kept(self) -> JsonObject:
        """As values for a signed cookie."""
        return asdict(self) | {"born_on": self.born_on.isoformat() if self.born_on else None}

    @classmethod
    def of(cls, kept: JsonObject) -> Self:
        """The value that ``kept`` wrote."""
        born_on = date.fromisoformat(kept["born_on"]) if kept["born_on"] else None
        lists: JsonObject = {name: tuple(value) for name, value in kept.items() if isinstance(value, list | tuple)}
        return cls(**lists, born_on=born_on, friend=kept["friend"], friends_key=kept["friends_key"])
