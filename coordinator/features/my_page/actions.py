"""What someone decides about themselves on their own page: how they are reached, and where."""

from dataclasses import dataclass
from datetime import datetime

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor, Organisation, Via
from coordinator.db import transaction
from coordinator.events.models import Event
from coordinator.people.actions.consent import agree_to_emails, agree_to_texts, stop_emails, take_back_agreement
from coordinator.people.actions.persons import edit_person
from coordinator.people.models import Channel, Person, channel_to

OWN_PAGE = "own page"  # how they agreed
AGREED = {Channel.TEXT: "person.agreed", Channel.EMAIL: "person.agreed_to_emails"}
STOPPED = {Channel.TEXT: "person.stopped", Channel.EMAIL: "person.stopped_emails"}


@dataclass(frozen=True, slots=True)
class Reached:
    """Where someone was reached one way; ``words`` are those they had agreed to, None if they had not."""

    channel: Channel
    address: str | None
    words: str | None


def agree_on_own_page(person: Person, channel: Channel, words: str, event: Event | None, now: datetime) -> None:
    """They want texts or emails from now on; ``words`` are those that they read."""
    with transaction():
        (agree_to_emails if channel is Channel.EMAIL else agree_to_texts)(person, OWN_PAGE, words, now)
        _record(person, event, AGREED[channel], now, after={"agreed": True})


def stop_on_own_page(person: Person, channel: Channel, event: Event | None, now: datetime) -> None:
    """They want no more texts, or no more emails."""
    with transaction():
        (stop_emails if channel is Channel.EMAIL else take_back_agreement)(person, now)
        _record(person, event, STOPPED[channel], now, after={"agreed": False})


def prefer_on_own_page(person: Person, channel: Channel, event: Event | None, now: datetime) -> None:
    """This way first; the other one where it fails."""
    with transaction():
        before = person.channel
        edit_person(person, prefers=channel)
        _record(person, event, "person.changed", now, before={"prefers": before}, after={"prefers": channel})


def move_to(person: Person, address: str, words: str, event: Event | None, now: datetime) -> Reached:
    """They proved this number or address and agreed to these words: now it is theirs. Returns what was before."""
    channel = channel_to(address)
    before = Reached(channel, person.phone, person.agreed_words)
    if channel is Channel.EMAIL:
        before = Reached(channel, person.email, person.email_agreed_words)
    _move(person, Reached(channel, address, words), event, now)
    return before


def move_back(person: Person, before: Reached, event: Event | None, now: datetime) -> None:
    """Undo ``move_to``: the address and the agreement that were before."""
    _move(person, before, event, now)


def _move(person: Person, there: Reached, event: Event | None, now: datetime) -> None:
    key, was = ("has_email", person.email) if there.channel is Channel.EMAIL else ("has_phone", person.phone)
    after: dict[str, object] = {key: there.address is not None, "agreed": there.words is not None}
    with transaction():
        _put(person, there, now)
        _record(person, event, "person.changed", now, before={key: was is not None}, after=after)


def _put(person: Person, reached: Reached, now: datetime) -> None:
    """The agreement to what was before ends with it, and is kept as a past one."""
    if reached.channel is Channel.EMAIL:
        stop_emails(person, now)
        edit_person(person, email=reached.address or "")
        if reached.words is not None:
            agree_to_emails(person, OWN_PAGE, reached.words, now)
    else:
        take_back_agreement(person, now)
        edit_person(person, phone=reached.address or "")
        if reached.words is not None:
            agree_to_texts(person, OWN_PAGE, reached.words, now)


def _record(
    person: Person,
    event: Event | None,
    verb: str,
    now: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    with transaction() as session:
        where = event or session.get_one(Organisation, person.organisation_id)
        actor = Actor.person(person, Via.LINK)
        record(where, actor, verb, f"person:{person.id}", now=now, before=before, after=after)
