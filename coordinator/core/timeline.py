"""The running order as it will really run: one pure function of plan, facts and now, for one stage.

Instants are aware UTC, lengths are timedelta. The rules are set out in docs/timing.md.
"""

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

NOTHING = timedelta(0)


class SlotState(StrEnum):
    """Where a slot stands in the night."""

    CANCELLED = "cancelled"
    ENDED = "ended"
    ON = "on"
    PASSED = "passed"
    TO_COME = "to_come"


class Anchor(StrEnum):
    """What a reminder or a shift can be tied to. The first three belong to a slot; the others stand still."""

    SET_START = "set_start"
    SET_END = "set_end"
    CHANGEOVER_START = "changeover_start"
    DOORS = "doors"
    CURFEW = "curfew"
    SHIFT_START = "shift_start"


@dataclass(frozen=True, slots=True)
class SlotPlan:
    """A slot as planned, with the facts of the night so far.

    ``changeover`` and ``changeover_min`` are what stands before the slot, nominal and at least. ``pinned`` must begin
    at ``starts_at``; ``early_ok`` may begin before it. ``extension`` was granted to a running set. ``late_by`` says
    that it will not begin before that long after ``starts_at``; None is no declaration, zero is one. ``started_at``
    and ``ended_at`` are the presses; either may be missing.
    """

    key: str
    starts_at: datetime
    length: timedelta
    changeover: timedelta
    changeover_min: timedelta
    pinned: bool = False
    early_ok: bool = False
    cancelled: bool = False
    extension: timedelta = NOTHING
    late_by: timedelta | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """The end in the plan."""
        return self.starts_at + self.length

    @property
    def pressed_at(self) -> datetime | None:
        """The recorded start, or else the recorded end; None when nobody pressed anything."""
        return self.started_at or self.ended_at


@dataclass(frozen=True, slots=True)
class ProjectedSlot:
    """A slot as it will really run.

    Without a start (cancelled or passed) every time is None. ``window_starts_at`` is when the stage becomes free before
    it; None when nothing takes time before it. ``changeover_starts_at`` is the same, or the nominal changeover before
    the start when nothing takes time before it. ``late`` is negative when early. ``latest_start_at`` is the last start
    that still keeps the curfew and every pinned slot; only for a slot to come, and None when nothing limits it.
    """

    key: str
    state: SlotState
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    window_starts_at: datetime | None = None
    changeover_starts_at: datetime | None = None
    late: timedelta | None = None
    squeezed: bool = False
    at_minimum: bool = False
    latest_start_at: datetime | None = None


class ConflictKind(StrEnum):
    """``cannot_hold``: a pinned slot that will begin late."""

    CANNOT_HOLD = "cannot_hold"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A promise that cannot be kept, and by how much."""

    kind: ConflictKind
    slot: str
    minutes: timedelta


@dataclass(frozen=True, slots=True)
class Projection:
    """A stage as it will really run.

    ``projected_end_at`` is None when nothing takes time. ``over_curfew`` is how far it runs past the curfew, zero
    without one. ``recoverable`` is how much further delay the coming changeovers can swallow.
    """

    slots: tuple[ProjectedSlot, ...]
    projected_end_at: datetime | None
    over_curfew: timedelta
    recoverable: timedelta
    conflicts: tuple[Conflict, ...]
    _by_key: dict[str, ProjectedSlot] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {slot.key: slot for slot in self.slots})

    def __getitem__(self, key: str) -> ProjectedSlot:
        """The slot with this key. Raises KeyError."""
        return self._by_key[key]

    @property
    def on(self) -> ProjectedSlot | None:
        """The slot that is on now; the last one, should two be."""
        return next((slot for slot in reversed(self.slots) if slot.state is SlotState.ON), None)

    @property
    def next(self) -> ProjectedSlot | None:
        """The first slot to come."""
        return next((slot for slot in self.slots if slot.state is SlotState.TO_COME), None)

    def anchor(self, key: str, name: str) -> datetime | None:
        """The instant of the slot's ``set_start``, ``set_end`` or ``changeover_start``.

        None while the slot has no times (cancelled or passed). Raises KeyError for another slot, ValueError for an
        anchor that is not a slot's own.
        """
        slot = self[key]
        match name:
            case Anchor.SET_START:
                return slot.starts_at
            case Anchor.SET_END:
                return slot.ends_at
            case Anchor.CHANGEOVER_START:
                return slot.changeover_starts_at
        raise ValueError(f"{name!r} is no anchor of a slot; those are set_start, set_end and changeover_start.")


def project(slots: Sequence[SlotPlan], curfew_at: datetime | None, now: datetime) -> Projection:
    """How the running order of one stage will really run, seen at ``now``. Facts must not be later than ``now``."""
    ahead = _presses_ahead(slots)
    states = [_state(slot, presses) for slot, presses in zip(slots, ahead, strict=True)]
    latest_starts = _latest_starts(slots, states, curfew_at)
    free_at: datetime | None = None
    projected: list[ProjectedSlot] = []
    for slot, presses, state, latest_start_at in zip(slots, ahead, states, latest_starts, strict=True):
        times = _times(slot, state, presses, free_at, now)
        projected.append(_projected(slot, state, times, free_at, latest_start_at))
        if times is not None:
            free_at = _later(times[1], free_at)
    return _as_a_whole(slots, projected, free_at, curfew_at)


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What was pressed further down the list: anything at all, and the earliest press since this slot's start."""

    any: bool
    since_start: datetime | None


def _presses_ahead(slots: Sequence[SlotPlan]) -> list[_Ahead]:
    presses: list[datetime] = []
    ahead: list[_Ahead] = []
    for slot in reversed(slots):
        ahead.append(_Ahead(bool(presses), _first_since(presses, slot.started_at)))
        if slot.pressed_at is not None and not slot.cancelled:
            insort(presses, slot.pressed_at)
    ahead.reverse()
    return ahead


def _first_since(presses: Sequence[datetime], since: datetime | None) -> datetime | None:
    if since is None:
        return None
    place = bisect_left(presses, since)
    return presses[place] if place < len(presses) else None


def _state(slot: SlotPlan, ahead: _Ahead) -> SlotState:
    if slot.cancelled:
        return SlotState.CANCELLED
    if slot.ended_at is not None or ahead.since_start is not None:
        return SlotState.ENDED
    if slot.started_at is not None:
        return SlotState.ON
    return SlotState.PASSED if ahead.any else SlotState.TO_COME


def _times(
    slot: SlotPlan, state: SlotState, ahead: _Ahead, free_at: datetime | None, now: datetime
) -> tuple[datetime, datetime] | None:
    if state is SlotState.TO_COME:
        starts_at = _earliest_start(slot, free_at, now)
        return starts_at, starts_at + slot.length
    if state is SlotState.ENDED and slot.ended_at is not None:
        starts_at = slot.started_at or _later(slot.starts_at, free_at)
        return min(starts_at, slot.ended_at), slot.ended_at
    if slot.started_at is None or state is SlotState.CANCELLED:
        return None
    ends_at = slot.started_at + slot.length + slot.extension
    return slot.started_at, min(ends_at, ahead.since_start) if ahead.since_start else max(ends_at, now)


def _earliest_start(slot: SlotPlan, free_at: datetime | None, now: datetime) -> datetime:
    starts_at = now
    if free_at is not None:
        starts_at = max(starts_at, free_at + slot.changeover_min)
    if free_at is None or slot.pinned or not slot.early_ok:
        starts_at = max(starts_at, slot.starts_at)
    if slot.late_by is not None:
        starts_at = max(starts_at, slot.starts_at + slot.late_by)
    return starts_at


def _projected(
    slot: SlotPlan,
    state: SlotState,
    times: tuple[datetime, datetime] | None,
    free_at: datetime | None,
    latest_start_at: datetime | None,
) -> ProjectedSlot:
    if times is None:
        return ProjectedSlot(slot.key, state)
    starts_at, ends_at = times
    return ProjectedSlot(
        key=slot.key,
        state=state,
        starts_at=starts_at,
        ends_at=ends_at,
        window_starts_at=free_at,
        changeover_starts_at=starts_at - slot.changeover if free_at is None else free_at,
        late=starts_at - slot.starts_at,
        squeezed=free_at is not None and starts_at - free_at < slot.changeover,
        at_minimum=free_at is not None and starts_at - free_at <= slot.changeover_min,
        latest_start_at=latest_start_at,
    )


def _latest_starts(
    slots: Sequence[SlotPlan], states: Sequence[SlotState], curfew_at: datetime | None
) -> list[datetime | None]:
    free_by = curfew_at
    latest_starts: list[datetime | None] = []
    for slot, state in zip(reversed(slots), reversed(states), strict=True):
        latest_start_at = None
        if state is SlotState.TO_COME:
            latest_start_at = None if free_by is None else free_by - slot.length
            if slot.pinned:
                latest_start_at = min(latest_start_at or slot.starts_at, slot.starts_at)
            free_by = None if latest_start_at is None else latest_start_at - slot.changeover_min
        latest_starts.append(latest_start_at)
    latest_starts.reverse()
    return latest_starts


def _as_a_whole(
    slots: Sequence[SlotPlan],
    projected: Sequence[ProjectedSlot],
    projected_end_at: datetime | None,
    curfew_at: datetime | None,
) -> Projection:
    over = NOTHING if projected_end_at is None or curfew_at is None else projected_end_at - curfew_at
    to_come = [pair for pair in zip(slots, projected, strict=True) if pair[1].state is SlotState.TO_COME]
    return Projection(
        slots=tuple(projected),
        projected_end_at=projected_end_at,
        over_curfew=max(NOTHING, over),
        recoverable=sum((_recoverable(*pair) for pair in to_come), NOTHING),
        conflicts=tuple(
            Conflict(ConflictKind.CANNOT_HOLD, slot.key, seen.late)
            for slot, seen in to_come
            if slot.pinned and seen.late is not None and seen.late > NOTHING
        ),
    )


def _recoverable(slot: SlotPlan, seen: ProjectedSlot) -> timedelta:
    if seen.starts_at is None or seen.window_starts_at is None:
        return NOTHING
    window = seen.starts_at - seen.window_starts_at
    return max(NOTHING, min(window, slot.changeover) - slot.changeover_min)


def _later(at: datetime, other_at: datetime | None) -> datetime:
    return at if other_at is None else max(at, other_at)
