"""Adding, changing and forgetting people."""

from collections.abc import Iterable
from datetime import date, datetime
from unicodedata import category

from flask_babel import gettext as _
from sqlalchemy import delete

from coordinator.db import transaction

from ..models import Channel, PastAgreement, Person

FORGOTTEN = "Forgotten"


class NoName(ValueError):
    """A person was given no name, or one longer than 200 characters."""


def add_person(
    *,
    organisation_id: int,
    name: str,
    phone: str | None,
    now: datetime,
    email: str | None = None,
    language: str = "en",
    stays_on_list: bool = False,
) -> Person:
    """Add someone who has agreed to nothing yet. ``phone`` is as parse_phone returns it, ``email`` as parse_email.

    Raises NoName.
    """
    with transaction() as session:
        person = new_person(organisation_id, name, phone, now)
        person.email = email
        person.language, person.stays_on_list = language, stays_on_list
        session.add(person)
        session.flush()
    return person


def new_person(organisation_id: int, name: str, phone: str | None, now: datetime) -> Person:
    """The same as a row that is not written yet, for a caller who adds many in one go. Raises NoName."""
    return Person(
        organisation_id=organisation_id,
        name=_named(name),
        phone=phone,
        language="en",
        skills=[],
        stays_on_list=False,
        created_at=now,
    )


def edit_person(
    person: Person,
    *,
    name: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    language: str | None = None,
    stays_on_list: bool | None = None,
    prefers: Channel | None = None,
) -> None:
    """Change what is given; an empty ``phone`` or ``email`` removes it. Who agreed agreed for the old address alone.

    Trouble with the old number or address says nothing about a new one. Raises NoName.
    """
    with transaction():
        if name is not None:
            person.name = _named(name)
        if phone is not None and (phone or None) != person.phone:
            person.phone, person.phone_trouble, person.phone_trouble_at = phone or None, None, None
        if email is not None and (email or None) != person.email:
            person.email, person.email_trouble, person.email_trouble_at = email or None, None, None
            person.email_agreed_at = person.email_agreed_how = person.email_agreed_words = None
        if language is not None:
            person.language = language
        if stays_on_list is not None:
            person.stays_on_list = stays_on_list
        if prefers is not None:
            person.prefers = prefers


def note_about(person: Person, notes: str) -> None:
    """What coordinators keep in mind about the person; empty: nothing."""
    with transaction():
        person.notes = notes.strip() or None


def learn_about(person: Person, *, skills: Iterable[str] = (), born_on: date | None = None) -> None:
    """Add the person's skills and date of birth; a date of birth that is already known stays."""
    with transaction():
        new = set(skills) - set(person.skills)
        if new:
            person.skills = sorted({*person.skills, *new})
        person.born_on = person.born_on or born_on


def forget_person(person: Person, now: datetime) -> None:
    """Keep only that someone was there: no name, phone, consent or page of their own.

    shifts.actions.forgetting.forget calls this, and also blanks their texts.
    """
    with transaction() as session:
        session.execute(delete(PastAgreement).where(PastAgreement.person_id == person.id))
        person.name, person.phone, person.forgotten_at = FORGOTTEN, None, now
        person.agreed_at = person.agreed_how = person.agreed_words = None
        person.phone_trouble = person.phone_trouble_at = None
        person.email = person.email_agreed_at = person.email_agreed_how = person.email_agreed_words = None
        person.email_trouble = person.email_trouble_at = person.prefers = None
        person.stays_on_list = False
        person.skills, person.born_on, person.pin_hash, person.notes = [], None, None, None
        person.link_version += 1


def one_line(name: str) -> str:
    """The name on one line, without control characters."""
    unseen = {"Cc", "Cs"}
    return " ".join("".join(" " if category(character) in unseen else character for character in name).split())


def _named(name: str) -> str:
    """The name as it is stored. Raises NoName."""
    kept = one_line(name)
    if not kept:
        raise NoName(_("Enter a name."))
    if len(kept) > 200:
        raise NoName(_("Names are limited to 200 characters."))
    return kept
