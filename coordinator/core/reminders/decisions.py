"""When a reminder goes out, when a new time does, and when a cancellation does."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from coordinator.core.reminders.sightings import Sighting, stable
from coordinator.core.show_time import whole_minute

LEAST_LEAD = timedelta(minutes=2)
LEAST_NOTICE = timedelta(seconds=60)
LEAST_MOVE = timedelta(minutes=5)


class LeadTooShort(ValueError):
    """A lead under 2 minutes: such a reminder could expire between two looks at it."""


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """A reminder goes out ``lead`` before the anchor. Raises LeadTooShort under 2 minutes."""

    key: str
    anchor: str
    lead: timedelta

    def __post_init__(self) -> None:
        if self.lead < LEAST_LEAD:
            raise LeadTooShort(f"The reminder {self.key!r} must go out at least 2 minutes before its time.")


class Decision(StrEnum):
    """What to do with a reminder that is still unsent. One that expires does so for good, and is reported."""

    WAIT = "wait"
    SEND = "send"
    EXPIRE = "expire"


def decide(now: datetime, due_at: datetime | None, anchor_at: datetime | None) -> Decision:
    """What to do with an unsent reminder of a slot that is not cancelled.

    ``anchor_at`` is the projected time it speaks of; None (the slot has passed, there is no curfew) expires it.
    """
    if anchor_at is None or due_at is None:
        return Decision.EXPIRE
    if now < due_at:
        return Decision.WAIT
    return Decision.SEND if anchor_at - now >= LEAST_NOTICE else Decision.EXPIRE


@dataclass(frozen=True, slots=True)
class Told:
    """What a person was last told of one anchor of one slot, in whole minutes, whichever text told it.

    ``at`` is None when nothing was told; ``voided`` when a cancellation has been sent since.
    """

    at: datetime | None = None
    voided: bool = False


class NewTime(StrEnum):
    """Whether a new time is told now. The last three are held back, and say why."""

    NOTHING = "nothing"
    SEND = "send"
    EARLIER = "earlier"
    REPEATED = "repeated"
    TOO_LATE = "too_late"

    @property
    def is_held(self) -> bool:
        """Whether there is a new time that is not told, for the stage manager to know."""
        return self in (NewTime.EARLIER, NewTime.REPEATED, NewTime.TOO_LATE)


def new_time(
    told: Told,
    anchor_at: datetime | None,
    sightings: Sequence[Sighting],
    now: datetime,
    *,
    early_ok: bool = False,
    restored: bool = True,
    announced: Collection[datetime] = (),
) -> NewTime:
    """Whether somebody who was told a time is told another; what SEND tells is ``whole_minute(anchor_at)``.

    ``sightings`` are of this anchor, the present one among them. ``restored`` says that the slot is not (or no longer)
    cancelled. ``announced`` are the times told in new-time texts about this anchor since the last cancellation.
    ``TOO_LATE`` is also the answer once the anchor lies in the past.
    """
    if told.at is None or anchor_at is None or (told.voided and not restored):
        return NewTime.NOTHING
    if not told.voided and abs(anchor_at - told.at) < LEAST_MOVE:
        return NewTime.NOTHING
    if not stable(sightings, anchor_at, now):
        return NewTime.NOTHING
    if anchor_at < told.at and not early_ok and not told.voided:
        return NewTime.EARLIER
    if anchor_at - now < LEAST_NOTICE:
        return NewTime.TOO_LATE
    return NewTime.REPEATED if whole_minute(anchor_at) in announced else NewTime.SEND


def cancelled_says(
    *, cancelled: bool, has_press: bool, told_since: bool, told_start: Told, planned_at: datetime
) -> datetime | None:
    """The start that a ``cancelled`` text takes back, in whole minutes; None when no such text is owed.

    ``told_since``: the person has been told anything about the slot since the last cancelled text. ``told_start`` is
    the last start told, before or after that text; without one it says ``planned_at``.
    """
    if not cancelled or has_press or not told_since:
        return None
    return whole_minute(told_start.at or planned_at)
