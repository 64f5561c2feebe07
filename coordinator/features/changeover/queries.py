"""What stands on the card of a changeover."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from coordinator.core.timeline import ProjectedSlot, SlotState
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.lineup.models import Slot
from coordinator.reminders.queries.asking import coming_of
from coordinator.shifts.models import SignUp, SignUpState
from coordinator.shifts.queries.planned import Crews, shift_times, shifts_of
from coordinator.shownight.models import ReadyPart, ReadyTick
from coordinator.shownight.queries import Night, StageNight

HOURS_AWAY = timedelta(hours=3)
EXPECTED = (SignUpState.CONFIRMED, SignUpState.CHECKED_IN)


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody of the crew. ``coming``: how sure it is that they come, until they are here."""

    sign_up: SignUp
    coming: str

    @property
    def is_here(self) -> bool:
        return self.sign_up.state == SignUpState.CHECKED_IN


@dataclass(frozen=True, slots=True)
class Changeover:
    """The changeover before a slot.

    ``out``: who plays before it; None: nobody. ``free_at``: when the stage is, or was, free; ``due_at``: the start that
    people are told. ``ready``: the ticks that stand, by part.
    """

    stage: StageNight
    slot: Slot
    seen: ProjectedSlot
    out: Slot | None
    free_at: datetime | None
    due_at: datetime | None
    crew: Sequence[Hand]
    ready: Mapping[str, ReadyTick]

    @property
    def is_to_come(self) -> bool:
        """Whether the slot can still be started."""
        return self.seen.state is SlotState.TO_COME

    @property
    def out_is_on(self) -> bool:
        """Whether who leaves is still playing."""
        return self.out is not None and self.stage.seen(self.out).state is SlotState.ON

    @property
    def left(self) -> timedelta | None:
        """Until the told start; negative when it is past. None: it has none, or it is hours away."""
        left = self.due_at - self.stage.now if self.due_at else None
        return left if left is not None and abs(left) < HOURS_AWAY else None

    @property
    def is_late(self) -> bool:
        """Whether the told start is past."""
        return self.due_at is not None and self.due_at < self.stage.now

    @property
    def is_ready(self) -> bool:
        """Whether every part is ticked."""
        return all(part in self.ready for part in ReadyPart)


def changeover_before(night: Night, slot: Slot) -> Changeover:
    """The changeover before this slot, as it stands. Raises KeyError for a slot that is not in this night."""
    stage = night.stage_of(slot.id)
    seen, told = stage.seen(slot), night.told(slot.id)
    out = _out(stage, slot)
    crew = _crew(night.event, night, slot, told.changeover_starts_at)
    return Changeover(stage, slot, seen, out, seen.window_starts_at, told.starts_at, crew, ready_for(slot.id))


def ready_for(slot_id: int) -> dict[str, ReadyTick]:
    """The ticks of a slot that stand, by part."""
    standing = select(ReadyTick).where(ReadyTick.slot_id == slot_id, ReadyTick.undone_at.is_(None))
    return {tick.part: tick for tick in db.session.scalars(standing.order_by(ReadyTick.id))}


def _out(stage: StageNight, slot: Slot) -> Slot | None:
    """The last slot before this one that takes place."""
    before = stage.slots[: stage.slots.index(slot)]
    return next((each for each in reversed(before) if stage.seen(each).state is not SlotState.CANCELLED), None)


def _crew(event: Event, night: Night, slot: Slot, changeover_at: datetime | None) -> list[Hand]:
    shifts = Crews(each for each in shifts_of(event) if each.cancelled_at is None).of(slot.id, changeover_at)
    shifts.sort(key=lambda shift: shift_times(shift, night).starts_at or shift.starts_at)
    people = [sign_up for shift in shifts for sign_up in shift.sign_ups if sign_up.state in EXPECTED]
    coming = coming_of(people)
    return [Hand(sign_up, coming.get(sign_up.id, "")) for sign_up in people]
