"""Agreeing to texts: nobody is texted who has not."""

from __future__ import annotations

from datetime import datetime

from ...db import transaction
from ..models import Person


def agree_to_texts(person: Person, how: str, words: str | None, now: datetime) -> None:
    """Keep when and how the person agreed, and the words they were shown."""
    with transaction():
        person.agreed_at, person.agreed_how, person.agreed_words = now, how, words


def take_back_agreement(person: Person) -> None:
    """The person is texted no more until they agree again."""
    with transaction():
        person.agreed_at = person.agreed_how = person.agreed_words = None
