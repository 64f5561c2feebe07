"""Giving someone another number or address: who agreed agreed for the one before."""

from datetime import datetime

from coordinator.db import transaction

from ..models import Person
from .consent import stop_emails, take_back_agreement
from .persons import edit_person


def move_phone(person: Person, phone: str | None, now: datetime) -> bool:
    """Another number, in E.164; None: none. The agreement to texts ends, and is kept as a past one; returns if it did.

    The same number changes nothing.
    """
    if (phone or None) == person.phone:
        return False
    had_agreed = person.agreed_at is not None
    with transaction():
        take_back_agreement(person, now)
        edit_person(person, phone=phone or "")
    return had_agreed


def move_email(person: Person, email: str | None, now: datetime) -> bool:
    """The same for an email address, in lower case."""
    if (email or None) == person.email:
        return False
    had_agreed = person.email_agreed_at is not None
    with transaction():
        stop_emails(person, now)
        edit_person(person, email=email or "")
    return had_agreed
