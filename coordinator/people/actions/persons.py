"""Getting to know somebody, and forgetting them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from unicodedata import category

from flask_babel import gettext as _
from sqlalchemy import delete

from ...db import transaction
from ..models import PastAgreement, Person
from .links import revoke_links

FORGOTTEN = "Forgotten"


class NoName(ValueError):
    """A person was given no name, or one longer than 200 letters."""


def add_person(
    *,
    organisation_id: int,
    name: str,
    phone: str | None,
    now: datetime,
    language: str = "en",
    stays_on_list: bool = False,
) -> Person:
    """Somebody new, who has not agreed to texts yet. ``phone`` is E.164 as parse_phone gives it. Raises NoName."""
    with transaction() as session:
        person = Person(
            organisation_id=organisation_id,
            name=_named(name),
            phone=phone,
            language=language,
            stays_on_list=stays_on_list,
            created_at=now,
        )
        session.add(person)
        session.flush()
    return person


def edit_person(
    person: Person,
    *,
    name: str | None = None,
    phone: str | None = None,
    language: str | None = None,
    stays_on_list: bool | None = None,
) -> None:
    """Change what is given; an empty ``phone`` takes the number away.

    Trouble with the old number says nothing about a new one. Raises NoName.
    """
    with transaction():
        if name is not None:
            person.name = _named(name)
        if phone is not None and (phone or None) != person.phone:
            person.phone, person.phone_trouble, person.phone_trouble_at = phone or None, None, None
        if language is not None:
            person.language = language
        if stays_on_list is not None:
            person.stays_on_list = stays_on_list


def learn_about(person: Person, *, skills: Iterable[str] = (), born_on: date | None = None) -> None:
    """Keep what the person says they know, and when they were born; a date of birth that is known already stays."""
    with transaction():
        new = set(skills) - set(person.skills)
        if new:
            person.skills = sorted({*person.skills, *new})
        person.born_on = person.born_on or born_on


def forget_person(person: Person, now: datetime) -> None:
    """Leave of the person only that somebody was there: no name, phone, consent or page of their own.

    Their texts are blanked by desk.actions.forget, which calls this.
    """
    with transaction() as session:
        revoke_links(person, now)
        session.execute(delete(PastAgreement).where(PastAgreement.person_id == person.id))
        person.name, person.phone, person.forgotten_at = FORGOTTEN, None, now
        person.agreed_at = person.agreed_how = person.agreed_words = None
        person.phone_trouble = person.phone_trouble_at = None
        person.stays_on_list = False
        person.skills, person.born_on = [], None


def one_line(name: str) -> str:
    """The name on one line, without control characters."""
    unseen = {"Cc", "Cs"}
    return " ".join("".join(" " if category(letter) in unseen else letter for letter in name).split())


def _named(name: str) -> str:
    """The name as it is kept. Raises NoName."""
    kept = one_line(name)
    if not kept:
        raise NoName(_("Please give a name."))
    if len(kept) > 200:
        raise NoName(_("A name can have 200 letters at most."))
    return kept
