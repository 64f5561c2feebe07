"""Adding the people of a show: who they are, how to reach them, and what they agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.models import Event
from coordinator.events.regions import region_of
from coordinator.people.actions.consent import agree_to_emails, agree_to_texts, stop_emails, take_back_agreement
from coordinator.people.actions.emails import parse_email
from coordinator.people.actions.moving import move_email, move_phone
from coordinator.people.actions.persons import add_person, edit_person
from coordinator.people.actions.phones import notices_about, parse_phone
from coordinator.people.models import Channel, Person
from coordinator.people.queries import people_at, people_with_phone

AGREED = _l("Has agreed to texts about this show")
AGREED_TO_EMAILS = _l("Has agreed to emails about this show")


@dataclass(frozen=True, slots=True)
class PerformerFacts:
    """What a coordinator enters about someone; ``phone`` and ``email`` as typed.

    ``agreed_how`` None: has not agreed to texts. ``email`` None: was not asked for, and stays as it is with all that
    belongs to it. ``words`` and ``email_words`` are the sentences that were checked.
    """

    name: str
    phone: str
    language: str
    agreed_how: str | None
    words: str
    email: str | None = None
    emails_agreed_how: str | None = None
    email_words: str = ""
    prefers: Channel | None = None


def known_or_new(event: Event, facts: PerformerFacts, *, actor: Actor, now: datetime) -> Person:
    """The organization's person with this name and number, or else someone new.

    Without a number, the name and the email address count. Raises NotAPhone, NotAnEmail, NoName.
    """
    phone, email, name = _phone(event, facts), _email(facts), " ".join(facts.name.split())
    where = phone or email
    sharing = people_at(where, event.organisation_id) if where else []
    with transaction():
        person = next((one for one in sharing if one.name.casefold() == name.casefold()), None)
        if person is None:
            person = add_person(
                organisation_id=event.organisation_id, name=name, phone=phone, language=facts.language, now=now
            )
        if email:
            move_email(person, email, now)
        _agree(person, facts, now)
        record_person(event, person, "person.added", actor, now)
    return person


def change_person(event: Event, person: Person, facts: PerformerFacts, *, actor: Actor, now: datetime) -> None:
    """Change facts about someone; without agreement they are no longer told. Raises NotAPhone, NotAnEmail, NoName."""
    phone, email = _phone(event, facts), _email(facts)
    with transaction():
        edit_person(person, name=facts.name, language=facts.language)
        facts = _without_what_ended(facts, texts=move_phone(person, phone, now))
        if facts.agreed_how is None:
            take_back_agreement(person, now)
        if email is not None:
            facts = _without_what_ended(facts, emails=move_email(person, email, now))
            if facts.emails_agreed_how is None:
                stop_emails(person, now)
        _agree(person, facts, now)
        record_person(event, person, "person.changed", actor, now)


def note_agreements(
    event: Event, people: Sequence[Person], channel: Channel, how: str, *, actor: Actor, now: datetime
) -> None:
    """These people told the coordinator ``how`` they agree to texts, or to emails, about the show."""
    agree, words = (agree_to_emails, AGREED_TO_EMAILS) if channel is Channel.EMAIL else (agree_to_texts, AGREED)
    with transaction():
        for person in people:
            agree(person, f"told a coordinator {how}", str(words), now)
            record_person(event, person, "person.changed", actor, now)


def notices_of(event: Event, person: Person) -> list[str]:
    """Warnings about the number: a landline, or someone else's too."""
    if not person.phone:
        return []
    said = [notice.message for notice in notices_about(person.phone)]
    others = [one.name for one in people_with_phone(person.phone, event.organisation_id) if one.id != person.id]
    if others:
        said.append(
            _(
                "This number is shared with %(names)s. When someone replies, we'll ask who it is.",
                names=", ".join(others),
            )
        )
    return said


def _phone(event: Event, facts: PerformerFacts) -> str | None:
    return parse_phone(facts.phone, region_of(event.zone)) if facts.phone.strip() else None


def _email(facts: PerformerFacts) -> str | None:
    """The address, empty to remove it; None: it stays."""
    if facts.email is None:
        return None
    return parse_email(facts.email) if facts.email.strip() else ""


def _without_what_ended(facts: PerformerFacts, *, texts: bool = False, emails: bool = False) -> PerformerFacts:
    """A tick that stood for the agreement of an old number or address says nothing about the new one."""
    return replace(
        facts,
        agreed_how=None if texts else facts.agreed_how,
        emails_agreed_how=None if emails else facts.emails_agreed_how,
    )


def _agree(person: Person, facts: PerformerFacts, now: datetime) -> None:
    if facts.agreed_how is not None and person.agreed_at is None:
        agree_to_texts(person, f"told a coordinator {facts.agreed_how}", facts.words, now)
    if facts.emails_agreed_how is not None and person.email and person.email_agreed_at is None:
        agree_to_emails(person, f"told a coordinator {facts.emails_agreed_how}", facts.email_words, now)
    if facts.prefers is not None and facts.prefers != (person.prefers or Channel.TEXT):
        edit_person(person, prefers=facts.prefers)


def record_person(event: Event, person: Person, verb: str, actor: Actor, now: datetime) -> None:
    """Never the number or address itself: the audit log outlives it."""
    told: dict[str, object] = {
        "language": person.language,
        "has_phone": person.phone is not None,
        "agreed": person.can_be_texted,
    }
    if person.email is not None:
        told |= {"has_email": True, "agreed_to_emails": person.can_be_mailed, "prefers": person.channel}
    record(event, actor, verb, f"person:{person.id}", now=now, after=told)
