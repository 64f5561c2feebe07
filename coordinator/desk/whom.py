"""Whom a coordinator means by a name: known people are known again, and nobody is made twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from ..accounts.actions import record_change
from ..db import transaction
from ..events.models import Event
from ..people.actions import add_person, agree_to_texts, edit_person
from ..people.models import Person
from ..shifts.actions import put_on_shift
from ..shifts.models import Shift
from ..shownight.actions import By
from .queries.volunteers import people_called


class SeveralAreCalledSo(ValueError):
    """More than one person has that name, and nothing was said that tells them apart."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as a coordinator names them. ``phone`` is E.164; ``agreed_words``: what they said yes to, if at all."""

    name: str
    phone: str | None
    agreed_words: str | None = None


def put_on_by_name(
    event: Event, shift: Shift, said: Named, *, by: By, now: datetime, despite: str | None = None
) -> Person:
    """Whoever is meant is put on the shift; where that is refused, nothing of it was done.

    Raises SeveralAreCalledSo, and what put_on_shift raises.
    """
    with transaction():
        known = _known(event, said)
        person = known or add_person(organisation_id=event.organisation_id, name=said.name, phone=said.phone, now=now)
        put_on_shift(shift.id, person, by=by, now=now, despite=despite)
        if said.phone and not person.phone:
            _give_number(event, person, said.phone, by, now)
        if said.agreed_words and person.agreed_at is None:
            agree_to_texts(person, f"told {by.name}"[:80], said.agreed_words, now)
    return person


def _known(event: Event, said: Named) -> Person | None:
    """Who has this name and number; else the only one of this name who has none yet. None: somebody new."""
    called = people_called(event.organisation_id, said.name)
    if said.phone is None:
        if len(called) > 1:
            raise SeveralAreCalledSo(
                _("More than one person is called %(name)s. Write the mobile number too.", name=said.name)
            )
        return called[0] if called else None
    same = [person for person in called if person.phone == said.phone]
    without = [person for person in called if not person.phone]
    return same[0] if same else without[0] if len(without) == 1 else None


def _give_number(event: Event, person: Person, phone: str, by: By, now: datetime) -> None:
    edit_person(person, phone=phone)
    record_change(
        organisation_id=event.organisation_id,
        event_id=event.id,
        by=by.name,
        coordinator_id=by.coordinator_id,
        what="person.changed",
        subject=f"person:{person.id}",
        now=now,
        before={"has_phone": False},
        after={"has_phone": True},
    )
