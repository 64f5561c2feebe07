"""Which phones belong to which show, and what somebody in their part would answer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from sqlalchemy import func, select

from coordinator.db import db
from coordinator.events.models import Event, EventPerson
from coordinator.events.queries import events_of
from coordinator.lineup.models import ActMember
from coordinator.messaging.queries.simulated_phones import SimulatedPhone, owners_of_phones, simulated_phones
from coordinator.people.models import Person
from coordinator.shifts.models import HOLDING, SignUp

A_PAGE = 60  # phones


class Part(StrEnum):
    """What somebody does in a show."""

    RUNS = auto()
    PLAYS = auto()
    HELPS = auto()


# What each would text, in English and in Spanish.
ANSWERS: Mapping[Part, tuple[tuple[str, str], ...]] = {
    Part.RUNS: (("GO", "GO"), ("DONE", "DONE"), ("LATE 10", "TARDE 10"), ("STATUS", "STATUS")),
    Part.PLAYS: (("C", "C"), ("X", "X"), ("LATE 10", "TARDE 10")),
    Part.HELPS: (("C", "C"), ("X", "X"), ("HERE", "AQUI")),
}
ANYBODYS = (("WHEN", "CUANDO"),)


@dataclass(frozen=True, slots=True)
class PhoneInShow:
    """A phone, and the answers that fit whoever has it."""

    phone: SimulatedPhone
    answers: Sequence[str]


@dataclass(frozen=True, slots=True)
class ShowPhones:
    """The phones of one show; ``event`` None: of people who are in no show."""

    event: Event | None
    phones: Sequence[PhoneInShow]


@dataclass(frozen=True, slots=True)
class PageOfPhones:
    """One page of them, grouped by show."""

    shows: Sequence[ShowPhones]
    page: int
    pages: int


def phones_by_show(organisation_id: int, sender: str, now: datetime, page: int) -> PageOfPhones:
    """Each phone once, under the next show that its people are in; shows to come before those that are over."""
    events = _nearest_first(events_of(organisation_id), now)
    parts = parts_in([event.id for event in events])
    owners = owners_of_phones(organisation_id)
    shows: dict[str, int | None] = {
        phone: next((event.id for event in events if any((event.id, each.id) in parts for each in sharing)), None)
        for phone, sharing in owners.items()
    }
    places = {event.id: place for place, event in enumerate(events)}
    ordered = sorted(owners, key=lambda phone: places.get(shows[phone] or 0, len(events)))
    pages = max(1, -(-len(ordered) // A_PAGE))
    page = min(max(1, page), pages)
    here = ordered[(page - 1) * A_PAGE : page * A_PAGE]
    by_show: dict[int | None, list[PhoneInShow]] = defaultdict(list)
    for each in simulated_phones({phone: owners[phone] for phone in here}, organisation_id, sender):
        show = shows[each.phone]
        by_show[show].append(PhoneInShow(each, answers_of(owners[each.phone], show, parts)))
    by_id: dict[int | None, Event] = {event.id: event for event in events}
    return PageOfPhones([ShowPhones(by_id.get(show), phones) for show, phones in by_show.items()], page, pages)


def shows_etag(organisation_id: int) -> str:
    """Changes whenever a show or a part of it does."""
    revisions = select(func.sum(Event.revision), func.count()).where(Event.organisation_id == organisation_id)
    revision, number = db.session.execute(revisions).one()
    return f"{revision}-{number}"


def _nearest_first(events: Iterable[Event], now: datetime) -> list[Event]:
    """Shows to come, the next first; then those that are over, the last first."""
    latest_first = list(events)
    to_come = [event for event in latest_first if event.plan_until_at is None or event.plan_until_at > now]
    return to_come[::-1] + [event for event in latest_first if event not in to_come]


def parts_in(event_ids: Sequence[int]) -> Mapping[tuple[int, int], set[Part]]:
    """What the people of these events do, by event and person."""
    crew = select(EventPerson.event_id, EventPerson.person_id, EventPerson.stage_manager)
    playing = select(ActMember.event_id, ActMember.person_id)
    helping = select(SignUp.event_id, SignUp.person_id).where(SignUp.state.in_(HOLDING))
    parts: dict[tuple[int, int], set[Part]] = defaultdict(set)
    for event_id, person_id, runs in db.session.execute(crew.where(EventPerson.event_id.in_(event_ids))):
        parts[event_id, person_id] |= {Part.RUNS} if runs else set()
    for event_id, person_id in db.session.execute(playing.where(ActMember.event_id.in_(event_ids))):
        parts[event_id, person_id].add(Part.PLAYS)
    for event_id, person_id in db.session.execute(helping.where(SignUp.event_id.in_(event_ids))):
        parts[event_id, person_id].add(Part.HELPS)
    return dict(parts)


def answers_of(
    sharing: Sequence[Person], event_id: int | None, parts: Mapping[tuple[int, int], set[Part]]
) -> Sequence[str]:
    """What the people who share a phone would text, in the language of the first; ``parts`` are of ``parts_in``."""
    does = set().union(*(parts.get((event_id or 0, person.id), set()) for person in sharing))
    spanish = sharing[0].language == "es"
    words = [pair for part in Part if part in does for pair in ANSWERS[part]]
    return list(dict.fromkeys(pair[spanish] for pair in (*words, *ANYBODYS)))
