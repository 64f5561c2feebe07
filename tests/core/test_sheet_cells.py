"""Days and times in cells of a table, as people and other tools write them."""

from datetime import date, time

import pytest

from coordinator.core.sheets import SheetContext, read_shifts
from coordinator.core.sheets.model import ShiftLine
from coordinator.core.sheets.moments import day_in

AMERICAN = SheetContext(date(2026, 12, 4), time(19, 30), month_first=True)
EUROPEAN = SheetContext(date(2026, 12, 4), time(19, 30), month_first=False)


@pytest.mark.parametrize(
    ("cell", "american", "european"),
    [
        ("2026-12-04", date(2026, 12, 4), date(2026, 12, 4)),
        ("2026-12-04T00:00:00", date(2026, 12, 4), date(2026, 12, 4)),
        ("12/4/2026", date(2026, 12, 4), date(2026, 12, 4)),  # 12 April is far from the show
        ("4.6.27", date(2027, 4, 6), date(2027, 6, 4)),
        ("12/31/2026", date(2026, 12, 31), date(2026, 12, 31)),
        ("31/12/2026", date(2026, 12, 31), date(2026, 12, 31)),
        ("1/2", date(2027, 1, 2), date(2027, 1, 2)),
        ("46360", date(2026, 12, 4), date(2026, 12, 4)),
        ("4-Dec-26", date(2026, 12, 4), date(2026, 12, 4)),
        ("Saturday", date(2026, 12, 5), date(2026, 12, 5)),
        ("2026-02-30", None, None),
        ("1926-12-04", None, None),
        ("30/30/2026", None, None),
        ("soon", None, None),
        ("12", None, None),
    ],
)
def test_a_day(cell: str, american: date | None, european: date | None) -> None:
    read = [day.on if (day := day_in(cell, context)) else None for context in (AMERICAN, EUROPEAN)]

    assert read == [american, european]


@pytest.mark.parametrize(
    ("starts", "ends", "hours"),
    [
        ("19:15", "20:45", "19:15 20:45"),
        ("7:15 p.m.", "8:45PM", "19:15 20:45"),
        ("19.15", "19h45", "19:15 19:45"),
        ("19:15:00", "8:45:00 PM", "19:15 20:45"),
        ("12 am", "2 am", "00:00+1 02:00+1"),
        ("12:30 PM", "1", "12:30 13:00"),
        ("noon", "midnight", "12:00 00:00+1"),
        ("9", "11:30", "21:00 23:30"),
        ("11", "1", "23:00 01:00+1"),
        ("1930", "2130", "19:30 21:30"),
        ("22:00", "06:00", "22:00 06:00+1"),
        ("01:30b", "03:00", "01:30+1 03:00+1"),
        ("6pm (sharp)", "8pm", None),
        ("19:75", "20:00", None),
        ("٧:١٥", "20:00", None),
    ],
)
def test_both_ends_of_a_shift(starts: str, ends: str, hours: str | None) -> None:
    (line,) = read_shifts(f"role;starts;ends\nDoor;{starts};{ends}\n", AMERICAN).lines

    assert (f"{line.starts} {line.ends}" if isinstance(line, ShiftLine) else None) == hours
