"""Who helps, for those who plan it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from coordinator.core.show_time import call_time
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.people.models import Person
from coordinator.reminders.queries.asking import coming_of
from coordinator.reminders.queries.places import reasons_to_call
from coordinator.shifts.models import HOLDING, Role, Shift, SignUp, SignUpState
from coordinator.shifts.queries.planned import ShiftAtItsTimes, Times, roles_of, shift_times, shifts_of
from coordinator.shownight.queries import night


@dataclass(frozen=True, slots=True)
class ShiftRow(ShiftAtItsTimes):
    """One shift with the people on it, at the times it really has."""

    shift: Shift
    times: Times
    people: Sequence[SignUp]

    @property
    def call_at(self) -> datetime:
        """When its people must be there."""
        return call_time(self.starts_at, self.shift.call)

    @property
    def short_of(self) -> int:
        """How many more people it needs at least."""
        held = [row for row in self.people if row.state in HOLDING]
        return 0 if self.shift.cancelled_at else max(0, self.shift.min - len(held))


@dataclass(frozen=True, slots=True)
class ShiftOverview:
    """Every shift of an event, and the kinds of work there are."""

    rows: Sequence[ShiftRow]
    roles: Sequence[Role]
    coming: Mapping[int, str]  # for each sign-up: not_told, asked, coming or cannot
    to_call: Mapping[int, str]  # why no text reaches them, by person

    @property
    def taking_place(self) -> list[ShiftRow]:
        return [row for row in self.rows if row.shift.cancelled_at is None]

    @property
    def places(self) -> int:
        return sum(row.shift.max for row in self.taking_place)

    @property
    def taken(self) -> int:
        return sum(len(row.shift.holding) for row in self.taking_place)

    @property
    def open_places(self) -> int:
        return max(0, self.places - self.taken)

    @property
    def short(self) -> list[ShiftRow]:
        return [row for row in self.taking_place if row.short_of]


def helping_at(event: Event, now: datetime) -> ShiftOverview:
    """The overview at ``now``, in the same number of queries however many shifts there are."""
    return _overview(event, shifts_of(event), roles_of(event), now)


def helping_with(shift: Shift, now: datetime) -> ShiftOverview:
    """The same of one shift alone."""
    return _overview(shift.event, [shift], [shift.role], now)


def _overview(event: Event, shifts: Sequence[Shift], roles: Sequence[Role], now: datetime) -> ShiftOverview:
    tonight = night(event.id, now)
    rows = [ShiftRow(shift, shift_times(shift, tonight), _shown(shift)) for shift in shifts]
    everybody = [sign_up for row in rows for sign_up in row.people]
    return ShiftOverview(rows, roles, coming_of(everybody), reasons_to_call(sign_up.person for sign_up in everybody))


def people_called(organisation_id: int, name: str) -> Sequence[Person]:
    """Everyone in the organization with exactly this name, ignoring case, in the order they were added."""
    known = select(Person.id, Person.name).where(
        Person.organisation_id == organisation_id, Person.forgotten_at.is_(None)
    )
    # Compared here: SQLite lowercases only A to Z, and would not find Ángel.
    ids = [row.id for row in db.session.execute(known) if row.name.casefold() == name.casefold()]
    return db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)).all()


def person_called(organisation_id: int, name: str) -> Person | None:
    """The one person in the organization with exactly this name; None if there is none, or more than one."""
    people = people_called(organisation_id, name)
    return people[0] if len(people) == 1 else None


def names_of(organisation_id: int) -> list[str]:
    """The names of everyone the organization knows, to choose from."""
    found = select(Person.name).where(Person.organisation_id == organisation_id, Person.forgotten_at.is_(None))
    return sorted(set(db.session.scalars(found)))


def _shown(shift: Shift) -> list[SignUp]:
    return [sign_up for sign_up in shift.sign_ups if sign_up.state != SignUpState.CANCELLED]
