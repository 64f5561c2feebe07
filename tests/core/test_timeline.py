"""The show night, pressed from its page."""

from dataclasses import replace

import pytest

from coordinator.core.timeline import (
    Anchor,
    Conflict,
    ConflictKind,
    ExpectedPress,
    ProjectedSlot,
    Projection,
    SlotPlan,
    SlotState,
    planned_starts,
    project,
    told,
)
from tests.core.stages import CURFEW, EIGHT, at, minutes


def a_slot(key: str, after: int, length: int = 30, changeover: int = 20, least: int = 10) -> SlotPlan:
    return SlotPlan(key, at(after), minutes(length), minutes(changeover), minutes(least))


def three_acts() -> list[SlotPlan]:
    return [a_slot("a", 0, 30), a_slot("b", 50, 40), a_slot("c", 110, 60)]


def starts(projection: Projection) -> list[float | None]:
    """The projected starts in minutes after eight."""
    return [None if slot.starts_at is None else (slot.starts_at - EIGHT) / minutes(1) for slot in projection.slots]


@pytest.mark.parametrize(
    ("now", "attended", "started", "ended", "expected_starts", "end", "over", "recoverable"),
    [
        (-60, False, None, None, [0, 50, 110], 170, 0, 20),
        (100, False, None, None, [0, 50, 110], 170, 0, 20),
        (12, True, None, None, [12, 52, 110], 170, 0, 8),
        (100, True, None, None, [15, 55, 110], 170, 0, 5),
        (26, False, 25, None, [25, 65, 115], 175, 0, 0),
        (23, False, 0, 22, [0, 50, 110], 170, 0, 20),
        (41, False, 0, None, [0, 51, 110], 170, 0, 9),
        (71, False, 0, None, [0, 55, 110], 170, 0, 5),
        (73, False, 0, 72, [0, 82, 132], 192, 12, 0),
        (41, False, 40, None, [40, 80, 130], 190, 10, 0),
    ],
    ids=[
        "on plan",
        "nobody in charge",
        "nobody pressed start",
        "frozen before the first",
        "25 late",
        "ended early",
        "still on",
        "frozen on the first",
        "ended at last",
        "40 late",
    ],
)
def test_the_worked_example_comes_out(
    now: int,
    attended: bool,
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

    projection = project([first, *others], at(CURFEW), at(now), attended=attended)

    assert starts(projection) == expected_starts
    assert projection.projected_end_at == at(end)
    assert (projection.over_curfew, projection.recoverable) == (minutes(over), minutes(recoverable))


def test_an_act_that_may_start_early_moves_up() -> None:
    a, b, c = three_acts()
    ended = replace(a, started_at=at(0), ended_at=at(22))

    assert starts(project([ended, replace(b, early_ok=True), c], at(CURFEW), at(23))) == [0, 32, 110]


def test_a_projected_slot_says_all_that_is_known_of_it() -> None:
    a, b, _ = three_acts()

    projection = project([a, b], at(CURFEW), at(12), attended=True)

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
    projection = project([a, b, replace(c, cancelled=True)], None, at(12), attended=True)

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


def test_the_first_start_is_expected_and_then_its_end() -> None:
    a, b, _ = three_acts()
    started, ended = replace(a, started_at=at(5)), replace(a, started_at=at(5), ended_at=at(30))

    assert told([a, b], None).expects == ExpectedPress("start", "a", at(0), at(0))
    assert told([started, b], None).expects == ExpectedPress("end", "a", at(35), at(35))
    assert told([ended, b], None).expects == ExpectedPress("start", "b", at(50), at(50))
    assert told([ended, replace(b, cancelled=True)], None).expects is None


def test_who_may_begin_early_is_not_missing_before_the_planned_start() -> None:
    a, b, _ = three_acts()
    slots = [replace(a, started_at=at(0), ended_at=at(22)), replace(b, early_ok=True)]

    assert told(slots, None).expects == ExpectedPress("start", "b", at(32), at(50))
    assert project(slots, None, at(65)).frozen_since_at is None
    assert project(slots, None, at(66)).frozen_since_at == at(65)


def test_times_stand_still_after_fifteen_minutes_without_the_press() -> None:
    on = [replace(three_acts()[0], started_at=at(0)), *three_acts()[1:]]

    patient, frozen, later = (project(on, at(CURFEW), at(now)) for now in (45, 46, 120))

    assert (patient.frozen_since_at, frozen.frozen_since_at, later.frozen_since_at) == (None, at(45), at(45))
    assert (patient.frozen, frozen.frozen) == (False, True)
    assert patient.slots == frozen.slots == later.slots


def test_a_stage_is_attended_by_charge_or_by_any_press() -> None:
    a, b, c = three_acts()
    pressed_and_gone = replace(c, cancelled=True, ended_at=at(-5))

    assert not project([a, b, c], None, at(20)).attended
    assert project([a, b, c], None, at(20), attended=True).attended
    assert project([a, b, pressed_and_gone], None, at(20)).attended
    assert not project([replace(a, late_by=minutes(9), extension=minutes(5)), b, c], None, at(20)).attended


def test_nobody_waits_for_a_stage_where_all_is_over() -> None:
    over = replace(a_slot("a", 0), started_at=at(0), ended_at=at(30))

    projection = project([over], None, at(500), attended=True)

    assert (projection.expects, projection.frozen) == (None, False)


def test_the_crew_come_for_the_changeover_and_not_for_the_gap_before_it() -> None:
    a, b, c = three_acts()
    later, back_to_back = replace(b, starts_at=at(90)), replace(c, changeover=minutes(0), changeover_min=minutes(0))

    projection = told([a, later, back_to_back], None)

    assert [slot.changeover_starts_at for slot in projection.slots] == [at(-20), at(70), None]
    assert projection["b"].window_starts_at == at(30)


def test_plan_and_words_alone_say_where_a_slot_is_planned() -> None:
    a, b, c = three_acts()
    night = [
        replace(a, late_by=minutes(25), started_at=at(0), ended_at=at(10)),
        replace(b, early_ok=True, extension=minutes(30)),
        replace(c, cancelled=True),
    ]

    assert planned_starts(night) == {"a": at(25), "b": at(65), "c": None}


def test_another_planned_start_withdraws_the_declared_lateness() -> None:
    late = replace(a_slot("a", 0), late_by=minutes(20))

    assert late.planned_for(at(5)) == replace(late, starts_at=at(5), late_by=None)
    assert late.planned_for(at(0)) == late
