"""Finding whom a coordinator means by a name: known people are recognized, and nobody is created twice."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.models import Event
from coordinator.people.actions.consent import agree_to_emails, agree_to_texts
from coordinator.people.actions.persons import add_person, edit_person
from coordinator.people.models import Person
from coordinator.shifts.actions.assigning import put_on_shift
from coordinator.shifts.models import Shift
from coordinator.spoken import masked

from .queries.volunteers import people_called


class SeveralAreCalledSo(ValueError):
    """Someone else has that name, or several do, and nothing given tells them apart."""


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Someone as a coordinator names them. ``phone`` is E.164.

    ``agreed_words``: what they agreed to about texts, if at all; ``agreed_to_emails``: about emails.
    """

    name: str
    phone: str | None
    agreed_words: str | None = None
    email: str | None = None
    agreed_to_emails: str | None = None


def put_on_by_name(
    event: Event, shift: Shift, said: NamedPerson, *, actor: Actor, now: datetime, override_reason: str | None = None
) -> Person:
    """Put the named person on the shift; if that is refused, nothing is changed.

    Raises SeveralAreCalledSo, and what put_on_shift raises.
    """
    with transaction():
        known = _known(event, said)
        person = known or add_person(organisation_id=event.organisation_id, name=said.name, phone=said.phone, now=now)
        put_on_shift(shift.id, person, actor=actor, now=now, override_reason=override_reason)
        if said.phone and not person.phone:
            _give(event, person, "has_phone", said.phone, actor, now)
        if said.email and not person.email:
            _give(event, person, "has_email", said.email, actor, now)
        if said.agreed_words and person.agreed_at is None:
            agree_to_texts(person, f"told {actor.name}"[:80], said.agreed_words, now)
        if said.agreed_to_emails and person.email == said.email and person.email_agreed_at is None:
            agree_to_emails(person, f"told {actor.name}"[:80], said.agreed_to_emails, now)
    return person


def _known(event: Event, said: NamedPerson) -> Person | None:
    """The person with this name and number, or address where no number is given; else the only one of this name who has
    neither. None: someone new.
    """
    called = people_called(event.organisation_id, said.name)
    if said.phone is None and said.email is None:
        if len(called) > 1:
            raise SeveralAreCalledSo(
                _("More than one person is named %(name)s. Include the mobile number too.", name=said.name)
            )
        return called[0] if called else None
    by_phone = said.phone is not None
    same = [person for person in called if (person.phone == said.phone if by_phone else person.email == said.email)]
    without = [person for person in called if not person.phone and not person.email]
    if called and not (by_phone or same or without):
        words = _(
            "We already know %(name)s at %(address)s. Include that too if this is the same person. Otherwise, write "
            "the name so you can tell them apart.",
            name=said.name,
            address=masked(called[0].phone or called[0].email),
        )
        raise SeveralAreCalledSo(words)
    return same[0] if same else without[0] if len(without) == 1 else None


def _give(event: Event, person: Person, what: str, where: str, actor: Actor, now: datetime) -> None:
    """Their first number (``has_phone``) or address (``has_email``)."""
    edit_person(person, phone=where if what == "has_phone" else None, email=where if what == "has_email" else None)
    record(
        event,
        actor,
        "person.changed",
        f"person:{person.id}",
        now=now,
        before={what: False},
        after={what: True},
    )
