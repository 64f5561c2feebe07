"""Programmes whose items are numbered like times: 1.1, 1.2, 1.10, 2.1."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ..text.lines import Line, without_ornaments

_NUMBER: Final = re.compile(r"(?:no\.?\s?|#)?(?P<part>\d{1,2})[.-](?P<item>\d{1,2})[.:)]?\s+(?=\S)")
ENOUGH: Final = 3


def numbered_lines(lines: Sequence[Line]) -> dict[int, Line]:
    """The lines of such a programme without their numbers, by index; empty when the numbers do not count up.

    No clock counts 1.1, 1.2: at least one number has a single figure behind its stop.
    """
    found = {place: number for place, line in enumerate(lines) if (number := _NUMBER.match(line.plain))}
    counted = [(int(number["part"]), int(number["item"])) for number in found.values()]
    counts_up = all(earlier < later for earlier, later in pairwise(counted))
    is_no_clock = any(len(number["item"]) == 1 for number in found.values())
    if len(found) < ENOUGH or not counts_up or not is_no_clock:
        return {}
    return {
        place: without_ornaments(lines[place].part(number.end(), len(lines[place].printed)))
        for place, number in found.items()
    }
