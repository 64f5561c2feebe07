"""The overview of one show: where it stands, who has answered, what goes out next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...core.timeline import ProjectedSlot
from ...events.models import Event
from ...lineup.models import Slot
from ...messaging.models import Message
from ...messaging.queries import Counts, counts, next_due
from ...shifts.models import Role, Shift
from ...shifts.queries import Times, shift_times, shifts_of
from ...shownight.queries import Night, StageNight, night
from .needs import Need, needs_of


@dataclass(frozen=True, slots=True)
class Row:
    """One slot of the running order, the changeover before it, and the next text about it."""

    slot: Slot
    seen: ProjectedSlot
    changeover_at: datetime | None
    changeover: timedelta | None
    next_text: Message | None


@dataclass(frozen=True, slots=True)
class Lane:
    """One role over the evening: its shifts, who is on them, places still open."""

    role: Role
    shifts: tuple[tuple[Shift, Times], ...]
    names: tuple[str, ...]
    open_places: int
    missing: int  # places under the minimum


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the overview shows."""

    event: Event
    night: Night
    rows: tuple[tuple[StageNight, tuple[Row, ...]], ...]
    lanes: tuple[Lane, ...]
    needs: tuple[Need, ...]
    next_texts: tuple[Message, ...]
    counts: Counts

    @property
    def playing(self) -> list[Slot]:
        return [slot for slot in self.night.slots if slot.act is not None and slot.cancelled_at is None]

    @property
    def confirmed(self) -> int:
        return sum(slot.answer == "confirmed" for slot in self.playing)

    @property
    def unconfirmed_names(self) -> list[str]:
        return [slot.name for slot in self.playing if slot.answer != "confirmed"]

    @property
    def places(self) -> int:
        return sum(shift.max for lane in self.lanes for shift, _ in lane.shifts)

    @property
    def places_taken(self) -> int:
        return sum(len(shift.holding) for lane in self.lanes for shift, _ in lane.shifts)

    @property
    def last_end(self) -> StageNight | None:
        """The stage that ends last."""
        ending = [stage for stage in self.night.stages if stage.projection.projected_end_at]
        return max(ending, key=lambda stage: stage.projection.projected_end_at or self.night.now, default=None)


def overview_of(event: Event, now: datetime) -> Overview:
    """The overview of an event at ``now``, in the same number of queries however long it is."""
    tonight = night(event.id, now)
    shifts = shifts_of(event)
    upcoming = next_due(event.id, now, 500)
    by_slot: dict[int, Message] = {}
    for message in upcoming:
        if message.slot_id is not None:
            by_slot.setdefault(message.slot_id, message)
    return Overview(
        event=event,
        night=tonight,
        rows=tuple((stage, tuple(_rows(stage, by_slot))) for stage in tonight.stages),
        lanes=tuple(_lanes(shifts, tonight)),
        needs=tuple(needs_of(event, tonight, shifts, now)),
        next_texts=tuple(upcoming[:5]),
        counts=counts(event.id, now),
    )


def _rows(stage: StageNight, by_slot: dict[int, Message]) -> list[Row]:
    rows = []
    for slot, seen in stage.pairs():
        window = seen.starts_at - seen.window_starts_at if seen.starts_at and seen.window_starts_at else None
        rows.append(Row(slot, seen, seen.window_starts_at, window, by_slot.get(slot.id)))
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
