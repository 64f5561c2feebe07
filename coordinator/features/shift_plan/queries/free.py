"""Who of a show's people is free for a shift, and what speaks against the others."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from coordinator.core.cover import Objection, Obstacle
from coordinator.core.search_words import is_found
from coordinator.db import db
from coordinator.events.labels import called
from coordinator.events.models import Event, EventPerson
from coordinator.people.models import Person
from coordinator.shifts.models import HOLDING, Shift, SignUp
from coordinator.shifts.queries.roster import Roster, objections_to
from coordinator.shifts.refusals.taking import refusal_of

MOST: Final = 50  # names at a time; a search finds the others


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who could be put on the shift. ``shifts``: how many of the show's they have.

    ``against``: sentences about them; a coordinator can override them with a reason. ``obstacles``: their kinds.
    """

    person: Person
    shifts: int
    against: Sequence[str]
    obstacles: str


@dataclass(frozen=True, slots=True)
class WhoIsFree:
    """``free``: nothing speaks against them. ``warned``: something does. Both begin with who has the fewest shifts.

    ``more``: how many others there are; ``busy``: how many have something else at that time, or can't be on it at all.
    """

    free: Sequence[Candidate]
    warned: Sequence[Candidate]
    more: int
    busy: int


def who_is_free(shift: Shift, now: datetime, words: str = "") -> WhoIsFree:
    """Everyone of the show whose name has these words, in the same number of queries however many they are."""
    people = [each for each in _people_of(shift.event) if is_found(words, each.name)]
    roster, shifts = Roster(shift.event, [shift], people, now), _shifts_of(shift.event)
    found = [(person, roster.against(shift, person)) for person in people]
    able = [(person, against) for person, against in found if _is_able(against)]
    candidates = sorted(
        (_candidate(shift, person, against, shifts[person.id]) for person, against in able),
        key=lambda each: (each.shifts, each.person.name.casefold(), each.person.id),
    )
    free, warned = [each for each in candidates if not each.against], [each for each in candidates if each.against]
    room = MOST - len(free[:MOST])
    on_it = sum(any(each.obstacle is Obstacle.TAKEN for each in against) for _, against in found)
    return WhoIsFree(
        free[:MOST],
        warned[:room],
        max(0, len(candidates) - MOST),
        len(people) - len(able) - on_it,
    )


def candidate_of(shift: Shift, person: Person, now: datetime) -> Candidate:
    """One of them, as things are now."""
    return _candidate(shift, person, objections_to(shift, person, now, keeps_promises=False), 0)


def person_of_show(event: Event, person_id: int) -> Person | None:
    """The person, if they are in this show."""
    return db.session.scalars(_in_show(event).where(Person.id == person_id)).one_or_none()


def overlapping(shift: Shift) -> list[Shift]:
    """The other shifts of its role at the same time that take place and have spots, by their start."""
    found = select(Shift).where(Shift.event_id == shift.event_id, Shift.role_id == shift.role_id, Shift.id != shift.id)
    found = found.where(Shift.starts_at < shift.ends_at, Shift.ends_at > shift.starts_at, Shift.cancelled_at.is_(None))
    rows = db.session.scalars(found.order_by(Shift.starts_at, Shift.id).options(selectinload(Shift.sign_ups))).all()
    return [each for each in rows if each.places_left]


def _people_of(event: Event) -> Sequence[Person]:
    return db.session.scalars(_in_show(event).order_by(Person.id)).all()


def _in_show(event: Event) -> Select[Person]:
    people = select(Person).join(EventPerson, EventPerson.person_id == Person.id)
    return people.where(EventPerson.event_id == event.id, Person.forgotten_at.is_(None))


def _shifts_of(event: Event) -> Counter[int]:
    held = select(SignUp.person_id).where(SignUp.event_id == event.id, SignUp.state.in_(HOLDING))
    return Counter(db.session.scalars(held))


def _is_able(against: Sequence[Objection]) -> bool:
    return all(each.is_soft and each.obstacle is not Obstacle.CLASH for each in against)


def _candidate(shift: Shift, person: Person, against: Sequence[Objection], shifts: int) -> Candidate:
    sentences = [refusal_of(each, called(shift.role)).of(person.first_name) for each in against]
    return Candidate(person, shifts, sentences, " ".join(each.obstacle for each in against))
