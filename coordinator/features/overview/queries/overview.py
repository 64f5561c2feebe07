"""The overview of one show: its state, who has answered, what goes out next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from coordinator.core.show_days import ShowDay
from coordinator.core.show_time import calendar_day
from coordinator.core.timeline import ProjectedSlot
from coordinator.events.models import Event
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.messaging.models import Message, MessageKind
from coordinator.messaging.queries.texts import Counts, counts, next_due
from coordinator.shifts.models import Role, Shift
from coordinator.shifts.queries.planned import Times, shift_times, shifts_of
from coordinator.shownight.queries import Night, StageNight, night

from .needs import Need, needs_of

FIRST_NEEDS = 8  # how many are shown before the rest is collapsed
NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One slot of the running order, the changeover before it, and the next text about it.

    ``changeover``: None before the first slot, and if nothing is left of it.
    """

    slot: Slot
    seen: ProjectedSlot
    changeover_at: datetime | None
    changeover: timedelta | None
    next_text: Message | None

    @property
    def ends_at(self) -> datetime:
        """Its projected end; the planned one if there is none."""
        return self.seen.ends_at or self.slot.starts_at + self.slot.length


@dataclass(frozen=True, slots=True)
class Lane:
    """One role over the evening: its shifts, who is on them, spots still open."""

    role: Role
    shifts: tuple[tuple[Shift, Times], ...]
    names: tuple[str, ...]
    open_places: int
    missing: int  # spots under the minimum


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the overview shows: answers and needs of the whole event, the plan of one show day."""

    event: Event
    day: ShowDay
    night: Night
    rows: tuple[tuple[StageNight, tuple[OverviewRow, ...]], ...]
    lanes: tuple[Lane, ...]
    needs: tuple[Need, ...]
    next_texts: tuple[Message, ...]
    counts: Counts

    @property
    def playing(self) -> list[Slot]:
        return [slot for slot in self.night.slots if slot.act is not None and slot.cancelled_at is None]

    @property
    def confirmed(self) -> int:
        return sum(slot.answer == ActAnswer.CONFIRMED for slot in self.playing)

    @property
    def unconfirmed_names(self) -> list[str]:
        return [slot.name for slot in self.playing if slot.answer != ActAnswer.CONFIRMED]

    @property
    def places(self) -> int:
        return sum(shift.max for lane in self.lanes for shift, _ in lane.shifts)

    @property
    def places_taken(self) -> int:
        return sum(len(shift.holding) for lane in self.lanes for shift, _ in lane.shifts)

    @property
    def first_needs(self) -> Sequence[Need]:
        return self.needs[:FIRST_NEEDS]

    @property
    def other_needs(self) -> Sequence[Need]:
        return self.needs[FIRST_NEEDS:]

    @property
    def has_calls(self) -> bool:
        """Whether anyone has to be called, for any reason."""
        return any(need.kind in ("call", "silent", "failed", "unanswered") for need in self.needs)

    def is_today(self, at: datetime) -> bool:
        """Whether the calendar at the show has the same day as now."""
        zone = ZoneInfo(self.event.zone)
        return calendar_day(at, zone) == calendar_day(self.night.now, zone)

    @property
    def last_end(self) -> StageNight | None:
        """The stage that ends last on the day."""
        ending = [stage for stage, _ in self.rows if stage.projection.projected_end_at]
        return max(ending, key=lambda stage: stage.projection.projected_end_at or self.night.now, default=None)

    @property
    def before_curfew(self) -> timedelta:
        """How long before its curfew that stage ends; zero without a curfew, or past it."""
        stage = self.last_end
        if stage is None or stage.curfew_at is None or stage.projection.projected_end_at is None:
            return NOTHING
        return max(NOTHING, stage.curfew_at - stage.projection.projected_end_at)


def overview_of(event: Event, now: datetime, day: ShowDay | None = None) -> Overview:
    """The overview of an event at ``now``, in the same number of queries however long it is.

    ``day`` is whose plan it shows; by default the one that is on, or else the next.
    """
    day = day or event.current_day(now)
    tonight = night(event.id, now)
    shifts = shifts_of(event)
    upcoming = next_due(event.id, 500)
    by_slot: dict[int, Message] = {}
    for message in upcoming:
        if message.slot_id is not None and message.kind != MessageKind.ALERT:  # which goes to the stage manager
            by_slot.setdefault(message.slot_id, message)
    return Overview(
        event=event,
        day=day,
        night=tonight,
        rows=tuple((stage, tuple(_rows(stage, by_slot))) for stage in tonight.stages_on(day)),
        lanes=tuple(_lanes([shift for shift in shifts if event.day_of(shift.starts_at) == day], tonight)),
        needs=tuple(needs_of(event, tonight, shifts, now)),
        next_texts=tuple(upcoming[:5]),
        counts=counts(event.id),
    )


def _rows(stage: StageNight, by_slot: dict[int, Message]) -> list[OverviewRow]:
    rows = []
    for slot, seen in stage.pairs():
        window = seen.starts_at - seen.window_starts_at if seen.starts_at and seen.window_starts_at else NOTHING
        changeover = window if window > NOTHING else None
        rows.append(OverviewRow(slot, seen, seen.window_starts_at, changeover, by_slot.get(slot.id)))
    return rows


def _lanes(shifts: Sequence[Shift], tonight: Night) -> list[Lane]:
    by_role: dict[int, list[Shift]] = {}
    for shift in shifts:
        if shift.cancelled_at is None:
            by_role.setdefault(shift.role_id, []).append(shift)
    return [_lane(of_role, tonight) for of_role in by_role.values()]


def _lane(shifts: Sequence[Shift], tonight: Night) -> Lane:
    names = {sign_up.person.first_name: None for shift in shifts for sign_up in shift.holding}
    return Lane(
        role=shifts[0].role,
        shifts=tuple((shift, shift_times(shift, tonight)) for shift in shifts),
        names=tuple(names),
        open_places=sum(shift.places_left for shift in shifts),
        missing=sum(max(0, shift.min - len(shift.holding)) for shift in shifts),
    )
