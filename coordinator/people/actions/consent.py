"""Agreeing to texts: nobody is texted who has not. What was agreed is kept as proof, also when it holds no longer."""

from __future__ import annotations

from datetime import datetime

from ...db import db, transaction
from ..models import PastAgreement, Person


def agree_to_texts(person: Person, how: str, words: str | None, now: datetime) -> None:
    """Keep when and how the person agreed, and the words they were shown."""
    with transaction():
        keep_as_past(person, now)
        person.agreed_at, person.agreed_how, person.agreed_words = now, how, words


def take_back_agreement(person: Person, now: datetime) -> None:
    """The person is texted no more until they agree again."""
    with transaction():
        keep_as_past(person, now)
        person.agreed_at = person.agreed_how = person.agreed_words = None


def keep_as_past(person: Person, now: datetime) -> None:
    """Keep the agreement that holds until now, for whoever is about to put another in its place."""
    if person.agreed_at is not None and person.id is not None:
        past = PastAgreement(
            person_id=person.id,
            agreed_at=person.agreed_at,
            agreed_how=person.agreed_how,
            agreed_words=person.agreed_words,
            ended_at=now,
        )
        db.session.add(past)
