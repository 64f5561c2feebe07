"""What one person does, and which of it cannot both be done: the one rule for every page and every action.

Nobody is in two places at once. Between two places there is the walk, the call time of what comes next, and after a
set the time to clear the stage. Shifts that touch count as one stretch of work; two stretches need a rest between them.
A set is neither work nor rest. Two shifts, or two sets, in the same place may touch.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

NOTHING: Final = timedelta(0)
A_MINUTE: Final = timedelta(minutes=1)


class CommitmentKind(StrEnum):
    SHIFT = "shift"
    SET = "set"  # whatever stands in a running order and has an act


class OverlapKind(StrEnum):
    """Most serious first. ``too_close``: no time to clear, walk and be there by call time."""

    SAME_TIME = "same_time"
    TOO_CLOSE = "too_close"
    REST = "rest"


SERIOUS: Final = tuple(OverlapKind)


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something that a person does from ``starts_at`` to ``ends_at``.

    ``call_at`` is when they must be there, ``strike`` how long they need afterwards until they can go. ``place`` is
    compared within its ``event`` only; None: the same unnamed place for all. ``key`` tells it from everything else that
    the person does.
    """

    name: str
    starts_at: datetime
    ends_at: datetime
    call_at: datetime
    place: str | None = None
    kind: CommitmentKind = CommitmentKind.SHIFT
    event: str = ""
    key: str = ""
    strike: timedelta = NOTHING

    @property
    def is_set(self) -> bool:
        return self.kind == CommitmentKind.SET

    def is_beside(self, other: "Commitment") -> bool:
        """Whether nobody has to walk, set up or clear anything between the two."""
        return (self.kind, self.event, self.place) == (other.kind, other.event, other.place)


@dataclass(frozen=True, slots=True)
class Limits:
    """What people need between two things they do: the walk to another place, and rest between stretches of work."""

    walking: timedelta
    rest: timedelta


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two commitments of one person that cannot both be kept, in order of their start.

    ``length`` is how long both last at once, or how much is missing of the time that is ``needed`` between them.
    """

    kind: OverlapKind
    first: Commitment
    then: Commitment
    length: timedelta
    needed: timedelta = NOTHING

    @property
    def pair(self) -> tuple[str, str]:
        """The keys of both, whichever comes first."""
        one, other = sorted((self.first.key, self.then.key))
        return one, other

    @property
    def minutes(self) -> int:
        """The length in minutes, rounded up."""
        return -(-self.length // A_MINUTE)

    @property
    def ends_at(self) -> datetime:
        """When the last of the two ends, and the overlap is past."""
        return max(self.first.ends_at, self.then.ends_at)

    def is_worse_than(self, kind: OverlapKind, minutes: int) -> bool:
        """Whether it is more serious than one of this kind, or longer."""
        return (-SERIOUS.index(self.kind), self.minutes) > (-SERIOUS.index(kind), minutes)


def overlaps(commitments: Iterable[Commitment], limits: Limits) -> tuple[Overlap, ...]:
    """Every two commitments of one person that cannot both be kept, each pair once with its most serious reason.

    They come in order of time, in whatever order the commitments were given.
    """
    in_order = sorted(commitments, key=_in_time)
    found: dict[tuple[int, int], Overlap] = {}
    for overlap in (*_meeting(in_order, limits), *_without_rest(in_order, limits.rest)):
        found.setdefault((id(overlap.first), id(overlap.then)), overlap)
    return tuple(sorted(found.values(), key=lambda each: (_in_time(each.then), _in_time(each.first))))


def overlaps_with(
    asked: Commitment, others: Iterable[Commitment], limits: Limits
) -> tuple[list[Overlap], list[Overlap]]:
    """What the person cannot do if they do ``asked`` too: what meets it or is too close to it, and what leaves too
    little rest. The same two may be in both."""
    in_order = sorted([asked, *others], key=_in_time)
    meeting = [each for each in _meeting(in_order, limits) if asked is each.first or asked is each.then]
    resting = [each for each in _without_rest(in_order, limits.rest) if asked is each.first or asked is each.then]
    return meeting, resting


@dataclass(slots=True)
class Stretch:
    """Shifts of one person that touch; ``last`` is the one that ends last."""

    first: Commitment
    last: Commitment
    shifts: list[Commitment] = field(default_factory=list)

    @property
    def length(self) -> timedelta:
        return self.last.ends_at - self.first.starts_at


def stretches(commitments: Iterable[Commitment]) -> list[Stretch]:
    """The stretches of work among them, in order of time."""
    return _stretches(sorted(commitments, key=_in_time))


def _meeting(in_order: Sequence[Commitment], limits: Limits) -> Iterator[Overlap]:
    """Sweeps over them by start: only what ended too short a time ago is compared with what comes next."""
    reach = limits.walking + max((each.starts_at - each.call_at for each in in_order), default=NOTHING)
    going: list[Commitment] = []
    for then in in_order:
        going = [first for first in going if first.ends_at + first.strike + reach > then.starts_at]
        for first in going:
            if overlap := _between(first, then, limits.walking):
                yield overlap
        going.append(then)


def _between(first: Commitment, then: Commitment, walking: timedelta) -> Overlap | None:
    together = min(first.ends_at, then.ends_at) - then.starts_at
    if together > NOTHING:
        return Overlap(OverlapKind.SAME_TIME, first, then, together)
    lead = max(NOTHING, then.starts_at - then.call_at)
    needed = NOTHING if first.is_beside(then) else first.strike + walking + lead
    missing = needed - (then.starts_at - first.ends_at)
    return Overlap(OverlapKind.TOO_CLOSE, first, then, missing, needed) if missing > NOTHING else None


def _without_rest(in_order: Sequence[Commitment], rest: timedelta) -> Iterator[Overlap]:
    for before, after in pairwise(_stretches(in_order)):
        missing = rest - (after.first.starts_at - before.last.ends_at)
        if missing > NOTHING:
            yield Overlap(OverlapKind.REST, before.last, after.first, missing, rest)


def _stretches(in_order: Iterable[Commitment]) -> list[Stretch]:
    found: list[Stretch] = []
    for shift in in_order:
        if shift.is_set:
            continue
        if found and shift.starts_at <= found[-1].last.ends_at:
            if shift.ends_at > found[-1].last.ends_at:
                found[-1].last = shift
        else:
            found.append(Stretch(shift, shift))
        found[-1].shifts.append(shift)
    return found


def _in_time(each: Commitment) -> tuple[datetime, datetime, str]:
    return each.starts_at, each.ends_at, each.key
