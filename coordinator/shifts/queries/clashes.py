"""Who is in two places at once: every clash that stands in an event, however it came to be."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from coordinator.core.commitments import Limits, Overlap, OverlapKind, overlaps
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.lineup.models import ActAnswer
from coordinator.people.models import Person
from coordinator.shownight.queries import Night, night

from ..models import AcceptedClash, Shift
from .commitments import Doing, Held, Nights, busy_around, held_around
from .objections import rules_for
from .planned import shifts_of
from .volunteer_policy import volunteer_policy_of

ClashKey = tuple[int, tuple[str, str]]  # whose, and the keys of both things


@dataclass(frozen=True, slots=True)
class PersonClash:
    """Two things that one person cannot both do, in order of their start; at least one is of the event."""

    person: Person
    overlap: Overlap
    first: Doing
    then: Doing
    shows: tuple[Event, Event]  # whose each of the two is
    accepted: AcceptedClash | None = None  # a coordinator said that it is fine, when it was no worse

    @property
    def key(self) -> str:
        """Names it within a page."""
        return "-".join((f"{self.person.id}", *self.overlap.pair)).replace(":", "-")

    @property
    def shown(self) -> str:
        """What a page shows of it, to tell whether it has changed since."""
        return f"{self.overlap.kind}-{self.overlap.minutes}"

    @property
    def doings(self) -> tuple[Doing, Doing]:
        return self.first, self.then


@dataclass(frozen=True, slots=True)
class Commitments:
    """What everybody in an event does, there and elsewhere, and what lies between two things for them."""

    event: Event
    held: Held
    nights: Nights
    limits: Limits

    def clashes(self, night: Night | None = None) -> dict[ClashKey, PersonClash]:
        """Every clash that is not past, in order of time; ``night`` in place of the event's own."""
        found = self.overlaps(night)
        people = {person_id: db.session.get_one(Person, person_id) for person_id, _ in found}  # known with the rows
        shows = self._shows({doing.event_id for _, *both in found.values() for doing in both})
        return {
            (person_id, pair): PersonClash(
                people[person_id], overlap, first, then, (shows[first.event_id], shows[then.event_id])
            )
            for (person_id, pair), (overlap, first, then) in found.items()
        }

    def overlaps(self, night: Night | None = None) -> dict[ClashKey, tuple[Overlap, Doing, Doing]]:
        """Those that are not past and of which one thing is of the event, in order of time; ``night`` in its place."""
        nights = self.nights.with_(night) if night else self.nights
        found = [
            ((person_id, overlap.pair), (overlap, doings[overlap.first.key], doings[overlap.then.key]))
            for person_id, doings in self.held.doings(nights).items()
            for overlap in self._of_one(doings)
        ]
        return dict(sorted(found, key=lambda each: (each[1][0].then.starts_at, each[0])))

    def _of_one(self, doings: Mapping[str, Doing]) -> Iterator[Overlap]:
        if len(doings) < 2:
            return
        for overlap in overlaps([each.commitment for each in doings.values()], self.limits):
            here = self.event.id in (doings[overlap.first.key].event_id, doings[overlap.then.key].event_id)
            if here and overlap.ends_at > self.nights.now:
                yield overlap

    def _shows(self, ids: Collection[int]) -> dict[int, Event]:
        others = set(ids) - {self.event.id}
        found = db.session.scalars(select(Event).where(Event.id.in_(others))).all() if others else ()
        return {self.event.id: self.event, **{event.id: event for event in found}}


def commitments_in(event: Event, tonight: Night, shifts: Sequence[Shift]) -> Commitments:
    """From the night and the shifts with their people, which are read already, in a few queries however many."""
    limits = rules_for(event, volunteer_policy_of(event)).limits
    nights = Nights(tonight.now, {event.id: tonight})
    taking_place = [shift for shift in shifts if shift.cancelled_at is None]
    playing = [slot for slot in tonight.slots if slot.cancelled_at is None and slot.answer != ActAnswer.DECLINED]
    begins = [*(shift.starts_at for shift in taking_place), *(slot.starts_at for slot in playing)]
    if not begins:
        return Commitments(event, Held((), ()), nights, limits)
    ends = [*(shift.ends_at for shift in taking_place), *(slot.ends_at for slot in playing)]
    people = {row.person_id for shift in taking_place for row in shift.holding}
    people |= {member.person_id for slot in playing if slot.act for member in slot.act.members}
    busy = busy_around(people, min(begins), max(ends))
    return Commitments(event, held_around(busy, min(begins), max(ends)), nights, limits)


def clashes_in(event: Event, tonight: Night, shifts: Sequence[Shift]) -> list[PersonClash]:
    """Every clash that stands, in order of time, also those that a coordinator said are fine."""
    found = commitments_in(event, tonight, shifts).clashes()
    accepted = _accepted({person_id for person_id, _ in found}) if found else {}
    return [replace(clash, accepted=_if_no_worse(accepted.get(key), clash.overlap)) for key, clash in found.items()]


def clashes_of(event: Event, now: datetime) -> list[PersonClash]:
    """The same, reading the night and the shifts."""
    return clashes_in(event, night(event.id, now), shifts_of(event))


def standing(clashes: Iterable[PersonClash]) -> list[PersonClash]:
    """Those that nobody said are fine."""
    return [clash for clash in clashes if clash.accepted is None]


def acceptance_of(event_id: int, acceptance_id: int) -> AcceptedClash | None:
    """The event's own of this id."""
    found = select(AcceptedClash).where(AcceptedClash.id == acceptance_id, AcceptedClash.event_id == event_id)
    return db.session.scalars(found).one_or_none()


def acceptances_of(person_id: int, pair: tuple[str, str]) -> list[AcceptedClash]:
    """What was said of these two things of a person, at any event."""
    theirs = select(AcceptedClash).where(AcceptedClash.person_id == person_id)
    return [row for row in db.session.scalars(theirs) if row.pair == pair]


def _accepted(people: Collection[int]) -> dict[ClashKey, AcceptedClash]:
    theirs = select(AcceptedClash).where(AcceptedClash.person_id.in_(people)).order_by(AcceptedClash.id)
    return {(row.person_id, row.pair): row for row in db.session.scalars(theirs)}


def _if_no_worse(accepted: AcceptedClash | None, overlap: Overlap) -> AcceptedClash | None:
    worse = accepted is None or overlap.is_worse_than(OverlapKind(accepted.kind), accepted.minutes)
    return None if worse else accepted
