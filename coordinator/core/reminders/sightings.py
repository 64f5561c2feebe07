"""How long a projected time has been steady, told from when it was looked at and what was seen.

A sighting holds until the next one, whoever made it and however long ago.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

STEADY_FOR = timedelta(seconds=60)
STEADY_WITHIN = timedelta(minutes=2)
SPACING = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was projected when somebody looked; ``anchor_at`` is None while there was no projected time."""

    seen_at: datetime
    anchor_at: datetime | None


def stable(sightings: Sequence[Sighting], anchor_at: datetime | None, now: datetime) -> bool:
    """Whether the projected time has been steady: always there, and less than 2 minutes from the present one.

    What counts are the sightings, oldest first, from the last one at or before ``now`` less 60 s; without one that old
    it is not steady yet.
    """
    if anchor_at is None or not sightings or sightings[0].seen_at > now - STEADY_FOR:
        return False
    return all(
        sighting.anchor_at is not None and abs(sighting.anchor_at - anchor_at) < STEADY_WITHIN
        for sighting in _that_count(sightings, now)
    )


def remember(sightings: Sequence[Sighting], now: datetime, anchor_at: datetime | None) -> tuple[Sighting, ...]:
    """The sightings to keep, oldest first, with the present one; a second look at one instant replaces the first.

    Kept is all that ``stable`` can ask for from ``now`` on. Of sightings closer than 15 s those are dropped that only
    slide with the clock and lie between their neighbours: the neighbours stand nearer the edge, so ``stable`` never
    says yes where all sightings together would say no, and says it as soon as they would after a jump.
    """
    seen = [sighting for sighting in sightings if sighting.seen_at != now]
    seen.append(Sighting(now, anchor_at))
    seen.sort(key=lambda sighting: sighting.seen_at)  # clocks of two machines differ a little
    kept: list[Sighting] = []
    for sighting in _that_count(seen, now):
        if len(kept) > 1 and _says_nothing_new(kept[-2], kept[-1], sighting):
            kept.pop()
        kept.append(sighting)
    return tuple(kept)


def _that_count(sightings: Sequence[Sighting], now: datetime) -> Sequence[Sighting]:
    first = 0
    while first + 1 < len(sightings) and sightings[first + 1].seen_at <= now - STEADY_FOR:
        first += 1
    return sightings[first:]


def _says_nothing_new(before: Sighting, sighting: Sighting, after: Sighting) -> bool:
    if after.seen_at - before.seen_at > SPACING:
        return False
    if before.anchor_at is None or sighting.anchor_at is None or after.anchor_at is None:
        return before.anchor_at is sighting.anchor_at is after.anchor_at
    low, high = sorted((before.anchor_at, after.anchor_at))
    slid = abs(sighting.anchor_at - before.anchor_at) <= sighting.seen_at - before.seen_at
    return slid and low <= sighting.anchor_at <= high
