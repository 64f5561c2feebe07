"""Personal links, signed as by the apps of the tests."""

from datetime import datetime

from coordinator.accounts.actions.personal_links import replace_link
from coordinator.accounts.models import Actor
from coordinator.core.personal_links import HasLink, PersonalLinks, stand_in
from coordinator.people.models import Person
from tests.databases import SECRET_KEY

LINKS = PersonalLinks("http://localhost", SECRET_KEY)


def token_of(person: HasLink) -> str:
    """The part after ``/me/`` in the person's current link."""
    return LINKS.token(person)


def link_in_texts(public_url: str, person: HasLink) -> str:
    """The placeholder for the person's link in stored texts."""
    return stand_in(public_url, person.id)


def new_link(person: Person, now: datetime) -> None:
    replace_link(person, actor=Actor("Alice"), now=now)
