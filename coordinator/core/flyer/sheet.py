"""The flyer line by line: what each line is by itself, and what it is once its neighbours are asked."""

from collections.abc import Sequence

from coordinator.core.flyer.entries import Entry, entry_of
from coordinator.core.flyer.lines import Line
from coordinator.core.flyer.neighbours import confirmed, without_strays
from coordinator.core.flyer.two_lines import two_line_entries_joined


def entries_of(lines: Sequence[Line], *, month_first: bool) -> list[Entry]:
    """An entry a line, fewer where an entry of the bill takes several lines."""
    read = [entry_of(line, month_first=month_first) for line in lines]
    return without_strays(confirmed(two_line_entries_joined(read, month_first=month_first)))
