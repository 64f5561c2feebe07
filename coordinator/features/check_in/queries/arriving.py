"""Who may be at the door: people with a shift that is on, or whose check-in is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from coordinator.core.search_words import searchable
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.people.models import Person
from coordinator.shifts.models import Shift, SignUp, SignUpState
from coordinator.shifts.queries.planned import FAR, check_in_opens_at, shift_times
from coordinator.shownight.queries import night

A_DAY = timedelta(days=1)  # no call time is longer before its shift
WELCOME = (SignUpState.CONFIRMED, SignUpState.CHECKED_IN, SignUpState.NO_SHOW, SignUpState.DONE)
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Arriving:
    """One shift of one person who may check in now."""

    sign_up: SignUp
    shift: Shift
    starts_at: datetime
    ends_at: datetime

    @property
    def is_here(self) -> bool:
        return self.sign_up.state == SignUpState.CHECKED_IN

    @property
    def is_about(self) -> bool:
        return self.shift.follows_slot_id is not None


def arriving(event: Event, person: Person, now: datetime) -> list[Arriving]:
    """The person's current shifts: from when check-in opens to the end, as the show runs."""
    return _arriving(event, now, SignUp.person_id == person.id)


def arriving_with(event: Event, digits: str, now: datetime) -> list[Arriving]:
    """The current shifts of everyone whose phone ends in these four digits; none if they are not four digits."""
    if not (len(digits) == DIGITS and digits.isascii() and digits.isdigit()):
        return []
    return _arriving(event, now, SignUp.person.has(Person.phone.endswith(digits)))


def people_in(coming: Sequence[Arriving]) -> list[Person]:
    """The people of these shifts, each once, by name."""
    people = {each.sign_up.person_id: each.sign_up.person for each in coming}
    return sorted(people.values(), key=lambda person: (person.name.casefold(), person.id))


def called(people: Sequence[Person], name: str) -> list[Person]:
    """People with this first or full name, ignoring case and accents."""
    asked = searchable(name)
    return [person for person in people if asked and asked in (searchable(person.name), searchable(person.first_name))]


def called_apart(people: Sequence[Person]) -> list[tuple[Person, str]]:
    """Each person's first name, with an initial where two would be the same."""
    firsts = [person.first_name for person in people]
    return [
        (person, person.first_name if firsts.count(person.first_name) == 1 else _with_initial(person))
        for person in people
    ]


def _with_initial(person: Person) -> str:
    rest = person.name.removeprefix(person.first_name).split()
    return f"{person.first_name} {rest[-1][0]}." if rest else person.first_name


def _arriving(event: Event, now: datetime, whose: ColumnElement[bool]) -> list[Arriving]:
    found = (
        select(SignUp)
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(SignUp.event_id == event.id, SignUp.state.in_(WELCOME), Shift.cancelled_at.is_(None), whose)
        .where(Shift.starts_at < now + A_DAY + FAR, Shift.ends_at > now - FAR)
        .order_by(Shift.starts_at, SignUp.id)
        .options(joinedload(SignUp.person), joinedload(SignUp.shift).joinedload(Shift.role))
    )
    rows = db.session.scalars(found).all()
    tonight = night(event.id, now) if any(row.shift.follows_slot_id for row in rows) else None
    coming = []
    for row in rows:
        times = shift_times(row.shift, tonight) if tonight else None
        starts_at = (times and times.starts_at) or row.shift.starts_at
        ends_at = (times and times.ends_at) or row.shift.ends_at
        if check_in_opens_at(row.shift, starts_at) <= now < ends_at:
            coming.append(Arriving(row, row.shift, starts_at, ends_at))
    return coming
