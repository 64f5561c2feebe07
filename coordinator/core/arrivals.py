"""Where somebody stands on the night, in the same words for performers and crew."""

from datetime import datetime
from enum import StrEnum

from .timeline import SlotState


class ArrivalState(StrEnum):
    """``late``: they said so, and are not due yet by their own word. ``missing``: their call has passed.

    ``no_show``: somebody marked that they did not come, or their shift is over and nobody has seen them.
    """

    EXPECTED = "expected"
    LATE = "late"
    MISSING = "missing"
    NO_SHOW = "no_show"
    HERE = "here"
    SIDE_STAGE = "side_stage"
    ON = "on"
    DONE = "done"


def performer_state(
    slot: SlotState,
    *,
    is_here: bool,
    is_side_stage: bool,
    call_at: datetime,
    late_until: datetime | None,
    now: datetime,
) -> ArrivalState:
    """Of somebody of an act that is not canceled. ``late_until``: when they say that they will be there."""
    if slot in (SlotState.ENDED, SlotState.PASSED):
        return ArrivalState.DONE
    if slot is SlotState.ON:
        return ArrivalState.ON
    if is_side_stage:
        return ArrivalState.SIDE_STAGE
    return ArrivalState.HERE if is_here else _awaited(call_at, late_until, now)


def crew_state(
    state: str, *, starts_at: datetime, ends_at: datetime, call_at: datetime, late_until: datetime | None, now: datetime
) -> ArrivalState:
    """Of somebody on a shift; ``state`` is that of their sign-up: confirmed, checked_in, no_show or done."""
    if state == "done":
        return ArrivalState.DONE
    if state == "checked_in" and now < starts_at:
        return ArrivalState.HERE
    if state == "checked_in":
        return ArrivalState.ON if now < ends_at else ArrivalState.DONE
    is_no_show = state == "no_show" or ends_at <= now
    return ArrivalState.NO_SHOW if is_no_show else _awaited(call_at, late_until, now)


def _awaited(call_at: datetime, late_until: datetime | None, now: datetime) -> ArrivalState:
    if late_until is not None and now <= late_until:
        return ArrivalState.LATE
    return ArrivalState.MISSING if call_at < now else ArrivalState.EXPECTED
