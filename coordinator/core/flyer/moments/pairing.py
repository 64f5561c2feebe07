"""The entry point for lines with one time and with many."""

from ..text.lines import Line
from ..times.around_times import Time
from .many_times import moments_of_many
from .moment import NOTHING, Moments
from .one_time import moments_of_one


def moments_in(line: Line, times: list[Time]) -> Moments:
    """The moments of a line (without its bullet); NOTHING when its words fit no time."""
    if not times:
        return NOTHING
    return moments_of_one(line, times[0]) if len(times) == 1 else moments_of_many(line, times)
