"""Working out a stage: three walks along the running order, each linear in its slots."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from coordinator.core.timeline.plan import NOTHING, SlotPlan
from coordinator.core.timeline.projection import Conflict, ConflictKind, ProjectedSlot, Projection, SlotState


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


class _Ahead(NamedTuple):
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
