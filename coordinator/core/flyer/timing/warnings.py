"""What an organizer should check."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from ..model import FlyerAct, FlyerWarning, WallTime
from .on_the_clock import Timed

_Stage = tuple[date | None, str]


LONGEST_SET: Final = timedelta(hours=6)


def warnings_of(timed: Timed, acts: Sequence[FlyerAct], told: Iterable[FlyerWarning]) -> tuple[FlyerWarning, ...]:
    """``acts`` are in order of date and time; ``told`` is what was noticed before times were resolved."""
    found = list(told)
    found += [FlyerWarning("several_days", timed.doubtful_days)] if timed.doubtful_days else []
    found += [FlyerWarning("order_reversed", names) for names in timed.reversed_lists]
    for stage_acts in _by_stage(acts).values():
        found += _same_time(stage_acts)
        found += _overlaps(stage_acts)
    if lasting := tuple(
        act.name for act in acts if act.starts and act.ends and act.starts.until(act.ends) > LONGEST_SET
    ):
        found.append(FlyerWarning("long_set", lasting))
    if curfew := timed.facts.get("curfew"):
        found += _past_curfew(acts, curfew)
    guessed = tuple(act.name for act in acts if act.guessed)
    if guessed or timed.guessed_facts:
        found.append(FlyerWarning("guessed_pm", guessed))
    return tuple(found)


def _by_stage(acts: Sequence[FlyerAct]) -> dict[_Stage, list[FlyerAct]]:
    stages: dict[_Stage, list[FlyerAct]] = {}
    for act in acts:
        if act.starts:
            stages.setdefault((act.on, (act.stage or "").casefold()), []).append(act)
    return stages


def _same_time(acts: list[FlyerAct]) -> Iterator[FlyerWarning]:
    for earlier, later in pairwise(acts):
        if earlier.starts == later.starts:
            yield FlyerWarning("same_time", (earlier.name, later.name))


def _overlaps(acts: list[FlyerAct]) -> Iterator[FlyerWarning]:
    for earlier, later in pairwise(acts):
        if earlier.ends and later.starts and earlier.ends > later.starts:
            yield FlyerWarning("overlap", (earlier.name, later.name))


def _past_curfew(acts: Sequence[FlyerAct], curfew: WallTime) -> Iterator[FlyerWarning]:
    late = tuple(act.name for act in acts if (act.starts and act.starts > curfew) or (act.ends and act.ends > curfew))
    if late:
        yield FlyerWarning("past_curfew", late)
