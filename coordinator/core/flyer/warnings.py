"""What an organiser should look at again."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from coordinator.core.flyer.model import FlyerAct, FlyerWarning, WallTime
from coordinator.core.flyer.timing import Timed

_Stage = tuple[date | None, str]


def warnings_of(timed: Timed, acts: Sequence[FlyerAct]) -> tuple[FlyerWarning, ...]:
    """``acts`` are in order of date and time."""
    found = [FlyerWarning("order_reversed", names) for names in timed.turned_round]
    for stage_acts in _by_stage(acts).values():
        found += _same_time(stage_acts)
        found += _overlaps(stage_acts)
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
