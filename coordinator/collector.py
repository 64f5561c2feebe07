"""When the garbage collector runs: before Python 3.12 only at safe points. See docs/decisions/0009."""

import gc
import sys
from typing import Final

RUNS_BY_ITSELF: Final = sys.version_info >= (3, 12)  # it then runs between bytecodes, never inside an allocation
LIMITS: Final = (10_000, 4, 4)  # objects more than before; collections of the generation below, twice


def keep_to_safe_points() -> None:
    """Call once in every process, after it has loaded what it needs; objects that exist then are never scanned again.

    Before Python 3.12, nothing is collected from then on except at ``safe_point``.
    """
    gc.freeze()
    if not RUNS_BY_ITSELF:
        gc.disable()


def safe_point() -> None:
    """Collect what is due: young objects often, all objects seldom. Does nothing where the collector runs on its own.

    Call it from ordinary Python code, never from a callback of SQLAlchemy in the middle of its own work.
    """
    if gc.isenabled():
        return
    counts = gc.get_count()
    if counts[0] > LIMITS[0]:
        gc.collect(max(generation for generation in range(3) if counts[generation] > LIMITS[generation]))
