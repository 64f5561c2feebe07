"""Lengths as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.features.shift_plan.forms.lengths import length_of, written


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("240", 240),
        ("90 min", 90),
        ("90min.", 90),
        ("4 h", 240),
        ("4h", 240),
        ("4 hours", 240),
        ("4 Horas", 240),
        ("1 h 30", 90),
        ("1h30m", 90),
        ("1 d", 1440),
        ("1 day 6 h", 1800),
        ("2 días", 2880),
        ("5 minutos", 5),
    ],
)
def test_a_length_is_read_as_people_write_it(words: str, minutes: int) -> None:
    assert length_of(words) == timedelta(minutes=minutes)


@pytest.mark.parametrize("words", ["", "long", "4 weeks", "-5", "1.5 h", "1 2", "h", "4 h and more", "4hx", "4 hm"])
def test_what_is_no_length_is_none(words: str) -> None:
    assert length_of(words) is None


@given(st.integers(min_value=0, max_value=60_000))
def test_what_is_written_is_read_again(minutes: int) -> None:
    length = timedelta(minutes=minutes)

    assert length_of(written(length)) == length
