"""Who may be standing at the door: people with a shift that is on, or begins within two hours."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from ...db import db
from ...events.models import Event
from ...people.models import Person
from ...shifts.models import Shift, SignUp
from ...shifts.queries import shift_times
from ...shownight.queries import night

EARLY = timedelta(hours=2)  # before a shift somebody may say that they are here
FAR = timedelta(hours=12)  # no show moves a shift further than this
WELCOME = ("confirmed", "checked_in", "no_show", "done")
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Arriving:
    """One shift of one person who may say now that they are here."""

    sign_up: SignUp
    shift: Shift
    starts_at: datetime
    ends_at: datetime

    @property
    def is_here(self) -> bool:
        return self.sign_up.state == "checked_in"

    @property
    def is_about(self) -> bool:
        return self.shift.follows_slot_id is not None


def arriving(event: Event, person: Person, now: datetime) -> list[Arriving]:
    """The person's shifts for now: from two hours before to the end, as the show runs."""
    return _arriving(event, now, SignUp.person_id == person.id)


def arriving_with(event: Event, digits: str, now: datetime) -> list[Arriving]:
    """The shifts for now of everybody whose phone ends in these four digits; nobody's when they are no four digits."""
    if not (len(digits) == DIGITS and digits.isascii() and digits.isdigit()):
        return []
    return _arriving(event, now, SignUp.person.has(Person.phone.endswith(digits)))


def people_in(coming: Sequence[Arriving]) -> list[Person]:
    """Whose they are, each person once, by name."""
    people = {each.sign_up.person_id: each.sign_up.person for each in coming}
    return sorted(people.values(), key=lambda person: (person.name.casefold(), person.id))


def called(people: Sequence[Person], name: str) -> list[Person]:
    """Those who are called so: by their first name or their whole one, whatever the case and accents."""
    asked = plain(name)
    return [person for person in people if asked and asked in (plain(person.name), plain(person.first_name))]


def called_apart(people: Sequence[Person]) -> list[tuple[Person, str]]:
    """Each with their first name; with a letter of the next one where two would be called the same."""
    firsts = [person.first_name for person in people]
    return [
        (person, person.first_name if firsts.count(person.first_name) == 1 else _with_initial(person))
        for person in people
    ]


def plain(name: str) -> str:
    """The name without case, accents and spare spaces."""
    letters = unicodedata.normalize("NFKD", " ".join(name.split()).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _with_initial(person: Person) -> str:
    rest = person.name.removeprefix(person.first_name).split()
    return f"{person.first_name} {rest[-1][0]}." if rest else person.first_name


def _arriving(event: Event, now: datetime, whose: ColumnElement[bool]) -> list[Arriving]:
    found = (
        select(SignUp)
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(SignUp.event_id == event.id, SignUp.state.in_(WELCOME), Shift.cancelled_at.is_(None), whose)
        .where(Shift.starts_at < now + EARLY + FAR, Shift.ends_at > now - FAR)
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
        if starts_at - EARLY <= now < ends_at:
            coming.append(Arriving(row, row.shift, starts_at, ends_at))
    return coming
