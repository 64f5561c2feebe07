"""Days and clock times named in a text, compared with those in the text that asked.

The first item of a NamedTime is its kind: a weekday (0 is Monday), a date (month, day), a day of month, a clock time
(hour, minute, and a, p or None), today, tomorrow, never.
"""

import re
from collections.abc import Iterable
from typing import Final

NamedTime = tuple[object, ...]
TODAY: Final[NamedTime] = ("today",)
NEVER: Final[NamedTime] = ("never",)  # equals no time in a text that asks
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s?([ap])?")


def all_stand(said: Iterable[NamedTime], asked: Iterable[NamedTime], *, today: bool) -> bool:
    """Whether the text that asked names every day and time in ``said``; ``today``: it is about today."""
    known = set(asked) | ({TODAY} if today else set())
    return all(any(_same(named_time, other) for other in known) for named_time in said)


def _same(one: NamedTime, other: NamedTime) -> bool:
    if one[0] == "of month" and other[0] == "date":
        return one[1] == other[2]
    if one[0] != "clock" or other[0] != "clock":
        return one == other
    return one[1:3] == other[1:3] and (one[3] == other[3] or None in (one[3], other[3]))


def clock_named(text: str) -> NamedTime:
    """The time in digits such as 8, 8:30 or 8:30p; NEVER for anything else."""
    found = _TIME.match(text)
    if found is None:
        return NEVER
    hour, minute, half = int(found.group(1)), int(found.group(2) or 0), found.group(3)
    if hour > 12 or hour == 0:
        half = "p" if hour >= 12 else "a"
        hour = hour % 12 or 12
    return ("clock", hour, minute, half)
