"""The public lineup: acts and times, never a phone and no names but the acts'."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from coordinator.core.show_days import ShowDay
from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import ProjectedSlot, SlotState
from coordinator.db import db
from coordinator.events.models import Event, Stage
from coordinator.lineup.models import Slot, SlotKind
from coordinator.people.models import Person
from coordinator.shifts.models import Shift
from coordinator.shifts.queries.planned import ShiftAtItsTimes, Times, shift_times
from coordinator.shifts.queries.promises import promised_to_others
from coordinator.shownight.queries import Night, StageNight, night_of

from .about import about_in_two, directions_to

WORTH_TELLING = timedelta(minutes=5)  # a smaller move is not shown, as it is not texted


@dataclass(frozen=True, slots=True)
class DayLineup:
    """One show day: the entries of each stage that has any, and when the first set is advertised to start."""

    day: ShowDay
    stages: Sequence[tuple[Stage, Sequence["LineupEntry"]]]

    @property
    def music_at(self) -> datetime | None:
        return min((entry.slot.starts_at for _, entries in self.stages for entry in entries), default=None)


@dataclass(frozen=True, slots=True)
class LineupEntry:
    """One line of the lineup. ``now_at`` is where a move put it; None if it is at its advertised time."""

    slot: Slot
    seen: ProjectedSlot
    now_at: datetime | None

    @property
    def is_on(self) -> bool:
        return self.seen.state is SlotState.ON

    @property
    def is_cancelled(self) -> bool:
        return self.seen.state is SlotState.CANCELLED

    @property
    def is_done(self) -> bool:
        return self.seen.state in (SlotState.ENDED, SlotState.PASSED)


@dataclass(frozen=True, slots=True)
class Offer(ShiftAtItsTimes):
    """One shift as people may choose it; its times are approximate if it follows a slot."""

    shift: Shift
    times: Times

    @property
    def is_about(self) -> bool:
        return self.shift.follows_slot_id is not None


@dataclass(frozen=True)
class LineUp:
    """An event for the public: its entries by day and stage, and where volunteers are needed."""

    event: Event
    days: Sequence[DayLineup]
    shifts: Sequence[Shift]  # those that are not over, called off or without a time
    night: Night
    closed: Sequence[Shift]  # those that are
    promised: Mapping[int, int]  # for each shift, how many free spots are kept for its waitlist

    @property
    def open_shifts(self) -> list[Shift]:
        return [shift for shift in self.shifts if self.places_free(shift)]

    def places_free(self, shift: Shift) -> int:
        """How many spots anyone may take: neither taken, nor kept for people who were asked first."""
        return max(0, shift.places_left - self.promised.get(shift.id, 0))

    def as_offer(self, shift: Shift) -> Offer:
        return Offer(shift, shift_times(shift, self.night))

    @property
    def places_open(self) -> int:
        return sum(map(self.places_free, self.shifts))

    @property
    def music_at(self) -> datetime | None:
        """When the first set of all is advertised to start."""
        return min((day.music_at for day in self.days if day.music_at), default=None)

    def ends_on(self, day: ShowDay) -> datetime | None:
        """When the last set of this show day ends, as told; None while nothing is planned on it."""
        ends = [stage.told.projected_end_at for stage in self.night.stages_on(day)]
        return max((end for end in ends if end is not None), default=None)

    def about_in(self, language: str) -> tuple[list[str], list[str]]:
        """The paragraphs of the cause: those shown, and those collapsed because it is long."""
        return about_in_two(self.event.about_in(language))

    @property
    def directions(self) -> str | None:
        return directions_to(self.event)


def line_up(event_id: int, now: datetime, person: Person | None = None) -> LineUp:
    """The lineup at ``now``, in the same number of queries however long; spots kept for ``person`` count as free."""
    with_house = select(Event).where(Event.id == event_id).options(joinedload(Event.organisation))
    event = db.session.scalars(with_house.options(selectinload(Event.stages))).one()
    order = select(Slot).where(Slot.event_id == event_id).order_by(Slot.position, Slot.starts_at, Slot.id)
    slots = db.session.scalars(order.options(joinedload(Slot.act))).all()
    tonight = night_of(event, event.stages, slots, now)
    shifts = select(Shift).where(Shift.event_id == event_id).order_by(Shift.starts_at, Shift.id)
    helping = db.session.scalars(shifts.options(joinedload(Shift.role), selectinload(Shift.sign_ups))).all()
    wanted = [shift for shift in helping if is_to_come(shift, tonight)]
    closed = [shift for shift in helping if not is_to_come(shift, tonight)]
    promised = promised_to_others([shift.id for shift in wanted], person, now) if wanted else {}
    days = [
        DayLineup(day, [(stage.stage, entries) for stage in stages if (entries := _entries(stage))])
        for day, stages in tonight.days
    ]
    return LineUp(event, days, wanted, tonight, closed, promised)


def is_to_come(shift: Shift, night: Night) -> bool:
    """Whether someone can still sign up for the shift."""
    ends_at = shift_times(shift, night).ends_at
    return shift.cancelled_at is None and ends_at is not None and ends_at > night.now


def moved_to(slot: Slot, seen: ProjectedSlot) -> datetime | None:
    """The minute at which a slot to come will start, if that is no longer the advertised one."""
    if seen.starts_at is None or seen.state not in (SlotState.TO_COME, SlotState.ON):
        return None
    return whole_minute(seen.starts_at) if abs(seen.starts_at - slot.starts_at) >= WORTH_TELLING else None


def _entries(stage: StageNight) -> list[LineupEntry]:
    told = zip(stage.slots, stage.told.slots, strict=True)
    return [LineupEntry(slot, seen, moved_to(slot, seen)) for slot, seen in told if slot.kind != SlotKind.SOUNDCHECK]
