"""The show night, pressed from its page."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.reminders import (
    Decision,
    LeadTooShort,
    NewTime,
    ReminderRule,
    Sighting,
    Told,
    cancelled_says,
    decide,
    new_time,
    remember,
    stable,
)
from coordinator.core.timeline import Anchor
from tests.core.stages import EIGHT, at, minutes, seconds


def seen(*sightings: tuple[float, float | None]) -> tuple[Sighting, ...]:
    """Sightings so many seconds after eight, of a time so many minutes after eight."""
    return tuple(
        Sighting(EIGHT + seconds(second), None if minute is None else at(minute)) for second, minute in sightings
    )


@pytest.mark.parametrize("lead", [0, 1, 1.99])
def test_a_reminder_has_a_lead_of_at_least_two_minutes(lead: float) -> None:
    with pytest.raises(LeadTooShort, match="'now' must go out at least 2 minutes before its time"):
        ReminderRule("now", Anchor.SET_START, minutes(lead))


@pytest.mark.parametrize(
    ("now", "decision"),
    [
        (0, Decision.WAIT),
        (14.9, Decision.WAIT),
        (15, Decision.SEND),
        (29, Decision.SEND),
        (29.1, Decision.EXPIRE),
        (30, Decision.EXPIRE),
        (90, Decision.EXPIRE),
    ],
)
def test_a_reminder_goes_out_when_due_unless_less_than_a_minute_is_left(now: float, decision: Decision) -> None:
    assert decide(at(now), at(15), at(30)) is decision


@pytest.mark.parametrize("now", [0, 15, 29.5, 90])
def test_a_reminder_waits_until_the_plan_has_stood_for_a_minute(now: float) -> None:
    assert decide(at(now), at(15), at(30), plan_steady=False) is Decision.WAIT


def test_a_reminder_of_a_time_that_is_no_more_expires() -> None:
    assert decide(at(0), None, None) is Decision.EXPIRE


@pytest.mark.parametrize(
    ("sightings", "steady"),
    [
        ([], False),
        ([(0, 50)], True),
        ([(1, 50)], False),
        ([(0, 50), (30, 51.9), (60, 50)], True),
        ([(0, 50), (30, 52), (60, 50)], False),
        ([(0, 50), (30, 48), (60, 50)], False),
        ([(0, 50), (30, None), (60, 50)], False),
        ([(0, 10), (1, 50), (60, 50)], False),
        ([(-1, 10), (0, 50), (60, 50)], True),
        ([(-300, 50), (60, 50)], True),
        ([(-300, 10), (60, 50)], False),
    ],
)
def test_a_time_is_steady_after_a_minute_of_hardly_moving(
    sightings: list[tuple[float, float | None]], steady: bool
) -> None:
    assert stable(seen(*sightings), at(50), at(1)) is steady


def test_no_time_is_never_steady() -> None:
    assert not stable(seen((0, None), (60, None)), None, at(1))


def test_what_is_remembered_reaches_back_to_the_last_sighting_a_minute_ago() -> None:
    sightings = seen((-45, 50), (-15, 60), (0, 50), (30, 70))

    assert remember(sightings, at(1), at(51)) == seen((0, 50), (30, 70), (60, 51))


def test_a_sighting_of_what_was_seen_before_is_not_kept() -> None:
    assert remember(seen((0, 50), (30, 70)), EIGHT + seconds(45), at(70)) == seen((0, 50), (30, 70))


def test_a_second_look_at_the_same_instant_replaces_the_first() -> None:
    assert remember(seen((0, 50)), EIGHT, at(70)) == seen((0, 70))


def test_a_look_by_a_machine_whose_clock_is_behind_finds_its_place() -> None:
    assert remember(seen((0, 50), (20, 70)), EIGHT + seconds(10), at(60)) == seen((0, 50), (10, 60), (20, 70))


def test_the_moment_of_a_jump_is_remembered_to_the_second() -> None:
    sightings: tuple[Sighting, ...] = ()
    for second in range(-100, 60):
        sightings = remember(sightings, EIGHT + seconds(second), at(50 if second < 7 else 70))

    answers = [stable(sightings, at(70), EIGHT + seconds(second)) for second in (66, 67)]

    assert answers == [False, True]


def test_a_sighting_that_stands_out_is_not_forgotten() -> None:
    edge, inside, moved = at(50) + seconds(1), at(50), at(48) + seconds(1)  # two minutes and a little less from moved
    sightings: tuple[Sighting, ...] = ()
    for second, anchor_at in ((0, inside), (1, edge), (2, inside), (10, moved)):
        sightings = remember(sightings, EIGHT + seconds(second), anchor_at)

    answers = [stable(sightings, moved, EIGHT + seconds(second)) for second in (61, 70)]

    assert answers == [False, True]


@given(st.lists(st.tuples(st.sampled_from([1, 7, 15, 16, 40]), st.sampled_from([50, 51, 70, None])), max_size=60))
def test_nothing_that_matters_is_forgotten(looks: list[tuple[int, float | None]]) -> None:
    now, everything, kept = EIGHT, list[Sighting](), tuple[Sighting, ...]()
    for waited, minute in looks:
        now += seconds(waited)
        anchor_at = None if minute is None else at(minute)
        everything.append(Sighting(now, anchor_at))
        kept = remember(kept, now, anchor_at)

        assert stable(kept, anchor_at, now) == stable(everything, anchor_at, now)


@pytest.mark.parametrize("every", [0.1, 1, 15])
def test_little_is_remembered_however_often_somebody_looks(every: float) -> None:
    sightings: tuple[Sighting, ...] = ()
    for look in range(round(200 / every)):
        sightings = remember(sightings, EIGHT + seconds(look * every), at(30))

    assert sightings == seen((0, 30))


STEADY_AT_70 = seen((0, 70), (60, 70))


@pytest.mark.parametrize(
    ("told", "anchor", "answer"),
    [
        (Told(), 70, NewTime.NOTHING),
        (Told(at(50)), None, NewTime.NOTHING),
        (Told(at(50)), 70, NewTime.SEND),
        (Told(at(65)), 70, NewTime.SEND),
        (Told(at(66)), 70, NewTime.NOTHING),
        (Told(at(70)), 70, NewTime.NOTHING),
        (Told(at(74)), 70, NewTime.NOTHING),
        (Told(at(75)), 70, NewTime.EARLIER),
        (Told(at(70), voided=True), 70, NewTime.SEND),
        (Told(at(90), voided=True), 70, NewTime.SEND),
        (Told(at(50)), 75, NewTime.NOTHING),
    ],
)
def test_a_new_time_is_told_when_it_moved_by_five_minutes_and_is_steady(
    told: Told, anchor: float | None, answer: NewTime
) -> None:
    assert new_time(told, None if anchor is None else at(anchor), STEADY_AT_70, at(1)) is answer


def test_an_earlier_time_is_told_to_those_who_may_start_early() -> None:
    assert new_time(Told(at(90)), at(70), STEADY_AT_70, at(1), early_ok=True) is NewTime.SEND


@pytest.mark.parametrize(
    ("planned_then", "planned_now", "answer"),
    [
        (at(90), at(70), NewTime.SEND),
        (at(70), at(70), NewTime.EARLIER),
        (at(60), at(70), NewTime.EARLIER),
        (None, at(70), NewTime.EARLIER),
        (at(90), None, NewTime.EARLIER),
    ],
)
def test_an_earlier_time_is_told_when_plan_or_words_made_it(
    planned_then: datetime | None, planned_now: datetime | None, answer: NewTime
) -> None:
    told = Told(at(90), planned_at=planned_then)

    assert new_time(told, at(70), STEADY_AT_70, at(1), planned_at=planned_now) is answer


def test_a_cancelled_slot_has_no_new_time_until_it_is_restored() -> None:
    voided = Told(at(70), voided=True)

    assert new_time(voided, at(70), STEADY_AT_70, at(1), restored=False) is NewTime.NOTHING
    assert new_time(voided, at(70), STEADY_AT_70, at(1), restored=True) is NewTime.SEND


def test_a_new_time_that_was_announced_before_is_held_back() -> None:
    assert new_time(Told(at(50)), at(70), STEADY_AT_70, at(1), announced={at(70)}) is NewTime.REPEATED
    assert new_time(Told(at(50)), at(70), STEADY_AT_70, at(1), announced={at(60)}) is NewTime.SEND


@pytest.mark.parametrize(("now", "answer"), [(69, NewTime.SEND), (69.1, NewTime.TOO_LATE), (71, NewTime.TOO_LATE)])
def test_a_new_time_needs_a_minute_s_notice(now: float, answer: NewTime) -> None:
    assert new_time(Told(at(50)), at(70), STEADY_AT_70, at(now)) is answer


def test_only_what_is_held_back_is_for_the_stage_manager() -> None:
    assert [answer for answer in NewTime if answer.is_held] == [NewTime.EARLIER, NewTime.REPEATED, NewTime.TOO_LATE]


@pytest.mark.parametrize(
    ("cancelled", "has_press", "told_since", "told_start", "says"),
    [
        (True, False, True, Told(at(65)), at(65)),
        (True, False, True, Told(at(65), voided=True), at(65)),
        (True, False, True, Told(), at(50)),
        (False, False, True, Told(at(65)), None),
        (True, True, True, Told(at(65)), None),
        (True, False, False, Told(at(65)), None),
    ],
)
def test_a_cancellation_takes_back_what_was_told(
    cancelled: bool, has_press: bool, told_since: bool, told_start: Told, says: datetime | None
) -> None:
    assert says == cancelled_says(
        cancelled=cancelled,
        has_press=has_press,
        told_since=told_since,
        told_start=told_start,
        planned_at=at(50) + seconds(20),
    )
