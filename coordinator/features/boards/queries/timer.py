"""The timer at the edge of one stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from coordinator.core.stage_timer import Countdown, Phase, countdown_of
from coordinator.core.timeline import NOTHING
from coordinator.db import db
from coordinator.events.models import Stage
from coordinator.shownight.models import DeskMessage
from coordinator.shownight.queries import StageNight

from .showing import Showing, coming_next, on_stage_now

COUNTED = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Timer:
    """What whoever plays sees: the countdown of the set that is on, or else what comes next and when.

    ``is_held``: nothing goes on, and nobody knows yet until when. ``is_empty``: nothing is planned on this day.
    ``message`` is the newest one from the desk.
    """

    stage: Stage
    on: Showing | None
    countdown: Countdown | None
    phase: Phase
    coming: Showing | None
    is_held: bool
    is_empty: bool
    message: DeskMessage | None

    def is_far(self, now: datetime) -> bool:
        """Whether what comes next is so far ahead that a day says more than a countdown."""
        return self.on is None and self.coming is not None and self.coming.at - now > COUNTED

    def minutes_to(self, now: datetime) -> int:
        """Whole minutes until what comes next, a part counting as one; 0 when it should have begun."""
        return Countdown(self.coming.at, NOTHING, NOTHING).minutes(now) if self.coming and now < self.coming.at else 0


def stage_id_of(event_id: int, stage_key: str) -> int | None:
    """The id of the event's stage with this key; None if there is none."""
    return db.session.scalar(select(Stage.id).where(Stage.event_id == event_id, Stage.key == stage_key))


def timer_of(stage: StageNight, messages: Sequence[DeskMessage], now: datetime) -> Timer:
    """The timer of the stage; ``messages`` are those that stand on any board, newest first."""
    on, coming = on_stage_now(stage), coming_next(stage)
    countdown = countdown_of(on.at, on.ends_at - on.at) if on else None
    is_due = on is None and coming is not None and coming.at <= now
    return Timer(
        stage=stage.stage,
        on=on,
        countdown=countdown,
        phase=countdown.phase(now) if countdown else Phase.OVER if is_due else Phase.CALM,
        coming=coming,
        is_held=stage.held_since_at is not None,
        is_empty=not stage.slots,
        message=next((each for each in messages if each.stage_id in (None, stage.stage.id)), None),
    )
