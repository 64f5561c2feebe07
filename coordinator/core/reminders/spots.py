"""What someone knows of their spot on a shift, and what has changed about it since."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, Self

from ..json_values import JsonObject
from ..show_time import call_time
from .decisions import LEAST_MOVE

MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SpotFacts:
    """When and where a shift is. ``call``: so long before its start people must be there.

    ``place`` is the shift's own, ``stage`` that of the slot it follows, where the show has several. None: that was not
    said; an empty string: there is none.
    """

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    call: timedelta | None = None
    place: str | None = None
    stage: str | None = None
    venue: str | None = None

    @property
    def call_at(self) -> datetime | None:
        return call_time(self.starts_at, self.call) if self.starts_at is not None and self.call is not None else None

    @property
    def where(self) -> str:
        """The shift's own place, else its stage."""
        return self.place or self.stage or ""

    @property
    def stamp(self) -> str:
        """The same for the same facts: tells one text about them from the next."""
        return sha256(repr(sorted(self.as_json().items())).encode()).hexdigest()[:12]

    def as_json(self) -> JsonObject:
        return {
            "starts": self.starts_at and self.starts_at.isoformat(),
            "ends": self.ends_at and self.ends_at.isoformat(),
            "call": None if self.call is None else self.call // MINUTE,
            "place": self.place,
            "stage": self.stage,
            "venue": self.venue,
        }

    @classmethod
    def of_json(cls, said: JsonObject) -> Self:
        starts, ends, call = said["starts"], said["ends"], said["call"]
        return cls(
            starts and datetime.fromisoformat(starts),
            ends and datetime.fromisoformat(ends),
            None if call is None else call * MINUTE,
            *(said[name] for name in ("place", "stage", "venue")),
        )


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """What is different about a spot from what someone was told; at least one of the four is."""

    was: SpotFacts
    now: SpotFacts
    call: bool  # when to be there
    times: bool  # start or end
    place: bool  # where in the house
    venue: bool


def place_change(told: SpotFacts, now_is: SpotFacts, *, follows: bool = False) -> PlaceChange | None:
    """What someone must hear about their spot; None: nothing. Times count from 5 minutes, places when they differ.

    What was not said is not compared. ``follows``: it follows a slot, so that its times move with the show and are told
    as new times; they are named only beside something else, and its end never is.
    """
    if follows:
        told, now_is = replace(told, ends_at=None), replace(now_is, ends_at=None)
        if place_change(replace(told, starts_at=now_is.starts_at), now_is) is None:
            return None
    has_call = bool(told.call or now_is.call)
    found = PlaceChange(
        told,
        now_is,
        call=has_call and _moved(told.call_at, now_is.call_at),
        times=_moved(told.starts_at, now_is.starts_at) or _moved(told.ends_at, now_is.ends_at),
        place=_is_elsewhere(told, now_is),
        venue=bool(told.venue and now_is.venue) and told.venue != now_is.venue,
    )
    return found if found.call or found.times or found.place or found.venue else None


def _moved(told_at: datetime | None, at: datetime | None) -> bool:
    return told_at is not None and at is not None and abs(at - told_at) >= LEAST_MOVE


def _is_elsewhere(told: SpotFacts, now_is: SpotFacts) -> bool:
    """Its own place differs, or its stage does; that a show gets a second stage moves nobody."""
    if told.place is None or now_is.place is None or told.where == now_is.where:
        return False
    return bool(told.place or now_is.place or (told.stage and now_is.stage))
