"""When to send a reminder, a new time, or a cancellation."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ..show_time import whole_minute
from .sightings import Sighting, stable

LEAST_LEAD = timedelta(minutes=2)
LEAST_NOTICE = timedelta(seconds=60)
LEAST_MOVE = timedelta(minutes=5)


class LeadTooShort(ValueError):
    """A lead under 2 minutes: such a reminder could expire between two runs of the planner."""


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
    """What to do with an unsent reminder. One that expires is never sent, and is reported."""

    WAIT = "wait"
    SEND = "send"
    EXPIRE = "expire"


def decide(now: datetime, due_at: datetime | None, anchor_at: datetime | None, *, plan_steady: bool = True) -> Decision:
    """What to do with an unsent reminder of a slot that is not cancelled.

    ``anchor_at`` is the time, as told, that the reminder is about; None (the slot has passed, there is no curfew)
    expires it. ``plan_steady``: nobody changed the slot's plan in the last 60 s; until then the reminder waits.
    """
    if not plan_steady:
        return Decision.WAIT
    if anchor_at is None or due_at is None:
        return Decision.EXPIRE
    if now < due_at:
        return Decision.WAIT
    return Decision.SEND if anchor_at - now >= LEAST_NOTICE else Decision.EXPIRE


@dataclass(frozen=True, slots=True)
class Told:
    """What a person was last told about one anchor of one slot, by any text, in whole minutes.

    ``at`` None: nothing was told. ``voided``: a cancellation has been sent since. ``planned_at``: where plan and
    declarations alone put the slot when the person was told; None when unknown.
    """

    at: datetime | None = None
    voided: bool = False
    planned_at: datetime | None = None

    def was_moved_earlier(self, planned_at: datetime | None) -> bool:
        """Whether the plan or a declaration, and not only what happened, has moved the slot earlier since."""
        return self.planned_at is not None and planned_at is not None and planned_at < self.planned_at


class NewTime(StrEnum):
    """Whether to tell a new time now. The last three hold it back and give the reason."""

    NOTHING = "nothing"
    SEND = "send"
    EARLIER = "earlier"
    REPEATED = "repeated"
    TOO_LATE = "too_late"

    @property
    def is_held(self) -> bool:
        """Whether a new time exists but is not sent; the stage manager sees it."""
        return self in (NewTime.EARLIER, NewTime.REPEATED, NewTime.TOO_LATE)


def new_time(  # noqa: PLR0913 - each argument is a fact of the timing model (docs/timing.md)
    told: Told,
    anchor_at: datetime | None,
    sightings: Sequence[Sighting],
    now: datetime,
    *,
    planned_at: datetime | None = None,
    early_ok: bool = False,
    restored: bool = True,
    announced: Collection[datetime] = (),
) -> NewTime:
    """Whether to tell a new time to someone who was told a time. On SEND the text gives ``whole_minute(anchor_at)``.

    ``sightings`` are of this anchor and include the present one. ``planned_at`` is where plan and declarations alone
    put the slot now. ``restored``: the slot is not, or no longer, cancelled. ``announced``: the times told in new-time
    texts about this anchor since the last cancellation and since ``planned_at`` last changed. ``TOO_LATE`` is also the
    answer once the anchor has passed.
    """
    if told.at is None or anchor_at is None or (told.voided and not restored):
        return NewTime.NOTHING
    if not told.voided and abs(anchor_at - told.at) < LEAST_MOVE:
        return NewTime.NOTHING
    if not stable(sightings, anchor_at, now):
        return NewTime.NOTHING
    if anchor_at < told.at and not (early_ok or told.voided or told.was_moved_earlier(planned_at)):
        return NewTime.EARLIER
    if anchor_at - now < LEAST_NOTICE:
        return NewTime.TOO_LATE
    return NewTime.REPEATED if whole_minute(anchor_at) in announced else NewTime.SEND


def cancelled_says(
    *, cancelled: bool, has_press: bool, told_since: bool, told_start: Told, planned_at: datetime
) -> datetime | None:
    """The start that a ``cancelled`` text takes back, in whole minutes; None when no such text is due.

    ``told_since``: the person was told something about the slot after the last cancelled text. ``told_start`` is the
    last start told, before or after that text; without one the text gives ``planned_at``.
    """
    if not cancelled or has_press or not told_since:
        return None
    return whole_minute(told_start.at or planned_at)
