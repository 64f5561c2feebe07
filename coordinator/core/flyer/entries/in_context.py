"""The entries of a flyer: what each line says on its own, then what it says next to its neighbors."""

from collections.abc import Sequence

from ..text.lines import Line
from .entry import Entry, entry_of, led_by_a_weekday
from .neighbors import confirmed, sets_told_apart, without_strays
from .numbered import numbered_lines
from .two_lines import two_line_entries_joined


def entries_of(lines: Sequence[Line], *, month_first: bool) -> list[Entry]:
    """One entry per line; fewer when an act takes several lines."""
    numbered = numbered_lines(lines)
    led = sum(led_by_a_weekday(line) is not None for line in lines) > 1
    read = [
        Entry(line, numbered[place], is_numbered=True)
        if place in numbered
        else entry_of(line, month_first=month_first, weekday_may_lead=led)
        for place, line in enumerate(lines)
    ]
    return without_strays(sets_told_apart(confirmed(two_line_entries_joined(read, month_first=month_first))))
