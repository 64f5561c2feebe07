"""How long someone really worked."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.cover import Presence, hours_worked, worth
from tests.core.stages import minutes

SEVEN = datetime(2026, 12, 5, 0, 0, tzinfo=UTC)  # in the evening, in New York


def after(minutes: float) -> datetime:
    return SEVEN + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("here", "left", "worked"),
    [
        (None, None, 90),
        (-20, None, 90),
        (15, None, 90),
        (16, None, 74),
        (None, 60, 60),
        (None, 120, 120),
        (30, 20, 0),
        (None, 59.9, 59),
    ],
)
def test_a_shift_counts_from_its_start_or_from_a_late_coming_until_somebody_left(
    here: float | None, left: float | None, worked: int
) -> None:
    came = Presence(
        SEVEN, after(90), after(here) if here is not None else None, after(left) if left is not None else None
    )

    assert hours_worked([came]) == minutes(worked)


def test_what_overlaps_counts_once() -> None:
    door, tea, strike = Presence(SEVEN, after(60)), Presence(after(30), after(90)), Presence(after(120), after(150))

    assert hours_worked([strike, tea, door]) == minutes(120)


def test_nobody_worked_no_time() -> None:
    assert hours_worked([]) == minutes(0)


spans = st.tuples(st.integers(0, 600), st.integers(1, 300))


@given(st.lists(spans, max_size=6), spans)
def test_one_shift_more_never_makes_it_less_nor_adds_more_than_itself(
    spans: list[tuple[int, int]], more: tuple[int, int]
) -> None:
    presences = [Presence(after(begins), after(begins + lasts)) for begins, lasts in spans]
    one_more = Presence(after(more[0]), after(sum(more)))

    added = hours_worked([*presences, one_more]) - hours_worked(presences)

    assert minutes(0) <= added <= minutes(more[1])


def test_work_is_worth_so_much_an_hour_to_the_cent() -> None:
    assert worth(minutes(90), Decimal("31.80")) == Decimal("47.70")
    assert worth(minutes(50), Decimal("31.81")) == Decimal("26.51")
    assert worth(minutes(1), Decimal("0.30")) == Decimal("0.01")
