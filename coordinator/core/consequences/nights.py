"""A night as values, so that the nights before and after a change can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic

from ..clashes import Clash
from ..reminders import Told
from ..reminders.spots import PlaceChange
from ..timeline import Projection
from .values import Clashing, Who

KnownTimes = Mapping[tuple[str, int], datetime]  # the start a person knows, by (subject, person id)
ClashKey = tuple[int, tuple[str, str]]  # person id, and the keys of the two things that they cannot both do
StageKey = tuple[int, date]  # the id of a stage, and the show day
NewsKey = tuple[str, int, str, str]  # subject, person id, kind, anchor


@dataclass(frozen=True, slots=True)
class News:
    """What one person must be told about one slot or shift.

    It is a ``new_time``, a ``cancelled``, a ``changed`` (with the ``change``), or a ``reminder`` (of ``rule``) that is
    due so soon that it gives the new time. ``why`` is a CallReason when someone must call, None when a text says it.
    ``leaves_at``: when the text goes out if nothing else changes; ``is_held``: quiet hours delay it until then. After
    ``useful_until`` it is not sent.
    """

    kind: str
    anchor: str
    says_at: datetime
    was: Told
    why: str | None
    leaves_at: datetime
    useful_until: datetime
    is_held: bool = False
    rule: str | None = None
    change: PlaceChange | None = None

    @property
    def was_at(self) -> datetime | None:
        """The time that the person expects; None after a cancellation."""
        return None if self.was.voided else self.was.at


@dataclass(frozen=True, slots=True)
class SeenSlot:
    """``starts_at`` is None while the slot has no time."""

    name: str
    starts_at: datetime | None


@dataclass(frozen=True, slots=True)
class SeenShift:
    """A shift that has people: its role and how many. ``starts_at`` is None when it does not take place."""

    role: str
    people: int
    starts_at: datetime | None


@dataclass(frozen=True, slots=True)
class SeenStage:
    """When a stage ends and what does not fit on it. ``plans`` differ when anything on the stage was changed."""

    name: str
    on: date | None  # the show day; None: the event has only one
    plans: tuple[object, ...]
    projection: Projection
    curfew_at: datetime | None
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class Piece(Generic[Who]):
    """One piece of news and what a page shows about it. ``body`` is None when someone must call."""

    person: Who
    about: str
    news: News
    body: str | None


@dataclass(frozen=True, slots=True)
class SeenNight(Generic[Who]):
    """A night before or after a change."""

    slots: Mapping[int, SeenSlot]
    shifts: Mapping[int, SeenShift]
    stages: Mapping[StageKey, SeenStage]
    news: Mapping[NewsKey, Piece[Who]]
    reminders: Mapping[int, datetime | None]
    known: KnownTimes
    names: Mapping[str, str]  # of slots, by slot key
    clashes: Mapping[ClashKey, Clashing]
    paused: bool
