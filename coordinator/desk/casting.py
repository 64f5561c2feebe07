"""Knowing the people of a show: who they are, how to reach them, and that they agreed to texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from ..accounts.actions import record_change
from ..accounts.models import Coordinator
from ..db import transaction
from ..events.models import Event
from ..people.actions import (
    add_person,
    agree_to_texts,
    edit_person,
    notices_about,
    parse_phone,
    take_back_agreement,
)
from ..people.models import Person
from ..people.queries import people_with_phone
from .regions import region_of


@dataclass(frozen=True, slots=True)
class Facts:
    """What a coordinator says of somebody. ``phone`` is as typed; ``agreed_how`` None: has not agreed to texts."""

    name: str
    phone: str
    language: str
    agreed_how: str | None
    words: str  # the sentence that was ticked


def known_or_new(event: Event, facts: Facts, *, by: Coordinator, now: datetime) -> Person:
    """Somebody of the house with this name and number, or else somebody new. Raises NotAPhone, NoName."""
    phone, name = _phone(event, facts), " ".join(facts.name.split())
    sharing = people_with_phone(phone, event.organisation_id) if phone else []
    with transaction():
        person = next((one for one in sharing if one.name.casefold() == name.casefold()), None)
        if person is None:
            person = add_person(
                organisation_id=event.organisation_id, name=name, phone=phone, language=facts.language, now=now
            )
        _agree(person, facts, now)
        _record(event, person, "person.added", by, now)
    return person


def change_person(event: Event, person: Person, facts: Facts, *, by: Coordinator, now: datetime) -> None:
    """Other facts about somebody; whoever has not agreed is no longer texted. Raises NotAPhone, NoName."""
    phone = _phone(event, facts)
    with transaction():
        edit_person(person, name=facts.name, phone=phone or "", language=facts.language)
        if facts.agreed_how is None:
            take_back_agreement(person, now)
        else:
            _agree(person, facts, now)
        _record(event, person, "person.changed", by, now)


def notices_of(event: Event, person: Person) -> list[str]:
    """What a coordinator should know about the number: a landline, or somebody else's as well."""
    if not person.phone:
        return []
    said = [notice.message for notice in notices_about(person.phone)]
    others = [one.name for one in people_with_phone(person.phone, event.organisation_id) if one.id != person.id]
    if others:
        said.append(_("This number is shared with %(names)s. An answer is asked whose it is.", names=", ".join(others)))
    return said


def _phone(event: Event, facts: Facts) -> str | None:
    return parse_phone(facts.phone, region_of(event.zone)) if facts.phone.strip() else None


def _agree(person: Person, facts: Facts, now: datetime) -> None:
    if facts.agreed_how is not None and person.agreed_at is None:
        agree_to_texts(person, f"told a coordinator {facts.agreed_how}", facts.words, now)


def _record(event: Event, person: Person, what: str, by: Coordinator, now: datetime) -> None:
    """Never the number itself: the record outlives it."""
    record_change(
        organisation_id=event.organisation_id,
        event_id=event.id,
        coordinator_id=by.id,
        by=by.person.name,
        what=what,
        subject=f"person:{person.id}",
        now=now,
        after={"language": person.language, "has_phone": person.phone is not None, "agreed": person.can_be_texted},
    )
