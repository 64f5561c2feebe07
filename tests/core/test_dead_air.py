"""Holes in a running order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from coordinator.core.dead_air import DeadAir, dead_air
from coordinator.core.timeline import SlotPlan, project
from tests.core.stages import minutes

EIGHT = datetime(2026, 12, 4, 20, tzinfo=UTC)


def at(after: int) -> datetime:
    return EIGHT + minutes(after)


def a_slot(key: str, after: int, length: int = 30) -> SlotPlan:
    return SlotPlan(key, at(after), minutes(length), minutes(10), minutes(5))


FOUR = (a_slot("a", 0), a_slot("b", 40), a_slot("c", 80), a_slot("d", 150))  # an hour free before the last


def holes(*plans: SlotPlan, now: datetime = EIGHT - timedelta(hours=1)) -> tuple[DeadAir, ...]:
    return dead_air(plans, project(plans, None, now, attended=True), now)


def without(key: str) -> tuple[SlotPlan, ...]:
    return tuple(replace(plan, cancelled=plan.key == key) for plan in FOUR)


def test_a_plan_as_it_was_made_has_none_even_where_it_has_a_long_break() -> None:
    assert holes(*FOUR) == ()


def test_a_canceled_act_leaves_its_time_and_its_changeover() -> None:
    assert holes(*without("b")) == (DeadAir("c", at(30), at(70), "a", ("b",)),)


def test_what_fell_out_first_leaves_the_time_from_its_start() -> None:
    assert holes(*without("a")) == (DeadAir("b", at(0), at(40), None, ("a",)),)


def test_nothing_is_left_behind_the_last_act() -> None:
    assert holes(*without("d")) == ()


def test_the_time_that_is_over_is_no_longer_a_hole() -> None:
    plans = tuple(replace(plan, started_at=at(0)) if plan.key == "a" else plan for plan in without("b"))

    assert holes(*plans, now=at(50)) == (DeadAir("c", at(50), at(70), "a", ("b",)),)
    assert holes(*plans, now=at(60)) == ()  # ten minutes are none


def test_an_act_that_ends_early_or_starts_late_leaves_one_too() -> None:
    early = (replace(FOUR[0], started_at=at(0), ended_at=at(10)), *FOUR[1:])
    late = (FOUR[0], replace(FOUR[1], late_by=minutes(20)), *FOUR[2:])

    assert holes(*early, now=at(10)) == (DeadAir("b", at(10), at(30), "a"),)
    assert holes(*late) == (DeadAir("b", at(30), at(50), "a"),)


def test_a_break_that_was_planned_is_not_counted_beside_the_time_of_who_fell_out() -> None:
    """Of the time from 8:30 to 10:20 only c's own and its changeover were planned; b's too if both fall out."""
    plans = tuple(replace(plan, cancelled=plan.key in ("b", "c")) for plan in FOUR)

    assert holes(*plans) == (DeadAir("d", at(30), at(140), "a", ("b", "c")),)
