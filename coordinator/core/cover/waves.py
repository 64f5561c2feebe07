"""Who is asked for a free place, in which order, how many at a time. Values in, values out.

How a place is filled depends on how near the shift is. Long before, the first of the waitlist who fits moves up at
once. Nearer, people are asked one at a time, each with a time limit. Shortly before, whoever answers first has it: the
whole waitlist is asked together, with as many others as make a wave, and more waves follow while nobody says yes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

WAVE: Final = 6  # people who are asked together shortly before a shift; a longer waitlist is asked whole
LEAST_GAP: Final = timedelta(minutes=5)  # between two waves
PATIENCE: Final = 12  # long before, somebody who does not wait for the place has a twelfth of the time left to answer
HASTE: Final = 6  # shortly before, a wave has a sixth of the time left until the next one goes
OFTEN: Final = 3  # offers lately after which somebody who only did the work before is left in peace


class Mode(StrEnum):
    """How a place is filled."""

    PROMOTE = "promote"
    OFFER = "offer"
    FASTEST = "fastest"


class Source(StrEnum):
    """Whence somebody is known who might come, nearest first."""

    WAITLIST = "waitlist"
    STANDBY = "standby"
    KNOWN = "known"  # did this work before


@dataclass(frozen=True, slots=True)
class Filling:
    """What an event says about it: until how long before a shift which mode holds, how long one has to answer."""

    promote_until: timedelta = timedelta(hours=24)
    offer_until: timedelta = timedelta(hours=3)
    offer_lasts: timedelta = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might come. ``since_at``: when they queued or went on standby; ``asked``: offers to them lately."""

    person_id: int
    source: Source
    since_at: datetime
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One offer of a search as it stands."""

    person_id: int
    offered_at: datetime
    expires_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Wave:
    """What to do now: ask so many (None: the whole waitlist, and others up to WAVE). ``long_until`` is the time limit
    for those who do not wait for the place."""

    mode: Mode
    size: int | None
    answer_until: datetime
    long_until: datetime
    next_at: datetime


def mode_of(lead: timedelta, filling: Filling) -> Mode:
    """How a place is filled so long before its shift; negative when the shift has begun."""
    if lead >= max(filling.promote_until, LEAST_GAP):
        return Mode.PROMOTE
    return Mode.OFFER if lead >= max(filling.offer_until, LEAST_GAP) else Mode.FASTEST


def in_order(candidates: Collection[Candidate]) -> list[Candidate]:
    """The waitlist first come first; then standby and those who did the work before, least asked first.

    Somebody known in two ways counts once, in the nearest. Equal ones stay in one order, whatever order they come in.
    """
    ranks = list(Source)
    nearest: dict[int, Candidate] = {}
    for each in sorted(candidates, key=lambda each: (ranks.index(each.source), *_turn(each))):
        nearest.setdefault(each.person_id, each)
    return sorted(nearest.values(), key=lambda each: (ranks.index(each.source), *_turn(each)))


def _turn(each: Candidate) -> tuple[int, datetime, int]:
    asked = 0 if each.source is Source.WAITLIST else each.asked
    return asked, each.since_at, each.person_id


def next_wave(
    asked: Sequence[Asked], *, starts_at: datetime, ends_at: datetime, now: datetime, filling: Filling
) -> Wave | datetime:
    """The wave that goes now, or the instant until which those who were asked are waited for."""
    live = [each for each in asked if each.is_open and each.expires_at > now]
    alone = [each.expires_at for each in live if each.expires_at < starts_at]  # asked one at a time: theirs to answer
    if alone:
        return min(alone)
    lead = starts_at - now
    mode = mode_of(lead, filling)
    if mode is not Mode.FASTEST:
        return _one(mode, lead, now, starts_at, filling)
    gap = max(LEAST_GAP, min(filling.offer_lasts, lead / HASTE))
    if live and (due_at := max(each.offered_at for each in live) + gap) > now:
        return due_at
    until = max(ends_at, starts_at)
    return Wave(mode, None, until, until, now + gap)


def _one(mode: Mode, lead: timedelta, now: datetime, starts_at: datetime, filling: Filling) -> Wave:
    last = starts_at - timedelta(minutes=1)  # before the start, or it would count as one of a wave
    answer_until = min(now + filling.offer_lasts, last)
    lasts = max(filling.offer_lasts, lead / PATIENCE) if mode is Mode.PROMOTE else filling.offer_lasts
    long_until = min(now + lasts, last)
    return Wave(mode, 1, answer_until, long_until, answer_until)


def chosen(
    candidates: Collection[Candidate],
    wave: Wave,
    *,
    asked_already: Collection[int],
    fits: Callable[[Candidate], bool],
) -> list[Candidate]:
    """Those of the wave, in order. Nobody whom this search asked before, whom the rules object to, or who was asked
    too often lately without waiting for it or standing by. ``fits`` is asked of no more people than needed."""
    picked: list[Candidate] = []
    for each in in_order(candidates):
        if each.person_id in asked_already or (each.source is Source.KNOWN and each.asked >= OFTEN):
            continue
        whole_waitlist = wave.size is None and each.source is Source.WAITLIST
        if len(picked) >= (wave.size or WAVE) and not whole_waitlist:
            break
        if fits(each):
            picked.append(each)
    return picked
