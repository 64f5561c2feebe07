"""Whom the organization knows already, of the people whom a document adds to an event."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from coordinator.db import db
from coordinator.people.actions.consent import stop_emails
from coordinator.people.models import Person

from .rows import Rows

AT_A_TIME = 1_000  # numbers asked for at once


class KnownPeople:
    """Those who are known by name and number, or address, and are not in the event yet.

    They are read in a few queries for all who are added. ``said``: the values of the people who are added.
    """

    def __init__(self, rows: Rows, said: Iterable[Mapping[str, Any]]) -> None:
        self._organisation_id = rows.event.organisation_id
        self._free: defaultdict[tuple[str, str | None], deque[Person]] = defaultdict(deque)
        self._taken = {part.person for part in rows.people.values()}
        people = list(said)
        self._find(Person.phone, {each["phone"] for each in people if each["phone"]})
        self._find(Person.email, {each["email"] for each in people if each["email"] and not each["phone"]})

    def _find(self, column: InstrumentedAttribute[str | None], wanted: set[str]) -> None:
        addresses = sorted(wanted)
        for start in range(0, len(addresses), AT_A_TIME):
            known = select(Person).where(
                Person.organisation_id == self._organisation_id,
                column.in_(addresses[start : start + AT_A_TIME]),
                Person.forgotten_at.is_(None),
            )
            for person in db.session.scalars(known.order_by(Person.id)):
                if person not in self._taken:
                    self._free[person.name, getattr(person, column.key)].append(person)

    def take(self, said: Mapping[str, Any], now: datetime) -> Person:
        """Someone known by this name and number, or address where no number is given, each once; or someone new."""
        free = self._free[said["name"], said["phone"] or said["email"]]
        while free and free[0] in self._taken:
            free.popleft()
        if not free:
            return Person(organisation_id=self._organisation_id, created_at=now)
        person = free.popleft()
        self._taken.add(person)
        if said["email"] not in (None, person.email):
            stop_emails(person, now)  # they agreed for the old address alone
        return person
