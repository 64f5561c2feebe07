from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.timeline import (
    Anchor,
    Conflict,
    ConflictKind,
    ProjectedSlot,
    Projection,
    SlotPlan,
    SlotState,
    project,
)

EIGHT = datetime(2026, 6, 12, 18, tzinfo=UTC)  # 20:00 in Berlin; every number below is minutes after it
CURFEW = 180


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def at(count: float) -> datetime:
    return EIGHT + minutes(count)


def a_slot(key: str, after: int, length: int = 30, changeover: int = 20, least: int = 10) -> SlotPlan:
    return SlotPlan(key, at(after), minutes(length), minutes(changeover), minutes(least))


def three_acts() -> list[SlotPlan]:
    return [a_slot("a", 0, 30), a_slot("b", 50, 40), a_slot("c", 110, 60)]


def starts(projection: Projection) -> list[float | None]:
    """The projected starts in minutes after eight."""
    return [None if slot.starts_at is None else (slot.starts_at - EIGHT) / minutes(1) for slot in projection.slots]


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


@pytest.mark.parametrize(
    ("now", "started", "ended", "expected_starts", "end", "over", "recoverable"),
    [
        (-60, None, None, [0, 50, 110], 170, 0, 20),
        (12, None, None, [12, 52, 110], 170, 0, 8),
        (26, 25, None, [25, 65, 115], 175, 0, 0),
        (23, 0, 22, [0, 50, 110], 170, 0, 20),
        (41, 0, None, [0, 51, 110], 170, 0, 9),
        (41, 40, None, [40, 80, 130], 190, 10, 0),
    ],
    ids=["on plan", "nobody pressed start", "25 late", "ended early", "still on", "40 late"],
)
def test_the_worked_example_comes_out(
    now: int,
    started: int | None,
    ended: int | None,
    expected_starts: list[float],
    end: int,
    over: int,
    recoverable: int,
) -> None:
    first, *others = three_acts()
    first = replace(
        first,
        started_at=None if started is None else at(started),
        ended_at=None if ended is None else at(ended),
    )

    projection = project([first, *others], at(CURFEW), at(now))

    assert starts(projection) == expected_starts
    assert projection.projected_end_at == at(end)
    assert (projection.over_curfew, projection.recoverable) == (minutes(over), minutes(recoverable))


def test_an_act_that_may_start_early_moves_up() -> None:
    a, b, c = three_acts()
    ended = replace(a, started_at=at(0), ended_at=at(22))

    assert starts(project([ended, replace(b, early_ok=True), c], at(CURFEW), at(23))) == [0, 32, 110]


def test_a_projected_slot_says_all_that_is_known_of_it() -> None:
    a, b, _ = three_acts()

    projection = project([a, b], at(CURFEW), at(12))

    assert projection["b"] == ProjectedSlot(
        key="b",
        state=SlotState.TO_COME,
        starts_at=at(52),
        ends_at=at(92),
        window_starts_at=at(42),
        changeover_starts_at=at(42),
        late=minutes(2),
        squeezed=True,
        at_minimum=True,
        latest_start_at=at(140),
    )


def test_a_slot_nobody_knows_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        project(three_acts(), None, at(0))["d"]


def test_no_slots_take_no_time() -> None:
    assert project([], at(CURFEW), at(0)) == Projection((), None, minutes(0), minutes(0), ())


def test_the_slot_that_is_on_and_the_next_one_are_at_hand() -> None:
    a, b, c = three_acts()
    projection = project([replace(a, started_at=at(0)), b, c], None, at(10))

    assert (projection.on, projection.next) == (projection["a"], projection["b"])


def test_before_the_first_and_after_the_last_slot_nothing_is_on_or_next() -> None:
    ended = replace(a_slot("a", 0), started_at=at(0), ended_at=at(30))

    assert project([a_slot("a", 0)], None, at(-10)).on is None
    assert project([ended], None, at(31)).next is None


def test_the_anchors_of_a_slot_are_its_projected_times() -> None:
    a, b, c = three_acts()
    projection = project([a, b, replace(c, cancelled=True)], None, at(12))

    assert [projection.anchor("a", name) for name in ("changeover_start", "set_start", "set_end")] == [
        at(-8),
        at(12),
        at(42),
    ]
    assert [projection.anchor("b", name) for name in ("changeover_start", "set_start", "set_end")] == [
        at(42),
        at(52),
        at(92),
    ]
    assert [projection.anchor("c", name) for name in ("changeover_start", "set_start", "set_end")] == [None] * 3


@pytest.mark.parametrize("name", [Anchor.DOORS, Anchor.CURFEW, Anchor.SHIFT_START, "encore"])
def test_a_slot_has_no_other_anchors(name: str) -> None:
    with pytest.raises(ValueError, match="is no anchor of a slot"):
        project(three_acts(), None, at(0)).anchor("a", name)


def test_a_slot_that_was_passed_has_no_times() -> None:
    a, b, _ = three_acts()

    projection = project([a, replace(b, started_at=at(55))], None, at(60))

    assert projection["a"] == ProjectedSlot("a", SlotState.PASSED)


def test_a_cancelled_slot_has_no_times_whatever_was_pressed() -> None:
    pressed = replace(a_slot("a", 0), cancelled=True, started_at=at(0), ended_at=at(30))

    assert project([pressed], None, at(40)).slots == (ProjectedSlot("a", SlotState.CANCELLED),)


def test_the_presses_of_a_cancelled_slot_end_nobody_s_set() -> None:
    a, b, _ = three_acts()
    on = replace(a, started_at=at(0))

    projection = project([on, replace(b, cancelled=True, started_at=at(10))], None, at(20))

    assert projection["a"].state is SlotState.ON


def test_a_forgotten_stop_is_the_first_press_after_it_even_out_of_order() -> None:
    a, b, c = three_acts()

    projection = project(
        [replace(a, started_at=at(20)), replace(b, started_at=at(5)), replace(c, started_at=at(41))], None, at(60)
    )

    assert [(slot.state, slot.ends_at) for slot in projection.slots] == [
        (SlotState.ENDED, at(41)),
        (SlotState.ENDED, at(41)),
        (SlotState.ON, at(101)),
    ]


def test_an_end_without_a_start_follows_the_act_before_it() -> None:
    a, b, _ = three_acts()
    before = replace(a, started_at=at(30), ended_at=at(65))

    assert starts(project([before, replace(b, ended_at=at(110))], None, at(112))) == [30, 65]
    assert starts(project([before, replace(b, ended_at=at(60))], None, at(112))) == [30, 60]


def test_presses_out_of_order_never_free_the_stage_again() -> None:
    a, b, c = three_acts()

    projection = project([replace(a, ended_at=at(115)), replace(b, ended_at=at(90)), c], None, at(116))

    assert starts(projection) == [0, 90, 125]


def test_an_extension_counts_only_while_the_set_is_on() -> None:
    extended = replace(a_slot("a", 0), extension=minutes(10))

    assert project([extended], None, at(-5)).projected_end_at == at(30)
    assert project([replace(extended, started_at=at(0))], None, at(5)).projected_end_at == at(40)


def test_no_lateness_is_not_the_same_as_none_declared() -> None:
    a, b, _ = three_acts()
    early = replace(b, early_ok=True)

    assert starts(project([a, early], None, at(0))) == [0, 40]
    assert starts(project([a, replace(early, late_by=minutes(0))], None, at(0))) == [0, 50]


def test_a_pinned_slot_limits_those_before_it_without_a_curfew() -> None:
    a, b, c = three_acts()

    projection = project([a, replace(b, pinned=True), c], None, at(0))

    assert [slot.latest_start_at for slot in projection.slots] == [at(10), at(50), None]


def test_a_pinned_slot_that_cannot_hold_is_pushed_and_reported() -> None:
    a, b, _ = three_acts()

    projection = project([replace(a, started_at=at(25)), replace(b, pinned=True)], None, at(26))

    assert starts(projection) == [25, 65]
    assert projection.conflicts == (Conflict(ConflictKind.CANNOT_HOLD, "b", minutes(15)),)


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
    ] == [_played(plan, place, now) for place in range(len(plan)) if _plays(plan, place)]


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
