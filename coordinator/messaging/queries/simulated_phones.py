"""The phones of one organization's people, as the simulated network shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from phonenumbers import NumberParseException, parse
from phonenumbers.timezone import time_zones_for_number
from sqlalchemy import Select, func, select

from coordinator.db import db
from coordinator.people.models import Person

from ..models import Message, MessageChange, MessageKind, MessageState
from .conversations import Bubble, bubbles
from .outbox import opted_out

LATEST = 40  # texts on one phone's screen
STRANGERS = 3  # phones shown at most that are nobody's yet


@dataclass(frozen=True)
class SimulatedPhone:
    """One phone and what it shows, newest first. ``zone`` is where its number is at home."""

    person: Person
    names: list[str]
    phone: str
    zone: str
    stopped: bool
    bubbles: list[Bubble]

    @property
    def place(self) -> str:
        """The zone as one names it aloud: New York."""
        return self.zone.rpartition("/")[2].replace("_", " ")


@dataclass(frozen=True)
class StrangePhone:
    """A phone that is nobody's yet, with the codes that were sent to it, newest first."""

    phone: str
    zone: str
    bubbles: list[Bubble]


def owners_of_phones(organisation_id: int) -> dict[str, list[Person]]:
    """The organization's people by number, in a steady order."""
    owners: dict[str, list[Person]] = {}
    for person in db.session.scalars(_with_phones(organisation_id).order_by(Person.id)):
        owners.setdefault(person.phone or "", []).append(person)
    return owners


def simulated_phones(owners: Mapping[str, Sequence[Person]], organisation_id: int, sender: str) -> list[SimulatedPhone]:
    """One phone for each of these numbers, in their order."""
    shown = _latest_texts(set(owners), organisation_id)
    stopped = opted_out(set(owners), sender)
    return [
        SimulatedPhone(
            person=sharing[0],
            names=[person.name for person in sharing],
            phone=phone,
            zone=zone_of(phone),
            stopped=phone in stopped,
            bubbles=list(reversed(bubbles(shown.get(phone, [])))),
        )
        for phone, sharing in owners.items()
    ]


def strange_phones(organisation_id: int) -> list[StrangePhone]:
    """The numbers that were last sent a code and are nobody's yet: someone is signing up with them."""
    ours = select(Person.phone).where(Person.organisation_id == organisation_id, Person.phone.is_not(None))
    newest = (
        select(Message.phone)
        .where(Message.organisation_id == organisation_id, Message.kind == MessageKind.CODE, Message.phone.not_in(ours))
        .group_by(Message.phone)
        .order_by(func.max(Message.id).desc())
        .limit(STRANGERS)
    )
    phones = list(db.session.scalars(newest))
    shown = _latest_texts(set(phones), organisation_id)
    return [StrangePhone(phone, zone_of(phone), list(reversed(bubbles(shown.get(phone, []))))) for phone in phones]


def person_with_phone(person_id: int, organisation_id: int) -> Person | None:
    """This person of this organization, when there is a phone to answer from."""
    return db.session.scalars(_with_phones(organisation_id).where(Person.id == person_id)).one_or_none()


def phones_etag(organisation_id: int) -> str:
    """The ETag of the page of phones: it changes when any text does, or when people come or go."""
    changes = db.session.scalar(select(func.max(MessageChange.id)))
    number, newest = db.session.execute(
        select(func.count(), func.max(Person.id)).where(Person.organisation_id == organisation_id)
    ).one()
    return f"{changes}-{number}-{newest}"


def zone_of(phone: str) -> str:
    """The zone that a number is at home in; UTC where its digits do not say."""
    try:
        zones = time_zones_for_number(parse(phone))
    except NumberParseException:
        return "UTC"
    return zones[0] if len(zones) == 1 and "/Unknown" not in zones[0] else "UTC"


def _with_phones(organisation_id: int) -> Select[Person]:
    return select(Person).where(
        Person.organisation_id == organisation_id, Person.phone.is_not(None), Person.forgotten_at.is_(None)
    )


def _latest_texts(phones: set[str], organisation_id: int) -> dict[str, list[Message]]:
    place = func.row_number().over(partition_by=Message.phone, order_by=Message.id.desc()).label("place")
    ranked = (
        select(Message.id, place)
        .where(
            Message.organisation_id == organisation_id,
            Message.phone.in_(phones),
            Message.state.in_(
                (MessageState.ACCEPTED, MessageState.SENT, MessageState.DELIVERED, MessageState.RECEIVED)
            ),
        )
        .subquery()
    )
    latest = select(Message).join(ranked, ranked.c.id == Message.id).where(ranked.c.place <= LATEST)
    found: dict[str, list[Message]] = {}
    for message in db.session.scalars(latest):
        found.setdefault(message.phone, []).append(message)
    return found
