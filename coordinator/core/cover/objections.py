"""Why someone may not take a shift: one function for every way to sign up.

Hard obstacles apply to everyone: the shift is full, or the law protects minors. Soft obstacles apply to people who
sign up on their own; a coordinator may override them with a reason.

What else the person does is judged by ``core/commitments``. Here a stretch of work has a maximum length besides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from ..commitments import Commitment, Limits, Overlap, OverlapKind, overlaps_with, stretches
from ..show_time import calendar_date, show_day
from .defaults import LONGEST, MINORS_UNTIL, REST, WALKING

OF_AGE: Final = 18  # years


class Obstacle(StrEnum):
    CALLED_OFF = "called_off"
    OVER = "over"
    TAKEN = "taken"  # they are already signed up for it
    FULL = "full"
    TOO_YOUNG = "too_young"
    NIGHT = "night"  # it ends later than minors may work
    CLASH = "clash"  # they do something else at the same time
    TOO_CLOSE = "too_close"  # not enough time to walk from one place to the other before call time
    REST = "rest"  # too little rest between two stretches of work
    TOO_LONG = "too_long"  # the stretch of work would be too long
    SKILL = "skill"
    AGE_UNKNOWN = "age_unknown"
    ALONE = "alone"  # a first-timer without an experienced volunteer on the shift


SOFT: Final = frozenset(
    {
        Obstacle.CLASH,
        Obstacle.TOO_CLOSE,
        Obstacle.REST,
        Obstacle.TOO_LONG,
        Obstacle.SKILL,
        Obstacle.AGE_UNKNOWN,
        Obstacle.ALONE,
    }
)

OF_TIME: Final = frozenset({Obstacle.CLASH, Obstacle.TOO_CLOSE, Obstacle.REST, Obstacle.TOO_LONG})

_OBSTACLES: Final = {
    OverlapKind.SAME_TIME: Obstacle.CLASH,
    OverlapKind.TOO_CLOSE: Obstacle.TOO_CLOSE,
    OverlapKind.REST: Obstacle.REST,
}


@dataclass(frozen=True, slots=True)
class Objection:
    """``what`` names the other shift or slot, or the skill. ``length`` is the limit in minutes or hours, ``age`` in
    years; each is None where the obstacle has no such limit."""

    obstacle: Obstacle
    what: str = ""
    length: timedelta | None = None
    age: int | None = None

    @property
    def is_soft(self) -> bool:
        return self.obstacle in SOFT


@dataclass(frozen=True, slots=True)
class Volunteer:
    """``commitments``: everything else they do. ``born_on`` None: they did not give it."""

    commitments: Sequence[Commitment] = ()
    skills: frozenset[str] = frozenset()
    born_on: date | None = None
    is_first_timer: bool = False
    is_on_it: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """The shift in question. ``experienced``: how many people on it have worked a shift before. ``is_over``: it has
    ended in the show as it really runs, or has no time anymore."""

    work: Commitment
    places: int
    taken: int
    skills: frozenset[str] = frozenset()
    minimum_age: int | None = None
    never_alone: bool = False
    experienced: int = 0
    is_called_off: bool = False
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class WorkRules:
    """The rules of an event for everyone who works at it. ``longest`` None: no limit on a stretch of work.
    ``minors_until`` is a wall time in ``zone`` on the shift's show day (05:00 to 05:00); None: no limit. Ages are
    those on ``show_on``."""

    zone: ZoneInfo
    show_on: date
    walking: timedelta = WALKING
    rest: timedelta = REST
    longest: timedelta | None = LONGEST
    minors_until: time | None = MINORS_UNTIL

    @property
    def limits(self) -> Limits:
        return Limits(self.walking, self.rest)


def objections(post: Post, volunteer: Volunteer, rules: WorkRules) -> list[Objection]:
    """All objections, the most serious first; empty when there are none."""
    return [
        *_of_the_place(post, volunteer),
        *_of_age(post, volunteer, rules),
        *_of_time(post.work, volunteer.commitments, rules),
        *_of_experience(post, volunteer),
    ]


def age_on(day: date, born_on: date) -> int:
    """Age in full years on that day. Someone born on February 29 turns a year older on March 1."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _of_the_place(post: Post, volunteer: Volunteer) -> Iterator[Objection]:
    if post.is_called_off:
        yield Objection(Obstacle.CALLED_OFF)
    if post.is_over:
        yield Objection(Obstacle.OVER)
    if volunteer.is_on_it:
        yield Objection(Obstacle.TAKEN)
    elif post.taken >= post.places:
        yield Objection(Obstacle.FULL)


def _of_age(post: Post, volunteer: Volunteer, rules: WorkRules) -> Iterator[Objection]:
    if volunteer.born_on is None:
        if post.minimum_age is not None:
            yield Objection(Obstacle.AGE_UNKNOWN, age=post.minimum_age)
        return
    age = age_on(rules.show_on, volunteer.born_on)
    if post.minimum_age is not None and age < post.minimum_age:
        yield Objection(Obstacle.TOO_YOUNG, age=post.minimum_age)
    if (
        age < OF_AGE
        and rules.minors_until is not None
        and post.work.ends_at > _last(post.work, rules.minors_until, rules)
    ):
        yield Objection(Obstacle.NIGHT, age=OF_AGE)


def _last(work: Commitment, wall: time, rules: WorkRules) -> datetime:
    """The wall time on the show day (05:00 to 05:00) of the shift, which may differ from the day of the show."""
    on = calendar_date(show_day(work.starts_at, rules.zone), wall)
    return datetime.combine(on, wall, tzinfo=rules.zone)


def _of_time(asked: Commitment, others: Sequence[Commitment], rules: WorkRules) -> Iterator[Objection]:
    meeting, resting = overlaps_with(asked, others, rules.limits)
    yield from _said(asked, meeting)
    own = next(stretch for stretch in stretches([asked, *others]) if any(asked is each for each in stretch.shifts))
    if rules.longest is not None and own.length > rules.longest:
        yield Objection(Obstacle.TOO_LONG, length=rules.longest)
    yield from _said(asked, resting)


def _said(asked: Commitment, found: Sequence[Overlap]) -> Iterator[Objection]:
    for overlap in found:
        other = overlap.then if overlap.first is asked else overlap.first
        yield Objection(_OBSTACLES[overlap.kind], other.name, overlap.needed or None)


def _of_experience(post: Post, volunteer: Volunteer) -> Iterator[Objection]:
    for skill in sorted(post.skills - volunteer.skills):
        yield Objection(Obstacle.SKILL, skill)
    if post.never_alone and volunteer.is_first_timer and not post.experienced:
        yield Objection(Obstacle.ALONE)
