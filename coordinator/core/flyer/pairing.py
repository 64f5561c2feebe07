"""All that a line says of times: the one door to lines with one time and with many."""

from coordinator.core.flyer.around_times import Time
from coordinator.core.flyer.lines import Line
from coordinator.core.flyer.many_times import moments_of_many
from coordinator.core.flyer.moments import NOTHING, Moments
from coordinator.core.flyer.one_time import moments_of_one


def moments_in(line: Line, times: list[Time]) -> Moments:
    """The moments of a line (without its bullet); NOTHING where its words fit no time."""
    if not times:
        return NOTHING
    return moments_of_one(line, times[0]) if len(times) == 1 else moments_of_many(line, times)
