"""The words for where somebody stands."""

from datetime import UTC, datetime, timedelta

import pytest

from coordinator.core.arrivals import ArrivalState, crew_state, performer_state
from coordinator.core.timeline import SlotState

CALL = datetime(2026, 12, 5, 0, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("slot", "is_here", "is_side_stage", "late", "after", "state"),
    [
        (SlotState.TO_COME, False, False, None, 0, "expected"),
        (SlotState.TO_COME, False, False, None, 1, "missing"),
        (SlotState.TO_COME, False, False, 20, 20, "late"),
        (SlotState.TO_COME, False, False, 20, 21, "missing"),
        (SlotState.TO_COME, True, False, 20, 5, "here"),
        (SlotState.TO_COME, True, True, None, 5, "side_stage"),
        (SlotState.ON, True, True, None, 60, "on"),
        (SlotState.ENDED, True, False, None, 90, "done"),
        (SlotState.PASSED, False, False, None, 90, "done"),
    ],
)
def test_a_performer_stands_where_the_night_says(
    slot: SlotState, is_here: bool, is_side_stage: bool, late: int | None, after: int, state: str
) -> None:
    said = performer_state(
        slot,
        is_here=is_here,
        is_side_stage=is_side_stage,
        call_at=CALL,
        late_until=CALL + late * MINUTE if late is not None else None,
        now=CALL + after * MINUTE,
    )

    assert said == ArrivalState(state)


@pytest.mark.parametrize(
    ("sign_up", "late", "after", "state"),
    [
        ("confirmed", None, 0, "expected"),
        ("confirmed", None, 1, "missing"),
        ("confirmed", 25, 20, "late"),
        ("checked_in", None, 5, "here"),
        ("checked_in", None, 15, "on"),
        ("checked_in", None, 71, "done"),
        ("confirmed", None, 69, "missing"),
        ("confirmed", None, 70, "no_show"),
        ("no_show", None, 20, "no_show"),
        ("done", None, 30, "done"),
    ],
)
def test_somebody_of_the_crew_stands_where_their_shift_does(
    sign_up: str, late: int | None, after: int, state: str
) -> None:
    """A shift from 10 minutes after the call, for an hour."""
    said = crew_state(
        sign_up,
        starts_at=CALL + 10 * MINUTE,
        ends_at=CALL + 70 * MINUTE,
        call_at=CALL,
        late_until=CALL + late * MINUTE if late is not None else None,
        now=CALL + after * MINUTE,
    )

    assert said == ArrivalState(state)
