"""Finding events and the people in them."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from coordinator.accounts.models import Coordinator
from coordinator.core.show_time import QuietHours, show_day_bounds, zone_named
from coordinator.db import db
from coordinator.people.models import Person

from .models import Event, EventPerson


def event_by_slug(slug: str) -> Event | None:
    """The event with this slug, of any organization, with its stages."""
    return db.session.scalars(_with_stages().where(Event.slug == slug)).one_or_none()


def event_for(coordinator: Coordinator, slug: str) -> Event | None:
    """The event, if it belongs to the coordinator's organization; otherwise None."""
    ours = _with_stages().where(Event.slug == slug, Event.organisation_id == coordinator.organisation_id)
    return db.session.scalars(ours).one_or_none()


def public_event(slug: str) -> Event | None:
    """The event as the public may see it; None until it is published."""
    return db.session.scalars(_with_stages().where(Event.slug == slug, Event.published)).one_or_none()


def front_event(now: datetime) -> Event | None:
    """The published event that is on now, or else the next one; None if none is to come."""
    to_come = _with_stages().where(Event.published, Event.plan_until_at > now)
    return db.session.scalars(to_come.order_by(Event.plan_until_at, Event.id).limit(1)).first()


def is_not_over(at: datetime) -> ColumnElement[bool]:
    """SQL condition: the event is still being planned at the instant."""
    return or_(Event.plan_until_at.is_(None), Event.plan_until_at > at)


def end_of_day(event: Event, now: datetime) -> datetime:
    """When the show day ends that is on ``now``, or else the next one; after the last, when that ended."""
    return show_day_bounds(event.current_day(now).on, zone_named(event.zone))[1]


def events_of(organisation_id: int) -> list[Event]:
    """Every event of the organization, latest date first."""
    theirs = select(Event).where(Event.organisation_id == organisation_id)
    return list(db.session.scalars(theirs.order_by(Event.date.desc(), Event.id.desc())))


def cast_of(event: Event) -> list[EventPerson]:
    """Everyone in the event, with their persons, in the order they were added."""
    there = select(EventPerson).where(EventPerson.event_id == event.id).options(joinedload(EventPerson.person))
    return list(db.session.scalars(there.order_by(EventPerson.id)))


def _with_stages() -> Select[Event]:
    return select(Event).options(selectinload(Event.stages))


def awake_at(event: Event, now: datetime) -> datetime:
    """When people may be sent an unrequested text about it: now, or when quiet hours end. A show day has none."""
    if event.quiet_from is None or event.quiet_to is None:
        return now
    wakes_at = QuietHours(event.quiet_from, event.quiet_to).end_after(now, zone_named(event.zone))
    return now if event.is_on(now) else max(now, wakes_at)


def any_event() -> bool:
    """Whether there is any event at all, of any organization."""
    return db.session.scalar(select(Event.id).limit(1)) is not None


def runs_the_night(event_id: int, person_id: int) -> bool:
    """Whether the person may run the night by text."""
    return _is_marked(event_id, person_id, EventPerson.stage_manager)


def looks_after_performers(event_id: int, person_id: int) -> bool:
    """Whether the person is the event's artist liaison, or one of them."""
    return _is_marked(event_id, person_id, EventPerson.artist_liaison)


def artist_liaisons_of(event_id: int) -> list[Person]:
    """Who looks after the performers of the event, in the order they were added."""
    parts = select(Person).join(EventPerson, EventPerson.person_id == Person.id).order_by(EventPerson.id)
    return list(db.session.scalars(parts.where(EventPerson.event_id == event_id, EventPerson.artist_liaison)))


def _is_marked(event_id: int, person_id: int, mark: InstrumentedAttribute[bool]) -> bool:
    part = select(EventPerson.id).where(EventPerson.event_id == event_id, EventPerson.person_id == person_id)
    return db.session.scalar(part.where(mark)) is not None
