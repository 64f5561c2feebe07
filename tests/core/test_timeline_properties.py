"""What holds for the projection of every running order, whatever was pressed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from coordinator.core.timeline import (
    Projection,
    SlotPlan,
    SlotState,
    planned_starts,
    project,
    told,
)
from tests.core.stages import CURFEW, at, minutes


def plans(*, facts: bool) -> st.SearchStrategy[list[SlotPlan]]:
    """Running orders as wild as a night can make them; facts, if wanted, lie within the first four hours."""
    pressed = st.none() | st.integers(0, 240).map(at) if facts else st.none()
    slot = st.builds(
        SlotPlan,
        key=st.just(""),
        starts_at=st.integers(0, 300).map(at),
        length=st.integers(0, 60).map(minutes),
        changeover=st.integers(20, 40).map(minutes),
        changeover_min=st.integers(0, 20).map(minutes),
        pinned=st.booleans(),
        early_ok=st.booleans(),
        cancelled=st.booleans(),
        extension=st.integers(0, 15).map(minutes),
        late_by=st.none() | st.integers(0, 40).map(minutes),
        started_at=pressed,
        ended_at=pressed,
    )
    return st.lists(slot, min_size=1, max_size=6).map(
        lambda plan: [replace(slot, key=f"slot {number}") for number, slot in enumerate(plan)]
    )


NOWS = st.integers(240, 400).map(at)
BEFORE_FACTS = st.integers(-120, 400).map(at)


@given(plans(facts=True), NOWS, st.booleans())
def test_what_is_shown_is_told_or_pushed_later_by_the_clock(
    plan: list[SlotPlan], now: datetime, attended: bool
) -> None:
    shown, as_told = project(plan, at(CURFEW), now, attended=attended), told(plan, at(CURFEW))

    assert _none_earlier(as_told, shown)
    assert [slot.state for slot in shown.slots] == [slot.state for slot in as_told.slots]
    assert shown.expects == as_told.expects
    assert attended or as_told.attended or shown.slots == as_told.slots


@given(plans(facts=True), NOWS, st.integers(1, 600))
def test_nothing_grows_once_times_stand_still(plan: list[SlotPlan], now: datetime, waited: int) -> None:
    shown, later = (project(plan, at(CURFEW), at_, attended=True) for at_ in (now, now + minutes(waited)))

    assert not shown.frozen or later == shown


@given(plans(facts=True), NOWS)
def test_a_missing_press_pushes_nobody_by_more_than_the_patience(plan: list[SlotPlan], now: datetime) -> None:
    tame = [replace(slot, early_ok=False) for slot in plan]
    as_told = told(tame, None)
    assume([slot.state for slot in as_told.slots].count(SlotState.ON) < 2)

    shown = project(tame, None, now, attended=True)

    for before, after in zip(as_told.slots, shown.slots, strict=True):
        assert not before.starts_at or not after.starts_at or after.starts_at - before.starts_at <= minutes(15)


@given(plans(facts=False))
def test_without_facts_a_slot_is_told_where_it_is_planned(plan: list[SlotPlan]) -> None:
    assert planned_starts(plan) == {slot.key: slot.starts_at for slot in told(plan, None).slots}


@given(plans(facts=True))
def test_facts_move_no_slot_in_the_plan(plan: list[SlotPlan]) -> None:
    unpressed = [replace(slot, started_at=None, ended_at=None) for slot in plan]

    assert planned_starts(plan) == planned_starts(unpressed)


@given(plans(facts=True), NOWS, st.data())
def test_lateness_never_makes_a_later_slot_earlier(plan: list[SlotPlan], now: datetime, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(plan) - 1))
    later = replace(plan[place], late_by=(plan[place].late_by or minutes(0)) + data.draw(_lengths()))

    before = project(plan, None, now)
    after = project([*plan[:place], later, *plan[place + 1 :]], None, now)

    assert _none_earlier(before, after)


@given(plans(facts=True), NOWS, st.data())
def test_an_extension_never_makes_a_slot_earlier(plan: list[SlotPlan], now: datetime, data: st.DataObject) -> None:
    extended = [replace(slot, extension=slot.extension + data.draw(_lengths())) for slot in plan]

    assert _none_earlier(project(plan, None, now), project(extended, None, now))


@given(plans(facts=True), NOWS, st.integers(0, 120))
def test_as_time_goes_by_no_slot_becomes_earlier(plan: list[SlotPlan], now: datetime, waited: int) -> None:
    before, after = project(plan, at(CURFEW), now), project(plan, at(CURFEW), now + minutes(waited))

    assert _none_earlier(before, after)
    assert [slot.state for slot in before.slots] == [slot.state for slot in after.slots]
    assert after.over_curfew >= before.over_curfew


@given(plans(facts=True), NOWS)
def test_a_changeover_to_come_is_never_under_its_minimum(plan: list[SlotPlan], now: datetime) -> None:
    windows = [
        seen.starts_at - seen.window_starts_at - slot.changeover_min
        for slot, seen in zip(plan, project(plan, None, now).slots, strict=True)
        if seen.state is SlotState.TO_COME and seen.starts_at and seen.window_starts_at
    ]

    assert all(spare >= minutes(0) for spare in windows)


@given(plans(facts=True), NOWS)
def test_nobody_is_pulled_forward_who_may_not_start_early(plan: list[SlotPlan], now: datetime) -> None:
    lateness = [
        seen.late
        for slot, seen in zip(plan, project(plan, None, now).slots, strict=True)
        if seen.state is SlotState.TO_COME and seen.late is not None and (slot.pinned or not slot.early_ok)
    ]

    assert all(late >= minutes(0) for late in lateness)


@given(plans(facts=False), BEFORE_FACTS, st.data())
def test_the_time_of_a_cancelled_slot_is_given_to_nobody(
    plan: list[SlotPlan], now: datetime, data: st.DataObject
) -> None:
    steady = [replace(slot, early_ok=False, cancelled=False) for slot in plan]
    gone = data.draw(st.sets(st.sampled_from([slot.key for slot in plan]))) if plan else set()

    full = project(steady, None, now)
    thinned = project([replace(slot, cancelled=slot.key in gone) for slot in steady], None, now)

    for slot in steady:
        left, was = thinned[slot.key].starts_at, full[slot.key].starts_at
        assert left is None or was is None or slot.starts_at <= left <= was


@given(plans(facts=False), BEFORE_FACTS, st.integers(240, 600).map(at))
def test_latest_starts_are_kept_just_when_curfew_and_promises_are(
    plan: list[SlotPlan], now: datetime, curfew_at: datetime
) -> None:
    projection = project(plan, curfew_at, now)

    to_come = [seen for seen in projection.slots if seen.state is SlotState.TO_COME]
    in_time = all(seen.latest_start_at is None or _not_after(seen.starts_at, seen.latest_start_at) for seen in to_come)

    assert in_time == (projection.over_curfew == minutes(0) and projection.conflicts == ())


@given(plans(facts=True), NOWS)
def test_the_table_of_states_is_followed_literally(plan: list[SlotPlan], now: datetime) -> None:
    projection = project(plan, None, now)

    assert [slot.state for slot in projection.slots] == [_state(plan, place) for place in range(len(plan))]
    assert [
        (slot.starts_at, slot.ends_at)
        for slot in projection.slots
        if slot.state in (SlotState.ON, SlotState.ENDED) and _pressed(plan, slot.key)
    ] == [_played(plan, place, _clock(plan, now)) for place in range(len(plan)) if _plays(plan, place)]


def _lengths() -> st.SearchStrategy[timedelta]:
    return st.integers(0, 60).map(minutes)


def _not_after(at_: datetime | None, other_at: datetime) -> bool:
    return at_ is not None and at_ <= other_at


def _none_earlier(before: Projection, after: Projection) -> bool:
    return all(
        was.starts_at is None or (now.starts_at is not None and now.starts_at >= was.starts_at)
        for was, now in zip(before.slots, after.slots, strict=True)
    )


def _presses_after(slots: Sequence[SlotPlan], place: int) -> list[datetime]:
    further = [slot.started_at or slot.ended_at for slot in slots[place + 1 :] if not slot.cancelled]
    return [press for press in further if press is not None]


def _state(slots: Sequence[SlotPlan], place: int) -> SlotState:
    slot, presses = slots[place], _presses_after(slots, place)
    if slot.cancelled:
        return SlotState.CANCELLED
    if slot.ended_at or (slot.started_at and any(press >= slot.started_at for press in presses)):
        return SlotState.ENDED
    if slot.started_at:
        return SlotState.ON
    return SlotState.PASSED if presses else SlotState.TO_COME


def _pressed(slots: Sequence[SlotPlan], key: str) -> bool:
    return any(slot.key == key and slot.started_at is not None for slot in slots)


def _clock(slots: Sequence[SlotPlan], now: datetime) -> datetime:
    """No later than 15 minutes after the end that is expected; of several that are on, the first one's."""
    ends = [
        slot.started_at + slot.length + slot.extension
        for place, slot in enumerate(slots)
        if slot.started_at and _state(slots, place) is SlotState.ON
    ]
    return min(now, ends[0] + minutes(15)) if ends else now


def _plays(slots: Sequence[SlotPlan], place: int) -> bool:
    return not slots[place].cancelled and slots[place].started_at is not None


def _played(slots: Sequence[SlotPlan], place: int, now: datetime) -> tuple[datetime, datetime]:
    slot = slots[place]
    assert slot.started_at is not None
    if slot.ended_at is not None:
        return min(slot.started_at, slot.ended_at), slot.ended_at
    ends_at = slot.started_at + slot.length + slot.extension
    presses = [press for press in _presses_after(slots, place) if press >= slot.started_at]
    return slot.started_at, min([ends_at, *presses]) if presses else max(ends_at, now)
