"""Who is asked to fill a free spot, in which order, and how many at a time.

It depends on how soon the shift starts. Long before, the first suitable person on the waitlist gets the spot at once.
Later, people are asked one at a time, each with a time limit. Shortly before, the first yes gets it: the whole waitlist
is asked at once, together with enough others to make a wave, and more waves follow until someone says yes.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from .defaults import OFFER_LASTS, OFFER_UNTIL, PROMOTE_UNTIL

WAVE_SIZE: Final = 6  # people asked at once shortly before a shift; a longer waitlist is asked as a whole
LEAST_GAP: Final = timedelta(minutes=5)  # between two waves
PATIENCE: Final = 12  # long before, people not on the waitlist have 1/12 of the remaining time to answer
WAVES_LEFT: Final = 6  # shortly before, the next wave follows after 1/6 of the remaining time
MOST_RECENT_OFFERS: Final = 3  # people who only did this work before are not asked after this many recent offers


class Mode(StrEnum):
    """How a free spot is filled: at once, one offer at a time, or whoever is fastest."""

    PROMOTE = "promote"
    OFFER = "offer"
    FASTEST = "fastest"


class AsksWhom(StrEnum):
    """Who may be asked besides people on the waitlist and on standby, who have asked for it."""

    NOBODY = "nobody"
    HISTORY = "history"  # people who did this work before
    EVERYBODY = "everybody"  # after them, everyone in the show who is free and able


class Source(StrEnum):
    """Why a person can be asked, in the order of asking."""

    WAITLIST = "waitlist"
    STANDBY = "standby"
    KNOWN = "known"  # did this work before
    SHOW = "show"  # is part of the show


UNASKED: Final = frozenset({Source.KNOWN, Source.SHOW})  # they have not asked for it


@dataclass(frozen=True, slots=True)
class Filling:
    """An event's settings: how long before a shift each mode applies, and how long people have to answer."""

    promote_until: timedelta = PROMOTE_UNTIL
    offer_until: timedelta = OFFER_UNTIL
    offer_lasts: timedelta = OFFER_LASTS


@dataclass(frozen=True, slots=True)
class Candidate:
    """``since_at``: when they joined the waitlist or went on standby. ``asked``: how many offers they got recently."""

    person_id: int
    source: Source
    since_at: datetime
    asked: int = 0


@dataclass(frozen=True, slots=True)
class SearchOffer:
    """``is_waiting``: it was made to someone on the waitlist."""

    person_id: int
    offered_at: datetime
    expires_at: datetime
    is_open: bool
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Wave:
    """Ask ``size`` people now (None: the whole waitlist, and others up to WAVE_SIZE).

    ``answer_until`` is the time limit for people on the waitlist, ``long_until`` for all others.
    """

    mode: Mode
    size: int | None
    answer_until: datetime
    long_until: datetime
    next_at: datetime


def mode_of(lead: timedelta, filling: Filling) -> Mode:
    """How a spot is filled this long before the shift; ``lead`` is negative once the shift has begun."""
    if lead >= max(filling.promote_until, LEAST_GAP):
        return Mode.PROMOTE
    return Mode.OFFER if lead >= max(filling.offer_until, LEAST_GAP) else Mode.FASTEST


def in_order(candidates: Collection[Candidate]) -> list[Candidate]:
    """The waitlist in the order of joining, then standby and people who did the work before, least asked first.

    A person from two sources counts once, in the first of them. The order does not depend on the input order.
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
    asked: Sequence[SearchOffer], *, starts_at: datetime, ends_at: datetime, now: datetime, filling: Filling
) -> Wave | datetime:
    """The wave to send now, or the instant until which to wait for answers."""
    live = [each for each in asked if each.is_open and each.expires_at > now]
    alone = [each.expires_at for each in live if each.expires_at < starts_at]  # asked one at a time: wait for them
    if alone:
        return min(alone)
    gap = _gap(starts_at - now, filling)
    is_fastest = mode_of(starts_at - now, filling) is Mode.FASTEST
    if is_fastest and live and (due_at := max(each.offered_at for each in live) + gap) > now:
        return due_at
    return _wave(starts_at, ends_at, now, filling)


def wave_for_waiting(
    asked: Sequence[SearchOffer], *, starts_at: datetime, ends_at: datetime, now: datetime, filling: Filling
) -> Wave | None:
    """The wave for people on the waitlist whom nobody has asked, although others still have time to answer.

    None while someone on the waitlist is asked alone. Whoever says yes first gets the spot.
    """
    live = [each for each in asked if each.is_open and each.expires_at > now and each.is_waiting]
    if any(each.expires_at < starts_at for each in live):
        return None
    return _wave(starts_at, ends_at, now, filling)


def _wave(starts_at: datetime, ends_at: datetime, now: datetime, filling: Filling) -> Wave:
    lead = starts_at - now
    mode = mode_of(lead, filling)
    if mode is not Mode.FASTEST:
        return _one(mode, lead, now, starts_at, filling)
    until = max(ends_at, starts_at)
    return Wave(mode, None, until, until, now + _gap(lead, filling))


def _gap(lead: timedelta, filling: Filling) -> timedelta:
    """How long a wave has the spot to itself, shortly before a shift."""
    return max(LEAST_GAP, min(filling.offer_lasts, lead / WAVES_LEFT))


def _one(mode: Mode, lead: timedelta, now: datetime, starts_at: datetime, filling: Filling) -> Wave:
    last = starts_at - timedelta(minutes=1)  # an offer that lasts until the start would count as part of a wave
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
    """The people to ask in this wave, in order. Left out: people this search already asked, people who do not fit, and
    people who have not asked for it, with too many recent offers. ``fits`` is called for no more people than needed."""
    picked: list[Candidate] = []
    for each in in_order(candidates):
        if each.person_id in asked_already or (each.source in UNASKED and each.asked >= MOST_RECENT_OFFERS):
            continue
        whole_waitlist = wave.size is None and each.source is Source.WAITLIST
        if len(picked) >= (wave.size or WAVE_SIZE) and not whole_waitlist:
            break
        if fits(each):
            picked.append(each)
    return picked
