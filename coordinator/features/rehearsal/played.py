"""A night that was played, as values: nothing of it hangs on the database in memory, which is gone by then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from coordinator.core.reminders.spots import PlaceChange

from .steps import RehearsalStep, SkippedStep


@dataclass(frozen=True, slots=True)
class PersonPlayed:
    """Somebody of the show; ``key`` is the organizer's own."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """What stands on a phone. ``outgoing``: it was texted from there. ``name``: the rule or kind, as labels know it.

    ``subject`` is that of an email, None for a text. ``segments`` is 0 for what costs nothing.
    """

    at: datetime
    person: PersonPlayed
    body: str
    outgoing: bool = False
    name: str = ""
    about: str | None = None
    subject: str | None = None
    segments: int = 0


@dataclass(frozen=True, slots=True)
class Unsent:
    """What would not go out. ``why`` is a reason as the labels of texts know it, ``state`` what became of it."""

    at: datetime
    person: PersonPlayed | None
    name: str
    about: str | None
    why: str | None
    state: str


@dataclass(frozen=True, slots=True)
class CallPlayed:
    """What somebody would have to be called about; the fields are those of a ``Call``."""

    made_at: datetime
    until: datetime | None
    person: PersonPlayed
    kind: str
    why: str
    about: str
    anchor: str | None
    says_at: datetime | None
    was_at: datetime | None
    change: PlaceChange | None


@dataclass(frozen=True, slots=True)
class PhonePlayed:
    """One phone, or one person without any. ``bubbles`` are the newest first, ``answers`` what they could text.

    ``silent`` is the reason why neither a text nor an email reaches them; None: one does.
    """

    key: str
    people: tuple[PersonPlayed, ...]
    has_number: bool
    silent: str | None
    answers: tuple[str, ...]
    bubbles: tuple[Bubble, ...]
    calls: tuple[CallPlayed, ...]

    def received_until(self, at: datetime) -> int:
        """How many texts and emails have come by then."""
        return sum(bubble.at <= at for bubble in self.bubbles if not bubble.outgoing)


@dataclass(frozen=True, slots=True)
class SlotView:
    """A slot as it stands. ``planned_at``: where it was planned, if that differs. ``answer`` None: there is no act."""

    key: str
    name: str
    starts_at: datetime
    ends_at: datetime
    planned_at: datetime | None
    answer: str | None
    is_here: bool
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class StageView:
    """One stage at one moment. ``missed_since``: since when a press has been missing."""

    on: SlotView | None = None
    next: SlotView | None = None
    late: timedelta | None = None
    ends_at: datetime | None = None
    curfew_at: datetime | None = None
    over_curfew: timedelta = timedelta(0)
    missed_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shot:
    """What a stage looked like from one moment until another; ``until`` None: from then on."""

    at: datetime
    until: datetime | None
    view: StageView

    def is_seen(self, at: datetime) -> bool:
        """Whether the stage looks like this at the moment."""
        return self.at <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class StagePlayed:
    """A stage through the whole rehearsal."""

    key: str
    name: str
    shots: tuple[Shot, ...]


@dataclass(frozen=True, slots=True)
class DayPlayed:
    """A day on the calendar, from midnight to midnight."""

    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened. ``number``: its place in the script, from 0; None: the stage manager pressed it."""

    step: RehearsalStep
    number: int | None
    skipped: SkippedStep | None = None


@dataclass(frozen=True, slots=True)
class PlayedNight:
    """A whole rehearsal."""

    begins_at: datetime
    ends_at: datetime
    phones: tuple[PhonePlayed, ...]
    stages: tuple[StagePlayed, ...]
    unsent: tuple[Unsent, ...]
    taken: tuple[RehearsalStep, ...]
    pressed: tuple[RehearsalStep, ...]
    skipped: tuple[SkippedStep, ...]

    @property
    def received(self) -> Sequence[Bubble]:
        """Every text and email, in order."""
        found = [bubble for phone in self.phones for bubble in phone.bubbles if not bubble.outgoing]
        return sorted(found, key=lambda each: each.at)

    @property
    def calls(self) -> Sequence[CallPlayed]:
        """Every call that would have to be made, in order."""
        return sorted((call for phone in self.phones for call in phone.calls), key=lambda each: each.made_at)

    @property
    def segments(self) -> int:
        return sum(bubble.segments for bubble in self.received)

    @property
    def texts(self) -> int:
        return sum(bubble.subject is None for bubble in self.received)

    @property
    def emails(self) -> int:
        return len(self.received) - self.texts

    def slot_at(self, at: datetime) -> str | None:
        """The slot that a press at this moment is most likely about: what is next, or else on, at the first stage."""
        views = [shot.view for stage in self.stages for shot in stage.shots if shot.is_seen(at)]
        slots = [slot for view in views for slot in (view.next, view.on) if slot is not None]
        return slots[0].key if slots else None

    def days(self, zone: str) -> list[DayPlayed]:
        """The days on the calendar that it lasts."""
        local = ZoneInfo(zone)
        first, last = (at.astimezone(local).date() for at in (self.begins_at, self.ends_at))
        midnights = [
            datetime.combine(first + timedelta(days=n), time.min, local) for n in range((last - first).days + 2)
        ]
        return [DayPlayed(*(at.astimezone(UTC) for at in both)) for both in pairwise(midnights)]

    def happenings(self, script: Iterable[RehearsalStep]) -> list[Happening]:
        """What happens by the script and by the stage manager, in order."""
        skipped = {each.step: each for each in self.skipped}
        found = [Happening(step, number, skipped.get(step)) for number, step in enumerate(script)]
        return sorted([*found, *(Happening(step, None) for step in self.pressed)], key=lambda each: each.step.at)
