"""What the timer at the edge of a stage says to whoever plays: when to stop is a matter of the clock alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

SHORT_SET: Final = timedelta(minutes=20)  # a set of this length or less is warned later
ONE_MORE: Final = timedelta(minutes=5)
ONE_MORE_OF_SHORT: Final = timedelta(minutes=3)
LAST: Final = timedelta(minutes=1)


class Phase(StrEnum):
    """Where a set stands: there is time, time for one more song, for the last one, or the time is over."""

    CALM = "calm"
    ONE_MORE = "one_more"
    LAST = "last"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Countdown:
    """Counts down to ``ends_at``, and up from there; the warnings stand at ``one_more`` and ``last`` before it."""

    ends_at: datetime
    one_more: timedelta
    last: timedelta

    def phase(self, now: datetime) -> Phase:
        """Which phase it is; each begins at its very second."""
        left = self.ends_at - now
        if left > self.one_more:
            return Phase.CALM
        if left > self.last:
            return Phase.ONE_MORE
        return Phase.LAST if left > timedelta(0) else Phase.OVER

    def minutes(self, now: datetime) -> int:
        """Whole minutes that are left, a part counting as one; of overtime, the whole minutes that are full."""
        left = self.ends_at - now
        return -(-left // timedelta(minutes=1)) if left > timedelta(0) else -left // timedelta(minutes=1)


def countdown_of(started_at: datetime, length: timedelta) -> Countdown:
    """The countdown of a set that began then and may last so long, with whatever it was granted."""
    one_more = ONE_MORE_OF_SHORT if length <= SHORT_SET else ONE_MORE
    return Countdown(started_at + length, one_more, LAST)
