"""What a night that was played says beside its plan."""

from dataclasses import replace
from datetime import timedelta

from coordinator.core.played import PlayedSlot, played
from coordinator.core.timeline import SlotPlan
from tests.builders import at

MINUTE = timedelta(minutes=1)


def a_set(key: str, wall: str, length: int, started: str = "", ended: str = "", *, cancelled: bool = False) -> SlotPlan:
    plan = SlotPlan(key, at(wall), length * MINUTE, 10 * MINUTE, 5 * MINUTE, cancelled=cancelled)
    return replace(plan, started_at=at(started) if started else None, ended_at=at(ended) if ended else None)


def whole_minutes(lengths: list[timedelta | None]) -> list[int | None]:
    return [None if length is None else length // MINUTE for length in lengths]


def test_minutes_lost_and_won_back() -> None:
    stage = played(
        [
            a_set("ash", "20:00", 30, "20:12", "20:45"),  # 12 late, 3 over: 15 lost
            a_set("bo", "20:40", 30, "20:50", "21:20"),  # a short changeover: 5 won back
            a_set("cy", "21:20", 40, "21:27", "22:03"),  # 3 more, and 4 of its own set
        ],
        at("22:10"),
    )

    assert whole_minutes([slot.late for slot in stage.slots]) == [12, 10, 7]
    assert whole_minutes([slot.length for slot in stage.slots]) == [33, 30, 36]
    assert whole_minutes([slot.changeover for slot in stage.slots]) == [None, 5, 7]
    assert whole_minutes([slot.lost for slot in stage.slots]) == [15, -5, -7]
    assert whole_minutes([stage.lost, stage.won, stage.late, stage.over_curfew]) == [15, 12, 3, -7]
    assert stage.unmarked == 0


def test_the_last_minutes_make_the_sum() -> None:
    stage = played([a_set("ash", "20:00", 30, "20:10", "20:35"), a_set("bo", "20:40", 30, "20:38", "21:20")], None)

    assert stage.late == stage.lost - stage.won
    assert stage.over_curfew is None


def test_an_end_that_nobody_marked_is_the_next_start() -> None:
    stage = played([a_set("ash", "20:00", 30, "20:00"), a_set("bo", "20:40", 30, "20:42")], at("23:00"))

    assert stage.slots[0].ended_at == at("20:42")
    assert (stage.slots[1].ended_at, stage.ended_at, stage.late, stage.over_curfew) == (None, None, None, None)


def test_around_a_set_that_nobody_marked_nothing_is_guessed() -> None:
    stage = played(
        [
            a_set("ash", "20:00", 30, "20:00", "20:30"),
            a_set("bo", "20:40", 20, "20:40"),
            a_set("cy", "21:10", 20),
            a_set("di", "21:40", 20, "21:40", "22:00"),
        ],
        None,
    )

    assert whole_minutes([slot.length for slot in stage.slots]) == [30, None, None, 20]
    assert whole_minutes([slot.changeover for slot in stage.slots]) == [None, 10, None, None]


def test_what_was_canceled_or_not_marked_says_nothing() -> None:
    gone, unmarked = a_set("ash", "20:00", 30, cancelled=True), a_set("bo", "20:40", 30)
    stage = played([gone, unmarked], at("23:00"))

    assert stage.slots == (PlayedSlot(gone, gone.starts_at), PlayedSlot(unmarked, unmarked.starts_at))
    assert (stage.unmarked, stage.lost, stage.won) == (1, 0 * MINUTE, 0 * MINUTE)
    assert stage.planned_end_at == at("21:10")


def test_a_canceled_set_gives_its_time_to_nobody() -> None:
    ash, bo = a_set("ash", "20:00", 30, "20:00", "20:30"), a_set("bo", "20:40", 30, cancelled=True)
    stage = played([ash, bo, a_set("cy", "21:20", 30, "21:20", "21:50")], None)

    assert whole_minutes([slot.lost for slot in stage.slots]) == [0, None, 0]


def test_an_empty_stage() -> None:
    assert (played([], at("23:00")).ended_at, played([], None).late) == (None, None)


def test_what_was_moved_on_the_night_is_measured_by_the_plan_it_began_with() -> None:
    plans = [
        a_set("ash", "20:00", 30, "20:00", "20:30"),
        a_set("new", "20:40", 20, "20:40", "21:00"),
        a_set("cy", "21:10", 40, "21:12", "21:52"),
    ]
    stage = played(plans, None, [at("20:00"), None, at("21:20")])

    assert [slot.planned_at for slot in stage.slots] == [at("20:00"), None, at("21:20")]
    assert whole_minutes([slot.late for slot in stage.slots]) == [0, None, -8]
    assert [slot.moved_to for slot in stage.slots] == [None, None, at("21:10")]
    assert (stage.planned_end_at, whole_minutes([stage.late, stage.lost])) == (at("22:00"), [-8, 2])
