"""Which show day something belongs to."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.show_days import ShowDay, current_day, day_of, is_show_day, show_day_from_json
from coordinator.core.show_time import show_day

ZONE = ZoneInfo("America/New_York")
FRIDAY, SATURDAY, MONDAY = (ShowDay(date(2026, 12, day)) for day in (4, 5, 7))
DAYS = (FRIDAY, SATURDAY, MONDAY)
HOURS = st.integers(0, 30 * 24)
INSTANTS = HOURS.map(lambda hours: datetime(2026, 11, 20, tzinfo=UTC) + timedelta(hours=hours))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("instant", "belongs_to"),
    [
        (at(3, 15), FRIDAY),  # a soundcheck on the day before the first
        (at(4, 20), FRIDAY),
        (at(5, 4, 59), FRIDAY),  # after midnight it is still that night
        (at(5, 5), SATURDAY),
        (at(6, 12), SATURDAY),  # nothing is on on Sunday: what is cleared away belongs to the day before
        (at(7, 5), MONDAY),
        (at(9, 12), MONDAY),
    ],
)
def test_an_instant_belongs_to_the_latest_day_that_has_begun(instant: datetime, belongs_to: ShowDay) -> None:
    assert day_of(DAYS, instant, ZONE) == belongs_to


def test_everything_belongs_to_the_only_day() -> None:
    assert [day_of([FRIDAY], instant, ZONE) for instant in (at(1, 12), at(4, 20), at(20, 3))] == [FRIDAY] * 3


@pytest.mark.parametrize(
    ("instant", "current"),
    [(at(1, 12), FRIDAY), (at(5, 4), FRIDAY), (at(5, 5), SATURDAY), (at(6, 12), MONDAY), (at(20, 12), MONDAY)],
)
def test_the_current_day_is_the_one_that_is_on_or_the_next(instant: datetime, current: ShowDay) -> None:
    assert current_day(DAYS, instant, ZONE) == current


@given(INSTANTS)
def test_on_a_show_day_it_is_the_current_one_and_what_is_planned_then_belongs_to_it(instant: datetime) -> None:
    on = show_day(instant, ZONE)

    assert is_show_day(DAYS, instant, ZONE) == (on in [day.on for day in DAYS])
    if is_show_day(DAYS, instant, ZONE):
        assert day_of(DAYS, instant, ZONE) == current_day(DAYS, instant, ZONE) == ShowDay(on)


@given(st.one_of(st.none(), INSTANTS), st.dictionaries(st.sampled_from(["main", "yard"]), INSTANTS))
def test_a_day_comes_back_as_it_was_stored(doors_at: datetime | None, curfews: dict[str, datetime]) -> None:
    day = ShowDay(date(2026, 12, 4), doors_at, curfews).in_zone(ZONE)

    assert show_day_from_json(day.as_json()) == day


def test_times_are_stored_as_wall_time_with_its_offset() -> None:
    day = ShowDay(date(2026, 12, 4), at(4, 19, 30).astimezone(UTC)).in_zone(ZONE)

    assert day.as_json() == {"date": "2026-12-04", "doors": "2026-12-04T19:30:00-05:00", "curfews": {}}


def test_the_curfew_of_one_stage_changes_alone() -> None:
    day = ShowDay(date(2026, 12, 4), None, {"main": at(4, 23), "yard": at(4, 22)})

    assert day.with_curfew("yard", at(4, 21)).curfews == {"main": at(4, 23), "yard": at(4, 21)}
    assert day.with_curfew("yard", None).curfews == {"main": at(4, 23)}
