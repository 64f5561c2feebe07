"""Projects a stage by passes over the running order, each linear in its slots."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from .plan import NOTHING, SlotPlan
from .projection import Conflict, ConflictKind, ExpectedPress, ProjectedSlot, Projection, SlotState

PATIENCE = timedelta(minutes=15)


def project(
    slots: Sequence[SlotPlan], curfew_at: datetime | None, now: datetime, *, attended: bool = False
) -> Projection:
    """What is shown of one stage at ``now``: the clock delays slots whose button was not pressed, for 15 minutes.

    ``attended``: someone runs the stage. Any recorded start or end implies it. On an unattended stage the clock delays
    nothing. Facts must not be later than ``now``.
    """
    as_told = told(slots, curfew_at)
    expects, attended = as_told.expects, attended or as_told.attended
    if expects is None or not attended:
        return replace(as_told, attended=attended)
    patient_until_at = expects.due_at + PATIENCE
    return replace(
        _walk(slots, curfew_at, min(now, patient_until_at)),
        attended=True,
        expects=expects,
        frozen_since_at=patient_until_at if now > patient_until_at else None,
    )


def told(slots: Sequence[SlotPlan], curfew_at: datetime | None) -> Projection:
    """What people are told of one stage: from plan, declarations and facts alone, without the clock.

    ``attended`` here means that someone pressed a button; ``frozen_since_at`` is always None.
    """
    projection = _walk(slots, curfew_at, None)
    return replace(
        projection, attended=any(slot.pressed_at is not None for slot in slots), expects=_expected(slots, projection)
    )


def planned_starts(slots: Sequence[SlotPlan]) -> dict[str, datetime | None]:
    """The start of each slot by key, from plan and declarations alone, as if no button had been pressed.

    None while the slot is cancelled.
    """
    free_at: datetime | None = None
    starts: dict[str, datetime | None] = {}
    for slot in slots:
        starts[slot.key] = None
        if not slot.cancelled:
            starts[slot.key] = starts_at = _earliest_start(slot, free_at, None)
            free_at = starts_at + slot.length
    return starts


def _expected(slots: Sequence[SlotPlan], projection: Projection) -> ExpectedPress | None:
    """The next press that is due: the end of the first running slot, or else the start of the first slot to come."""
    on = next((seen for seen in projection.slots if seen.state is SlotState.ON), None)
    if on is not None and on.ends_at is not None:
        return ExpectedPress("end", on.key, on.ends_at, on.ends_at)
    for slot, seen in zip(slots, projection.slots, strict=True):
        if seen.state is SlotState.TO_COME and seen.starts_at is not None:
            return ExpectedPress("start", slot.key, seen.starts_at, max(seen.starts_at, slot.starts_at))
    return None


def _walk(slots: Sequence[SlotPlan], curfew_at: datetime | None, clock_at: datetime | None) -> Projection:
    """One pass over the slots. No slot begins or ends before ``clock_at`` unless pressed; None is no such limit."""
    ahead = _presses_ahead(slots)
    states = [_state(slot, presses) for slot, presses in zip(slots, ahead, strict=True)]
    latest_starts = _latest_starts(slots, states, curfew_at)
    free_at: datetime | None = None
    projected: list[ProjectedSlot] = []
    for slot, presses, state, latest_start_at in zip(slots, ahead, states, latest_starts, strict=True):
        times = _times(slot, state, presses, free_at, clock_at)
        projected.append(_projected(slot, state, times, free_at, latest_start_at))
        if times is not None:
            free_at = _later(times[1], free_at)
    return _as_a_whole(slots, projected, free_at, curfew_at)


class _Ahead(NamedTuple):
    """Presses further down the list: whether there are any, and the earliest since this slot's start."""

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
    slot: SlotPlan, state: SlotState, ahead: _Ahead, free_at: datetime | None, clock_at: datetime | None
) -> tuple[datetime, datetime] | None:
    if state is SlotState.TO_COME:
        starts_at = _earliest_start(slot, free_at, clock_at)
        return starts_at, starts_at + slot.length
    if state is SlotState.ENDED and slot.ended_at is not None:
        starts_at = slot.started_at or _later(slot.starts_at, free_at)
        return min(starts_at, slot.ended_at), slot.ended_at
    if slot.started_at is None or state is SlotState.CANCELLED:
        return None
    ends_at = slot.started_at + slot.length + slot.extension
    return slot.started_at, min(ends_at, ahead.since_start) if ahead.since_start else _later(ends_at, clock_at)


def _earliest_start(slot: SlotPlan, free_at: datetime | None, clock_at: datetime | None) -> datetime:
    starts_at = slot.starts_at
    if free_at is not None:
        ready_at = free_at + slot.changeover_min
        starts_at = ready_at if slot.early_ok and not slot.pinned else max(starts_at, ready_at)
    if slot.late_by is not None:
        starts_at = max(starts_at, slot.starts_at + slot.late_by)
    return _later(starts_at, clock_at)


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
        changeover_starts_at=_later(starts_at - slot.changeover, free_at) if slot.changeover else None,
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
