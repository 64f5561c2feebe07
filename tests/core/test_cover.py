"""What stands against someone taking a shift."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.commitments import Commitment, CommitmentKind
from coordinator.core.cover import Objection, Obstacle, Post, Volunteer, WorkRules, age_on, objections
from tests.core.stages import minutes

SHOW_ON = date(2026, 12, 4)
RULES = WorkRules(ZoneInfo("America/New_York"), SHOW_ON)
MIDNIGHT = datetime(2026, 12, 4, 5, 0, tzinfo=UTC)  # in New York
NOBODY = Volunteer()


def wall(clock: str) -> datetime:
    hours, after = clock.split(":")
    return MIDNIGHT + timedelta(hours=int(hours), minutes=int(after))


def a_commitment(
    name: str, starts: str, ends: str, *, call: int = 0, place: str | None = None, is_set: bool = False
) -> Commitment:
    kind = CommitmentKind.SET if is_set else CommitmentKind.SHIFT
    return Commitment(name, wall(starts), wall(ends), wall(starts) - minutes(call), place, kind)


DOOR = Post(a_commitment("Front door", "19:00", "21:00"), places=2, taken=0)


def against(post: Post, volunteer: Volunteer, rules: WorkRules = RULES) -> list[Objection]:
    return objections(post, volunteer, rules)


def test_nothing_stands_against_an_open_shift() -> None:
    assert against(DOOR, NOBODY) == []


def test_a_full_shift_has_no_place_for_anybody() -> None:
    assert against(replace(DOOR, taken=2), NOBODY) == [Objection(Obstacle.FULL)]


def test_who_is_on_it_is_told_so_and_not_that_it_is_full() -> None:
    assert against(replace(DOOR, taken=2), Volunteer(is_on_it=True)) == [Objection(Obstacle.TAKEN)]


def test_what_is_called_off_or_over_cannot_be_taken() -> None:
    assert against(replace(DOOR, is_called_off=True), NOBODY) == [Objection(Obstacle.CALLED_OFF)]
    assert against(replace(DOOR, is_over=True), NOBODY) == [Objection(Obstacle.OVER)]


def test_nobody_is_in_two_places_at_once() -> None:
    tea = a_commitment("Tea", "20:59", "22:00")

    assert against(DOOR, Volunteer([tea])) == [Objection(Obstacle.CLASH, "Tea")]


def test_shifts_in_one_place_may_touch() -> None:
    tea = a_commitment("Tea", "21:00", "22:00", call=15)

    assert against(DOOR, Volunteer([tea])) == []


def test_between_two_places_there_is_the_walk_and_the_call_time() -> None:
    bar = a_commitment("Bar", "21:15", "22:00", call=15, place="Garden")
    post = replace(DOOR, work=a_commitment("Front door", "19:00", "21:00", place="Street"))
    rules = replace(RULES, rest=timedelta(0))

    assert against(post, Volunteer([bar]), rules) == [Objection(Obstacle.TOO_CLOSE, "Bar", minutes(20))]
    assert against(post, Volunteer([replace(bar, starts_at=wall("21:20"), call_at=wall("21:05"))]), rules) == []


def test_a_set_needs_the_changeover_before_it_and_the_walk_after_it() -> None:
    before, after = (
        a_commitment("Josh", "21:10", "21:40", call=10, is_set=True),
        a_commitment("Josh", "18:00", "18:55", is_set=True),
    )

    assert against(DOOR, Volunteer([before])) == [Objection(Obstacle.TOO_CLOSE, "Josh", minutes(15))]
    assert against(DOOR, Volunteer([after])) == []
    assert against(DOOR, Volunteer([replace(after, ends_at=wall("18:56"))])) == [
        Objection(Obstacle.TOO_CLOSE, "Josh", minutes(5))
    ]


def test_two_stretches_of_work_have_a_rest_between_them() -> None:
    early, late = a_commitment("Build", "17:00", "18:46"), a_commitment("Strike", "21:14", "22:00")

    assert against(DOOR, Volunteer([late, early])) == [
        Objection(Obstacle.REST, "Build", minutes(15)),
        Objection(Obstacle.REST, "Strike", minutes(15)),
    ]
    assert (
        against(DOOR, Volunteer([a_commitment("Build", "17:00", "18:45"), a_commitment("Strike", "21:15", "22:00")]))
        == []
    )


def test_a_set_is_no_rest_and_no_work() -> None:
    own_set = a_commitment("Josh", "21:05", "21:25", is_set=True)

    assert against(DOOR, Volunteer([own_set]), replace(RULES, walking=timedelta(0))) == []


def test_shifts_that_touch_are_one_stretch_and_may_last_so_long_at_most() -> None:
    afternoon = [a_commitment("Build", "14:00", "17:00"), a_commitment("Set up", "17:00", "19:00")]

    assert against(DOOR, Volunteer(afternoon)) == [Objection(Obstacle.TOO_LONG, length=timedelta(hours=6))]
    assert against(DOOR, Volunteer(afternoon), replace(RULES, longest=timedelta(hours=7))) == []
    assert against(DOOR, Volunteer(afternoon), replace(RULES, longest=None)) == []


def test_each_missing_skill_is_named() -> None:
    sound = replace(DOOR, skills=frozenset({"sound", "heights"}))

    assert against(sound, Volunteer(skills=frozenset({"sound"}))) == [Objection(Obstacle.SKILL, "heights")]
    assert against(sound, Volunteer(skills=frozenset({"sound", "heights", "tea"}))) == []


def test_a_minimum_age_is_that_of_the_day_of_the_show() -> None:
    bar = replace(DOOR, minimum_age=21)

    assert against(bar, NOBODY) == [Objection(Obstacle.AGE_UNKNOWN, age=21)]
    assert against(bar, Volunteer(born_on=date(2005, 12, 5))) == [Objection(Obstacle.TOO_YOUNG, age=21)]
    assert against(bar, Volunteer(born_on=date(2005, 12, 4))) == []


def test_minors_go_home_in_time() -> None:
    late = replace(DOOR, work=a_commitment("Strike", "21:00", "22:01"))
    young = Volunteer(born_on=date(2010, 1, 1))

    assert against(late, young) == [Objection(Obstacle.NIGHT, age=18)]
    assert against(late, young, replace(RULES, minors_until=None)) == []
    assert against(late, young, replace(RULES, minors_until=time(0, 30))) == []
    assert against(DOOR, young) == []
    assert against(late, Volunteer(born_on=date(2008, 12, 4))) == []


@pytest.mark.parametrize(
    ("name", "starts", "ends", "stands_against"),
    [
        ("Strike the next morning", "33:00", "36:00", False),
        ("Set-up the evening before", "-5:00", "-1:30", True),
        ("Set-up that ends in time", "-5:00", "-2:00", False),
        ("Clean-up after midnight", "25:00", "26:00", True),
    ],
)
def test_minors_go_home_in_time_on_whichever_day_the_shift_is(
    name: str, starts: str, ends: str, *, stands_against: bool
) -> None:
    shift = replace(DOOR, work=a_commitment(name, starts, ends))

    found = against(shift, Volunteer(born_on=date(2010, 1, 1)))

    assert found == ([Objection(Obstacle.NIGHT, age=18)] if stands_against else [])


def test_a_first_timer_is_not_alone_where_the_work_says_so() -> None:
    doorkeeper = replace(DOOR, never_alone=True)
    first_timer = Volunteer(is_first_timer=True)

    assert against(doorkeeper, first_timer) == [Objection(Obstacle.ALONE)]
    assert against(replace(doorkeeper, experienced=1), first_timer) == []
    assert against(doorkeeper, NOBODY) == []


def test_only_places_and_the_law_bind_a_coordinator() -> None:
    assert [obstacle for obstacle in Obstacle if not Objection(obstacle).is_soft] == [
        Obstacle.CALLED_OFF,
        Obstacle.OVER,
        Obstacle.TAKEN,
        Obstacle.FULL,
        Obstacle.TOO_YOUNG,
        Obstacle.NIGHT,
    ]


@pytest.mark.parametrize(
    ("day", "age"), [(date(2026, 2, 28), 17), (date(2026, 3, 1), 18), (date(2027, 2, 28), 18), (date(2028, 2, 29), 20)]
)
def test_somebody_born_on_a_leap_day_is_older_in_march(day: date, age: int) -> None:
    assert age_on(day, date(2008, 2, 29)) == age


quarters = st.integers(min_value=0, max_value=4 * 24 - 1)


@given(st.lists(st.tuples(quarters, st.integers(min_value=1, max_value=12)), max_size=5), quarters)
def test_whoever_may_take_a_shift_is_never_in_two_places_nor_works_too_long(
    others: list[tuple[int, int]], start: int
) -> None:
    def work(name: str, at: int, long: int) -> Commitment:
        begins = MIDNIGHT + minutes(15 * at)
        return Commitment(name, begins, begins + minutes(15 * long), begins)

    done = Volunteer([work(f"{index}", at, long) for index, (at, long) in enumerate(others)])
    asked = Post(work("asked", start, 8), 1, 0)

    if objections(asked, done, RULES) == []:
        assert all(
            other.ends_at <= asked.work.starts_at or asked.work.ends_at <= other.starts_at for other in done.commitments
        )
        touching = [each for each in done.commitments if asked.work.starts_at in (each.starts_at, each.ends_at)]
        assert all(asked.work.ends_at - each.starts_at <= timedelta(hours=6) for each in touching)
