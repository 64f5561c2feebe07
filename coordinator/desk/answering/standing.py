"""What a phone can be talking about: its people, their slots and shifts, the shows they run today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ...accounts.models import Coordinator
from ...core.show_time import show_day_bounds, zone_named
from ...db import db
from ...events.models import Event, EventPerson
from ...lineup.models import Act, ActMember, Slot
from ...messaging.models import Message
from ...people.models import Person
from ...people.queries import people_with_phone
from ...shifts.models import EXPECTED, Shift, SignUp
from ...shifts.queries import shift_times
from ...shownight.queries import night

UNCONFIRMED = ("open", "invited")
FAR = timedelta(hours=12)  # no show runs later than this


@dataclass(frozen=True, slots=True)
class Mine:
    """One slot of one person on the phone."""

    person: Person
    slot: Slot


@dataclass(frozen=True, slots=True)
class MyShift:
    """One shift of one person on the phone, when it really is."""

    person: Person
    sign_up: SignUp
    starts_at: datetime
    ends_at: datetime

    @property
    def is_here(self) -> bool:
        return self.sign_up.state == "checked_in"


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that a text from this phone may be about, what comes first, first."""

    phone: str
    people: tuple[Person, ...]
    slots: tuple[Mine, ...]
    shifts: tuple[MyShift, ...]
    missed: tuple[MyShift, ...]  # not over yet, and they were marked as not there: they may still come
    runs: tuple[Event, ...]  # shows of today that somebody on this phone may run by text

    @property
    def unconfirmed(self) -> list[Mine]:
        return [mine for mine in self.slots if mine.slot.answer in UNCONFIRMED]

    @property
    def event_id(self) -> int | None:
        """The show that a text is most likely about: the one they run, else that of what comes first."""
        coming = [
            *self.runs,
            *(mine.slot.event for mine in self.slots),
            *(mine.sign_up.shift.event for mine in (*self.shifts, *self.missed)),
        ]
        return coming[0].id if coming else None

    @property
    def first_person(self) -> Person | None:
        return self.people[0] if self.people else None


def standing_of(message: Message, now: datetime) -> Standing:
    """Where the sender of the message stands at ``now``."""
    people = tuple([message.person] if message.person else people_with_phone(message.phone))
    ids = [person.id for person in people]
    by_id = {person.id: person for person in people}
    shifts = _shifts(by_id, now)
    return Standing(
        phone=message.phone,
        people=people,
        slots=tuple(_slots(by_id, now)),
        shifts=tuple(mine for mine in shifts if mine.sign_up.state in EXPECTED),
        missed=tuple(mine for mine in shifts if mine.sign_up.state not in EXPECTED),
        runs=tuple(_runs(people, ids, now)),
    )


def _slots(people: dict[int, Person], now: datetime) -> list[Mine]:
    rows = db.session.execute(
        select(ActMember.person_id, Slot)
        .join(Act, Act.id == ActMember.act_id)
        .join(Slot, Slot.act_id == Act.id)
        .join(Event, Event.id == Slot.event_id)
        .where(ActMember.person_id.in_(people), Slot.cancelled_at.is_(None), Slot.ended_at.is_(None))
        .where(or_(Event.plan_until_at.is_(None), Event.plan_until_at > now))
        .order_by(Slot.starts_at, Slot.id, ActMember.id)
        .options(joinedload(Slot.event), joinedload(Slot.act))
    )
    return [Mine(people[person_id], slot) for person_id, slot in rows]


def _shifts(people: dict[int, Person], now: datetime) -> list[MyShift]:
    """Those that are not over, as the show really runs."""
    rows = db.session.scalars(
        select(SignUp)
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(SignUp.person_id.in_(people), SignUp.state.in_((*EXPECTED, "no_show")), Shift.cancelled_at.is_(None))
        .where(Shift.ends_at > now - FAR)
        .options(joinedload(SignUp.shift).joinedload(Shift.role), joinedload(SignUp.shift).joinedload(Shift.event))
    ).all()
    nights = {event_id: night(event_id, now) for event_id in {row.event_id for row in rows}}
    timed = [(row, *shift_times(row.shift, nights[row.event_id]).or_planned(row.shift)) for row in rows]
    mine = [MyShift(people[row.person_id], row, begins_at, ends_at) for row, begins_at, ends_at in timed]
    return sorted((each for each in mine if each.ends_at > now), key=lambda each: (each.starts_at, each.sign_up.id))


def _runs(people: Sequence[Person], ids: Sequence[int], now: datetime) -> list[Event]:
    """Today's shows of which somebody here is stage manager, or for whose organisation they coordinate."""
    managing = select(EventPerson.event_id).where(EventPerson.person_id.in_(ids), EventPerson.stage_manager)
    coordinating = select(Coordinator.organisation_id).where(
        Coordinator.person_id.in_(ids), Coordinator.left_at.is_(None)
    )
    found = db.session.scalars(
        select(Event)
        .where(or_(Event.id.in_(managing), Event.organisation_id.in_(coordinating)))
        .where(Event.plan_until_at > now)
        .order_by(Event.plan_until_at)
    )
    return [event for event in found if _is_today(event, now)]


def _is_today(event: Event, now: datetime) -> bool:
    begins_at, ends_at = show_day_bounds(event.date, zone_named(event.zone))
    return begins_at <= now < ends_at
