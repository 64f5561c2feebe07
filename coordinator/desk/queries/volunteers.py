"""Who helps, for those who plan it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ...db import db
from ...events.models import Event
from ...people.models import Person
from ...shifts.models import HOLDING, Role, Shift, SignUp
from ...shifts.queries import Times, roles_of, shift_times, shifts_of
from ...shownight.queries import night


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One shift with the people on it, at the times it really has."""

    shift: Shift
    times: Times
    people: Sequence[SignUp]

    @property
    def short_of(self) -> int:
        """How many more people it needs at least."""
        held = [row for row in self.people if row.state in HOLDING]
        return 0 if self.shift.cancelled_at else max(0, self.shift.min - len(held))


@dataclass(frozen=True, slots=True)
class Helping:
    """Every shift of an event, and the kinds of work there are."""

    rows: Sequence[ShiftRow]
    roles: Sequence[Role]

    @property
    def standing(self) -> list[ShiftRow]:
        return [row for row in self.rows if row.shift.cancelled_at is None]

    @property
    def places(self) -> int:
        return sum(row.shift.max for row in self.standing)

    @property
    def taken(self) -> int:
        return sum(len(row.shift.holding) for row in self.standing)

    @property
    def short(self) -> list[ShiftRow]:
        return [row for row in self.standing if row.short_of]


def helping_at(event: Event, now: datetime) -> Helping:
    """Who helps with what, at ``now``, in the same number of queries however many there are."""
    tonight = night(event.id, now)
    rows = [ShiftRow(shift, shift_times(shift, tonight), _shown(shift)) for shift in shifts_of(event)]
    return Helping(rows, roles_of(event))


def people_called(organisation_id: int, name: str) -> Sequence[Person]:
    """Everybody of the house with exactly this name, whatever its case; first come first."""
    known = select(Person.id, Person.name).where(
        Person.organisation_id == organisation_id, Person.forgotten_at.is_(None)
    )
    # Compared here: SQLite lowers A to Z alone, and would not know Ángel again.
    ids = [row.id for row in db.session.execute(known) if row.name.casefold() == name.casefold()]
    return db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)).all()


def person_called(organisation_id: int, name: str) -> Person | None:
    """The one person of the house with exactly this name; None when nobody has it, or more than one."""
    people = people_called(organisation_id, name)
    return people[0] if len(people) == 1 else None


def names_of(organisation_id: int) -> list[str]:
    """Everybody the house knows, to choose from."""
    found = select(Person.name).where(Person.organisation_id == organisation_id, Person.forgotten_at.is_(None))
    return sorted(set(db.session.scalars(found)))


def _shown(shift: Shift) -> list[SignUp]:
    return [sign_up for sign_up in shift.sign_ups if sign_up.state != "cancelled"]
