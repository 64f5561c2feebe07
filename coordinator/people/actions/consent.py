"""Consent to texts and to emails: nobody is told anything without it. Past agreements are kept as proof."""

from datetime import datetime

from coordinator.db import db, transaction

from ..models import Channel, PastAgreement, Person


def agree_to_texts(person: Person, source: str, words: str | None, now: datetime) -> None:
    """Store when and how the person agreed, and the words they were shown."""
    with transaction():
        keep_as_past(person, now)
        person.agreed_at, person.agreed_how, person.agreed_words = now, source, words


def agree_to_emails(person: Person, source: str, words: str | None, now: datetime) -> None:
    """The same for the person's email address."""
    with transaction():
        keep_emails_as_past(person, now)
        person.email_agreed_at, person.email_agreed_how, person.email_agreed_words = now, source, words


def take_back_agreement(person: Person, now: datetime) -> None:
    """Stop texting the person until they agree again."""
    with transaction():
        keep_as_past(person, now)
        person.agreed_at = person.agreed_how = person.agreed_words = None


def stop_emails(person: Person, now: datetime) -> None:
    """Stop emailing the person until they agree again."""
    with transaction():
        keep_emails_as_past(person, now)
        person.email_agreed_at = person.email_agreed_how = person.email_agreed_words = None


def keep_as_past(person: Person, now: datetime) -> None:
    """Keep the current agreement to texts as a past one, before another replaces it."""
    if person.agreed_at is not None and person.id is not None:
        _keep(person, Channel.TEXT, person.agreed_at, person.agreed_how, person.agreed_words, now)


def keep_emails_as_past(person: Person, now: datetime) -> None:
    """The same for the current agreement to emails."""
    if person.email_agreed_at is not None and person.id is not None:
        _keep(person, Channel.EMAIL, person.email_agreed_at, person.email_agreed_how, person.email_agreed_words, now)


def _keep(
    person: Person, channel: Channel, agreed_at: datetime, how: str | None, words: str | None, now: datetime
) -> None:
    past = PastAgreement(
        person_id=person.id, channel=channel, agreed_at=agreed_at, agreed_how=how, agreed_words=words, ended_at=now
    )
    db.session.add(past)
