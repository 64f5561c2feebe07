"""The same shift, one after another."""

from datetime import datetime, timedelta

from coordinator.shifts.actions.bulk_shifts import MOST_AT_ONCE
from coordinator.shifts.refusals.planning import EndsBeforeItBegins, LengthOutOfReach, TooManyShifts

from .drafts import BulkDraft, Pattern

MINUTE = timedelta(minutes=1)


def one_after_another(
    pattern: Pattern, starts_at: datetime, ends_at: datetime, *, every: timedelta, length: timedelta
) -> BulkDraft:
    """A shift of this length every so often, from one instant to another; the last ends there at the latest.

    Raises EndsBeforeItBegins, LengthOutOfReach, TooManyShifts.
    """
    if ends_at <= starts_at:
        raise EndsBeforeItBegins
    if every < MINUTE or length < MINUTE:
        raise LengthOutOfReach
    number = -((starts_at - ends_at) // every)
    if number > MOST_AT_ONCE:
        raise TooManyShifts(MOST_AT_ONCE)
    begins = (starts_at + place * every for place in range(number))
    return BulkDraft(tuple(pattern.at(each, min(each + length, ends_at)) for each in begins))
