"""What one person does that cannot both be done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.commitments import (
    Commitment,
    CommitmentKind,
    Limits,
    Overlap,
    OverlapKind,
    overlaps,
    overlaps_with,
    stretches,
)
from tests.core.stages import minutes

SIX = datetime(2026, 12, 4, 23, tzinfo=UTC)
LIMITS = Limits(walking=minutes(5), rest=minutes(15))
NO_REST = Limits(walking=minutes(5), rest=minutes(0))


def work(key: str, starts: int, ends: int, *, call: int = 0, place: str = "Street", event: str = "1") -> Commitment:
    """A shift from so many minutes after six to so many."""
    starts_at = SIX + minutes(starts)
    return Commitment(key, starts_at, SIX + minutes(ends), starts_at - minutes(call), place, event=event, key=key)


def playing(key: str, starts: int, ends: int, *, call: int = 0, strike: int = 0, place: str = "Garden") -> Commitment:
    """A set."""
    plain = work(key, starts, ends, call=call, place=place)
    return replace(plain, kind=CommitmentKind.SET, strike=minutes(strike))


def test_two_things_at_once_overlap_by_the_time_they_share() -> None:
    door, bar = work("door", 0, 60), work("bar", 50, 90)

    assert overlaps([bar, door], LIMITS) == (Overlap(OverlapKind.SAME_TIME, door, bar, minutes(10)),)


def test_one_within_the_other_overlaps_for_all_of_its_time() -> None:
    door, bar = work("door", 0, 120), work("bar", 30, 50)

    assert [each.minutes for each in overlaps([door, bar], LIMITS)] == [20]


def test_the_walk_and_the_call_time_must_fit_between_two_places() -> None:
    door, bar = work("door", 0, 60), work("bar", 75, 120, call=15, place="Bar")

    assert overlaps([door, bar], NO_REST) == (Overlap(OverlapKind.TOO_CLOSE, door, bar, minutes(5), minutes(20)),)
    assert overlaps([door, work("bar", 80, 120, call=15, place="Bar")], NO_REST) == ()


def test_two_places_of_the_same_name_at_two_shows_are_two_places() -> None:
    door = work("door", 0, 60)

    assert overlaps([door, work("bar", 60, 90)], NO_REST) == ()
    assert [each.kind for each in overlaps([door, work("bar", 60, 90, event="2")], NO_REST)] == [OverlapKind.TOO_CLOSE]


def test_a_performer_sets_up_before_and_clears_the_stage_after_their_set() -> None:
    crew, own, door = work("crew", 0, 15), playing("Josh", 15, 45, call=15, strike=8), work("door", 50, 90)

    assert overlaps([crew, own, door], NO_REST) == (
        Overlap(OverlapKind.TOO_CLOSE, crew, own, minutes(20), minutes(20)),
        Overlap(OverlapKind.TOO_CLOSE, own, door, minutes(8), minutes(13)),
    )


def test_whoever_plays_two_sets_in_a_row_on_one_stage_stays_there() -> None:
    one, two = playing("Josh", 0, 30, strike=8), playing("Josh and friends", 40, 70, call=10)

    assert overlaps([one, two], LIMITS) == ()
    assert [each.kind for each in overlaps([one, replace(two, place="Hall")], LIMITS)] == [OverlapKind.TOO_CLOSE]


def test_rest_is_missing_between_the_last_shift_of_a_stretch_and_the_first_of_the_next() -> None:
    long, short, later = work("long", 0, 60), work("short", 10, 20), work("later", 70, 90)

    found = [each for each in overlaps([later, short, long], LIMITS) if each.kind == OverlapKind.REST]

    assert found == [Overlap(OverlapKind.REST, long, later, minutes(5), minutes(15))]


def test_each_two_are_named_once_with_the_most_serious_reason() -> None:
    door, bar = work("door", 0, 60), work("bar", 62, 90, place="Bar")

    assert [(each.kind, each.minutes) for each in overlaps([door, bar], LIMITS)] == [(OverlapKind.TOO_CLOSE, 3)]


def test_seconds_count_as_a_whole_minute() -> None:
    door = work("door", 0, 60)
    bar = replace(work("bar", 60, 90), starts_at=door.ends_at - timedelta(seconds=20))

    assert [each.minutes for each in overlaps([door, bar], LIMITS)] == [1]


def test_an_overlap_is_worse_when_it_is_longer_or_more_serious() -> None:
    found = Overlap(OverlapKind.TOO_CLOSE, work("a", 0, 1), work("b", 1, 2), minutes(5))

    assert found.is_worse_than(OverlapKind.TOO_CLOSE, 4)
    assert found.is_worse_than(OverlapKind.REST, 90)
    assert not found.is_worse_than(OverlapKind.TOO_CLOSE, 5)
    assert not found.is_worse_than(OverlapKind.SAME_TIME, 1)


OF_WHAT: list[Callable[..., Commitment]] = [work, playing]


@st.composite
def days(draw: st.DrawFn) -> list[Commitment]:
    """What somebody does in twelve hours."""
    made = []
    for number in range(draw(st.integers(0, 8))):
        starts, lasts = draw(st.integers(0, 144)), draw(st.integers(1, 36))
        plain = draw(st.sampled_from(OF_WHAT))(
            f"{number}", 5 * starts, 5 * (starts + lasts), call=5 * draw(st.integers(0, 6))
        )
        strike = minutes(5 * draw(st.integers(0, 2))) if plain.is_set else minutes(0)
        made.append(replace(plain, place=draw(st.sampled_from(["Street", "Garden", None])), strike=strike))
    return made


limits = st.builds(Limits, st.integers(0, 30).map(minutes), st.integers(0, 60).map(minutes))


@given(days(), limits, st.randoms())
def test_the_order_in_which_they_are_given_changes_nothing(
    doing: list[Commitment], between: Limits, random: Random
) -> None:
    mixed = list(doing)
    random.shuffle(mixed)

    assert overlaps(mixed, between) == overlaps(doing, between)


@given(days(), limits)
def test_the_sweep_finds_what_comparing_every_two_finds(doing: list[Commitment], between: Limits) -> None:
    without_rest = Limits(between.walking, minutes(0))
    each_two = {found for two in combinations(doing, 2) for found in overlaps(two, without_rest)}

    assert set(overlaps(doing, without_rest)) == each_two


@given(days(), limits)
def test_whoever_is_asked_about_hears_the_same_from_both_sides(doing: list[Commitment], between: Limits) -> None:
    for one, other in combinations(doing, 2):
        assert overlaps_with(one, [other], between) == overlaps_with(other, [one], between)


@given(days(), limits)
def test_what_is_asked_about_one_at_a_time_is_what_stands(doing: list[Commitment], between: Limits) -> None:
    asked = {
        found.pair
        for each in doing
        for some in overlaps_with(each, [other for other in doing if other is not each], between)
        for found in some
    }

    assert {found.pair for found in overlaps(doing, between)} == asked


@given(days())
def test_every_shift_is_in_one_stretch_and_no_two_stretches_touch(doing: list[Commitment]) -> None:
    found = stretches(doing)

    assert sorted(shift.key for stretch in found for shift in stretch.shifts) == sorted(
        each.key for each in doing if not each.is_set
    )
    assert all(before.last.ends_at < after.first.starts_at for before, after in pairwise(found))
