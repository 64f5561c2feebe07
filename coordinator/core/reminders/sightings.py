"""How long a time has been steady, from what the planner saw at each of its runs.

A sighting is valid until the next one, no matter how long ago or by which process it was made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

STEADY_FOR = timedelta(seconds=60)
STEADY_WITHIN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one run of the planner saw; ``anchor_at`` is None when there was no such time."""

    seen_at: datetime
    anchor_at: datetime | None


def steady_at(sightings: Sequence[Sighting], anchor_at: datetime | None) -> datetime | None:
    """When the time will have been steady for 60 s: it always existed and stayed within 2 minutes of the present one.

    ``sightings`` are oldest first. None: there is no such time, or no run has seen it yet.
    """
    since_at = None
    for sighting in reversed(sightings):
        if anchor_at is None or sighting.anchor_at is None or abs(sighting.anchor_at - anchor_at) >= STEADY_WITHIN:
            break
        since_at = sighting.seen_at
    return since_at and since_at + STEADY_FOR


def stable(sightings: Sequence[Sighting], anchor_at: datetime | None, now: datetime) -> bool:
    """Whether the time was steady since the last run at or before ``now - 60 s``. False without a run that old."""
    at = steady_at(sightings, anchor_at)
    return at is not None and at <= now


def remember(sightings: Sequence[Sighting], now: datetime, anchor_at: datetime | None) -> tuple[Sighting, ...]:
    """The sightings to keep, oldest first, including the present one: those ``stable`` may need from ``now`` on.

    A sighting equal to the one before it is dropped; a second sighting at the same instant replaces the first.
    """
    seen = [sighting for sighting in sightings if sighting.seen_at != now]
    seen.append(Sighting(now, anchor_at))
    seen.sort(key=lambda sighting: sighting.seen_at)  # the clocks of two machines may differ
    kept: list[Sighting] = []
    for sighting in _that_count(seen, now):
        if not kept or kept[-1].anchor_at != sighting.anchor_at:
            kept.append(sighting)
    return tuple(kept)


def _that_count(sightings: Sequence[Sighting], now: datetime) -> Sequence[Sighting]:
    first = 0
    while first + 1 < len(sightings) and sightings[first + 1].seen_at <= now - STEADY_FOR:
        first += 1
    return sightings[first:]
