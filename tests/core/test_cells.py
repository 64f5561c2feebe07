"""What people write into the cells of a table."""

from datetime import date, time

import pytest

from coordinator.core.cells import read_clock, read_day, read_language, read_yes


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("19:15", time(19, 15)),
        ("7:15 pm", time(19, 15)),
        ("7:15 p.m.", time(19, 15)),
        ("7pm", time(19)),
        ("12 am", time(0)),
        ("12:30 PM", time(12, 30)),
        ("19.15", time(19, 15)),
        ("19h15", time(19, 15)),
        ("19:15:00", time(19, 15)),
        ("9", time(9)),
        ("24:00", None),
        ("19:75", None),
        ("13 pm", None),
        ("0 am", None),
        ("soon", None),
        ("", None),
        ("٧:١٥", None),
    ],
)
def test_a_clock_time(text: str, clock: time | None) -> None:
    assert read_clock(text) == clock


@pytest.mark.parametrize(
    ("text", "american", "european"),
    [
        ("2026-12-04", date(2026, 12, 4), date(2026, 12, 4)),
        ("2026-12-04T00:00:00", date(2026, 12, 4), date(2026, 12, 4)),
        ("12/4/2026", date(2026, 12, 4), date(2026, 4, 12)),
        ("4.12.26", date(2026, 4, 12), date(2026, 12, 4)),
        ("12/31/2026", date(2026, 12, 31), None),
        ("31/12/2026", None, date(2026, 12, 31)),
        ("2026-02-30", None, None),
        ("1926-12-04", None, None),
        ("Friday", None, None),
    ],
)
def test_a_day(text: str, american: date | None, european: date | None) -> None:
    assert (read_day(text, month_first=True), read_day(text, month_first=False)) == (american, european)


def test_yes_and_no_and_neither() -> None:
    assert [read_yes(word) for word in ("Yes", "x", "SÍ", "si", "1", "TRUE", "")] == [True] * 6 + [False]
    assert [read_yes(word) for word in ("no", "0", "false", "maybe", "?")] == [False, False, False, None, None]


def test_languages_by_their_names() -> None:
    assert [read_language(word) for word in ("en", "English", "inglés", "ES", "Español", "fr", "")] == [
        "en",
        "en",
        "en",
        "es",
        "es",
        None,
        None,
    ]
