"""How well each half hour is covered."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.cover import HALF_HOUR, CoverLevel, HalfHour, Staffed, cover_of, half_hours
from tests.builders import at, minutes

NEW_YORK = ZoneInfo("America/New_York")
MINUTE = timedelta(minutes=1)
NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)


def staffed(starts: str, ends: str, least: int = 1, most: int = 2, taken: int = 0, on: date | None = None) -> Staffed:
    day = on or date(2026, 12, 4)
    return Staffed(at(starts, on=day), at(ends, on=day), least, most, taken)


def seen(shifts: Sequence[Staffed]) -> list[tuple[int, int, int, str]]:
    starts = half_hours(shifts, NEW_YORK)
    return [(each.needed, each.taken, each.missing, each.cover) for each in cover_of(shifts, starts)]


def test_without_shifts_there_is_no_half_hour() -> None:
    assert half_hours([], NEW_YORK) == []
    assert cover_of([], []) == []


def test_a_half_hour_is_half_open() -> None:
    shifts = [staffed("19:30", "20:30", taken=1)]

    assert half_hours(shifts, NEW_YORK) == [at("19:30"), at("20:00")]
    assert seen(shifts) == [(1, 1, 0, "filled"), (1, 1, 0, "filled")]


def test_a_shift_that_begins_and_ends_in_between_counts_in_each_half_hour_it_touches() -> None:
    assert seen([staffed("19:15", "20:45", least=2, taken=1)]) == [(2, 1, 1, "short")] * 4


def test_who_goes_when_the_next_comes_is_not_counted_twice() -> None:
    shifts = [staffed("19:30", "20:15", least=2, taken=2), staffed("20:15", "21:00", least=2, taken=1)]

    assert seen(shifts) == [(2, 2, 0, "filled"), (2, 1, 1, "short"), (2, 1, 1, "short")]


def test_one_too_many_here_is_no_help_there() -> None:
    door, bar = staffed("20:00", "20:30", most=1, taken=2), staffed("20:00", "20:30", taken=0)

    assert cover_of([door, bar], [at("20:00")]) == [HalfHour(at("20:00"), needed=2, taken=2, missing=1, too_many=1)]


def test_each_way_to_stand_has_a_word() -> None:
    shifts = [
        staffed("20:00", "20:30", least=1, taken=0),
        staffed("20:30", "21:00", least=1, most=1, taken=2),
        staffed("21:00", "21:30", least=1, taken=1),
        staffed("21:30", "22:00", least=0, taken=0),
        staffed("22:30", "23:00", least=0, taken=1),
    ]

    words = [cover for _, _, _, cover in seen(shifts)]

    assert words == [
        CoverLevel.SHORT,
        CoverLevel.OVER,
        CoverLevel.FILLED,
        CoverLevel.NONE,
        CoverLevel.NONE,
        CoverLevel.FILLED,
    ]


def test_over_midnight_and_over_a_clock_change_there_are_as_many_as_it_is_long() -> None:
    back = staffed("23:30", "02:30+1", on=date(2026, 10, 31))
    forward = staffed("23:30", "03:30+1", on=date(2026, 3, 7))

    assert len(half_hours([back], NEW_YORK)) == 8
    assert len(half_hours([forward], NEW_YORK)) == 6
    assert seen([back]) == [(1, 0, 1, "short")] * 8


def test_half_hours_are_those_of_the_clock_where_the_show_is() -> None:
    shift = Staffed(datetime(2026, 12, 4, 12, 20, tzinfo=UTC), datetime(2026, 12, 4, 13, tzinfo=UTC), 1, 1, 0)

    assert half_hours([shift], ZoneInfo("Asia/Kathmandu"))[0] == datetime(2026, 12, 4, 12, 15, tzinfo=UTC)


shifts_of_an_evening = st.lists(
    st.builds(
        lambda start, length, least, more, taken: Staffed(
            NOON + start * MINUTE, NOON + (start + length) * MINUTE, least, least + more, taken
        ),
        st.integers(0, 240),
        st.integers(1, 200),
        st.integers(0, 4),
        st.integers(0, 3),
        st.integers(0, 8),
    ),
    max_size=8,
)


def by_the_minute(shifts: Sequence[Staffed], start: datetime) -> HalfHour:
    """The same, counted minute by minute."""
    sums = [
        (
            sum(shift.missing for shift in on),
            sum(shift.least for shift in on),
            sum(shift.taken for shift in on),
            sum(shift.too_many for shift in on),
        )
        for minute in range(30)
        if (on := [each for each in shifts if each.starts_at <= start + minute * MINUTE < each.ends_at])
    ]
    missing, needed, taken, _ = max(sums, default=(0, 0, 0, 0), key=lambda each: each[:3])
    return HalfHour(start, needed, taken, missing, max((each[3] for each in sums), default=0))


@given(shifts_of_an_evening)
def test_it_is_as_counted_minute_by_minute(shifts: list[Staffed]) -> None:
    starts = half_hours(shifts, NEW_YORK)

    assert cover_of(shifts, starts) == [by_the_minute(shifts, start) for start in starts]


@given(shifts_of_an_evening)
def test_the_half_hours_hold_every_shift_and_begin_and_end_with_one(shifts: list[Staffed]) -> None:
    starts = half_hours(shifts, NEW_YORK)

    if shifts:
        first, last = min(each.starts_at for each in shifts), max(each.ends_at for each in shifts)
        assert starts[0] <= first < starts[0] + HALF_HOUR
        assert starts[-1] < last <= starts[-1] + HALF_HOUR
        assert starts == [starts[0] + number * HALF_HOUR for number in range(len(starts))]
    else:
        assert starts == []


@given(shifts_of_an_evening, shifts_of_an_evening)
def test_two_evenings_side_by_side_are_the_two_one_after_the_other(one: list[Staffed], other: list[Staffed]) -> None:
    days = timedelta(days=2)
    later = [Staffed(each.starts_at + days, each.ends_at + days, each.least, each.most, each.taken) for each in other]
    first, then = half_hours(one, NEW_YORK), half_hours(later, NEW_YORK)

    assert cover_of([*one, *later], [*first, *then]) == [*cover_of(one, first), *cover_of(later, then)]


def test_a_half_hour_that_nothing_touches_needs_nobody() -> None:
    assert cover_of([staffed("20:00", "20:30")], [at("18:00"), at("20:00") - minutes(30), at("21:00")]) == [
        HalfHour(at("18:00")),
        HalfHour(at("19:30")),
        HalfHour(at("21:00")),
    ]
