"""Everyone the organization knows, and whom of them a pasted line means."""

from dataclasses import dataclass, field

from sqlalchemy import select

from coordinator.db import db
from coordinator.events.models import Event
from coordinator.events.queries import cast_of
from coordinator.people.models import Channel, Person


@dataclass(slots=True)
class KnownPerson:
    """Someone the organization knows, or an earlier line has named."""

    name: str
    phone: str | None
    email: str | None
    person: Person | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class SaidOfPerson:
    """What one line says about someone."""

    name: str
    phone: str | None
    email: str | None
    language: str | None
    skills: tuple[str, ...]
    agreed: bool
    agreed_to_emails: bool
    prefers: Channel | None
    consent: str | None = None  # the words of the list: what was asked, and the answer
    moves: bool = False  # a known person's number and address become these, where they had others


@dataclass(frozen=True, slots=True)
class Household:
    """Everyone in the organization, by name, by number and by address, while the lines are read."""

    cast: set[int]
    by_name: dict[str, list[KnownPerson]] = field(default_factory=dict)
    by_address: dict[str, list[KnownPerson]] = field(default_factory=dict)

    def add(self, known: KnownPerson) -> None:
        self.by_name.setdefault(known.name.casefold(), []).append(known)
        for where in filter(None, (known.phone, known.email)):
            self.by_address.setdefault(where, []).append(known)

    def named(self, said: SaidOfPerson) -> list[KnownPerson]:
        """Everyone of this name."""
        return self.by_name.get(said.name.casefold(), [])

    def reached_at(self, known: KnownPerson, said: SaidOfPerson) -> None:
        """From now on the person has the number and address that the line gives."""
        for where in filter(None, (said.phone, said.email)):
            if where not in (known.phone, known.email):
                self.by_address.setdefault(where, []).append(known)
        known.phone, known.email = said.phone or known.phone, said.email or known.email

    def sharing(self, said: SaidOfPerson) -> list[str]:
        """Names of those who have the number, or the address where no number is said."""
        return [each.name for each in self.by_address.get(said.phone or said.email or "", ())]


def household_of(event: Event) -> Household:
    """Everyone known now; ``cast`` are the ids of those in the event already."""
    house = Household({part.person_id for part in cast_of(event)})
    known = select(Person).where(Person.organisation_id == event.organisation_id, Person.forgotten_at.is_(None))
    for person in db.session.scalars(known.order_by(Person.id)):
        house.add(KnownPerson(person.name, person.phone, person.email, person))
    return house


def plainly_meant(said: SaidOfPerson, house: Household) -> KnownPerson | None:
    """Someone of this name with the same number or address, or with neither where the line says neither; None: nobody.

    Who is known by the one is never taken for the one with the other.
    """
    named = house.named(said)
    same = [each for each in named if said.phone and each.phone == said.phone]
    same = same or [each for each in named if said.email and each.email == said.email and _fits(each, said)]
    if same:
        return same[0]
    says_neither = said.phone is None and said.email is None
    return named[0] if says_neither and len(named) == 1 and not named[0].phone and not named[0].email else None


def _fits(known: KnownPerson, said: SaidOfPerson) -> bool:
    return said.phone is None or known.phone in (None, said.phone)
