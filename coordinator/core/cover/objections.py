"""What stands against somebody taking a shift: one function for every way in.

Hard obstacles hold for everybody: a place is there or it is not, and what the law says of the young is no matter of
taste. Soft ones bind those who sign up by themselves; a coordinator may pass over them, and says why.

Shifts that touch are one stretch of work. A stretch may last so long at most, and between two stretches there must be
a rest. A set is no work in this sense, but nobody is in two places at once, and it takes time to walk from one to the
other and to be there at call time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from ..show_time import DAY_BEGINS, show_day

OF_AGE: Final = 18  # years
NOTHING: Final = timedelta(0)


class Obstacle(StrEnum):
    """Why somebody cannot, or should not, take a shift."""

    CALLED_OFF = "called_off"
    OVER = "over"
    TAKEN = "taken"  # the same person has a place on it
    FULL = "full"
    TOO_YOUNG = "too_young"
    NIGHT = "night"  # it ends later than minors may work
    CLASH = "clash"  # something else of theirs is at the same time
    TOO_CLOSE = "too_close"  # no time to walk from one to the other and be there at call time
    REST = "rest"  # too little rest between two stretches of work
    TOO_LONG = "too_long"  # one stretch of work without a rest
    SKILL = "skill"
    AGE_UNKNOWN = "age_unknown"
    ALONE = "alone"  # a first-timer with nobody beside them who has done it before


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


@dataclass(frozen=True, slots=True)
class Objection:
    """One obstacle. ``what`` names the other shift or slot, or the skill; ``length`` is the minutes or hours it is
    about; ``age`` is in years."""

    obstacle: Obstacle
    what: str = ""
    length: timedelta | None = None
    age: int | None = None

    @property
    def is_soft(self) -> bool:
        return self.obstacle in SOFT


@dataclass(frozen=True, slots=True)
class Stint:
    """A time that somebody is bound: a shift, or a set they play. ``call_at`` is when they must be there."""

    name: str
    starts_at: datetime
    ends_at: datetime
    call_at: datetime
    place: str | None = None
    is_set: bool = False


@dataclass(frozen=True, slots=True)
class Volunteer:
    """Somebody as the rules see them. ``stints`` is all they do otherwise; ``born_on`` None: they never said."""

    stints: Sequence[Stint] = ()
    skills: frozenset[str] = frozenset()
    born_on: date | None = None
    is_first_timer: bool = False
    is_on_it: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """The shift that is asked about. ``experienced``: how many on it have done a shift before. It is over when it has
    ended as the show runs, or has no time any more."""

    stint: Stint
    places: int
    taken: int
    skills: frozenset[str] = frozenset()
    minimum_age: int | None = None
    never_alone: bool = False
    experienced: int = 0
    is_called_off: bool = False
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class HouseRules:
    """What an event asks of everybody. ``longest`` None: a stretch of work may be as long as it likes;
    ``minors_until`` is a wall time in ``zone`` of a shift's own day (05:00 to 05:00), None: as late as everybody.
    Ages are those of the show's day."""

    zone: ZoneInfo
    show_on: date
    walking: timedelta = timedelta(minutes=5)
    rest: timedelta = timedelta(minutes=30)
    longest: timedelta | None = timedelta(hours=6)
    minors_until: time | None = time(22)


def objections(post: Post, volunteer: Volunteer, rules: HouseRules) -> list[Objection]:
    """Everything that stands against it, the gravest first; an empty list: nothing."""
    return [
        *_of_the_place(post, volunteer),
        *_of_age(post, volunteer, rules),
        *_of_other_stints(post.stint, volunteer.stints, rules),
        *_of_work(post.stint, volunteer.stints, rules),
        *_of_experience(post, volunteer),
    ]


def age_on(day: date, born_on: date) -> int:
    """Full years on that day; somebody born on 29 February is a year older on 1 March."""
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


def _of_age(post: Post, volunteer: Volunteer, rules: HouseRules) -> Iterator[Objection]:
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
        and post.stint.ends_at > _last(post.stint, rules.minors_until, rules)
    ):
        yield Objection(Obstacle.NIGHT, age=OF_AGE)


def _last(stint: Stint, wall: time, rules: HouseRules) -> datetime:
    """The wall time on the day of the stint, which goes from 05:00 to 05:00 and need not be that of the show."""
    day = show_day(stint.starts_at, rules.zone)
    on = day if wall >= DAY_BEGINS else day + timedelta(days=1)
    return datetime.combine(on, wall, tzinfo=rules.zone)


def _of_other_stints(asked: Stint, stints: Sequence[Stint], rules: HouseRules) -> Iterator[Objection]:
    for other in sorted(stints, key=lambda stint: stint.starts_at):
        if other.starts_at < asked.ends_at and asked.starts_at < other.ends_at:
            yield Objection(Obstacle.CLASH, other.name)
            continue
        first, then = sorted((asked, other), key=lambda stint: stint.starts_at)
        needed = _way(first, then, rules.walking)
        if then.starts_at - first.ends_at < needed:
            yield Objection(Obstacle.TOO_CLOSE, other.name, needed)


def _way(first: Stint, then: Stint, walking: timedelta) -> timedelta:
    """What must lie between the end of one and the start of the other; nothing if both are in one place."""
    same_place = first.place == then.place and not first.is_set and not then.is_set
    return NOTHING if same_place else walking + max(NOTHING, then.starts_at - then.call_at)


@dataclass(slots=True)
class _Stretch:
    """Shifts that touch, as one."""

    starts_at: datetime
    ends_at: datetime
    names: list[str] = field(default_factory=list)


def _of_work(asked: Stint, stints: Sequence[Stint], rules: HouseRules) -> Iterator[Objection]:
    stretches = _stretches([asked, *(stint for stint in stints if not stint.is_set)])
    place = next(index for index, each in enumerate(stretches) if each.starts_at <= asked.starts_at < each.ends_at)
    own = stretches[place]
    if rules.longest is not None and own.ends_at - own.starts_at > rules.longest:
        yield Objection(Obstacle.TOO_LONG, length=rules.longest)
    before, after = stretches[max(0, place - 1) : place], stretches[place + 1 : place + 2]
    for other in before:
        if own.starts_at - other.ends_at < rules.rest:
            yield Objection(Obstacle.REST, other.names[-1], rules.rest)
    for other in after:
        if other.starts_at - own.ends_at < rules.rest:
            yield Objection(Obstacle.REST, other.names[0], rules.rest)


def _stretches(stints: Sequence[Stint]) -> list[_Stretch]:
    stretches: list[_Stretch] = []
    for stint in sorted(stints, key=lambda each: (each.starts_at, each.ends_at)):
        if stretches and stint.starts_at <= stretches[-1].ends_at:
            stretches[-1].ends_at = max(stretches[-1].ends_at, stint.ends_at)
        else:
            stretches.append(_Stretch(stint.starts_at, stint.ends_at))
        stretches[-1].names.append(stint.name)
    return stretches


def _of_experience(post: Post, volunteer: Volunteer) -> Iterator[Objection]:
    for skill in sorted(post.skills - volunteer.skills):
        yield Objection(Obstacle.SKILL, skill)
    if post.never_alone and volunteer.is_first_timer and not post.experienced:
        yield Objection(Obstacle.ALONE)
