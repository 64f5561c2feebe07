"""Finding events and who is part of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from ..accounts.models import Coordinator
from ..core.show_time import QuietHours, show_day_bounds, zone_named
from ..db import db
from .models import Event, EventPerson


def event_by_slug(slug: str) -> Event | None:
    """The event of this slug, whoever's it is, with its stages."""
    return db.session.scalars(_with_stages().where(Event.slug == slug)).one_or_none()


def event_for(coordinator: Coordinator, slug: str) -> Event | None:
    """The event, if it is one of the coordinator's organisation; None as well when it is somebody else's."""
    ours = _with_stages().where(Event.slug == slug, Event.organisation_id == coordinator.organisation_id)
    return db.session.scalars(ours).one_or_none()


def public_event(slug: str) -> Event | None:
    """The event as everybody may see it; None until it is published."""
    return db.session.scalars(_with_stages().where(Event.slug == slug, Event.published)).one_or_none()


def front_event(now: datetime) -> Event | None:
    """The published event that is on, or else the next one; None when none is to come."""
    to_come = _with_stages().where(Event.published, Event.plan_until_at > now)
    return db.session.scalars(to_come.order_by(Event.plan_until_at, Event.id).limit(1)).first()


def events_of(organisation_id: int) -> list[Event]:
    """Every event of the organisation, latest date first."""
    theirs = select(Event).where(Event.organisation_id == organisation_id)
    return list(db.session.scalars(theirs.order_by(Event.date.desc(), Event.id.desc())))


def cast_of(event: Event) -> list[EventPerson]:
    """Everybody who is part of the event, with their persons, in the order they joined."""
    there = select(EventPerson).where(EventPerson.event_id == event.id).options(joinedload(EventPerson.person))
    return list(db.session.scalars(there.order_by(EventPerson.id)))


def _with_stages() -> Select[Event]:
    return select(Event).options(selectinload(Event.stages))


def awake_at(event: Event, now: datetime) -> datetime:
    """When people may be texted about it unasked: now, or when its quiet hours end. Its own day has none."""
    if event.quiet_from is None or event.quiet_to is None:
        return now
    zone = zone_named(event.zone)
    begins_at, ends_at = show_day_bounds(event.date, zone)
    wakes_at = QuietHours(event.quiet_from, event.quiet_to).end_after(now, zone)
    return now if begins_at <= now < ends_at else max(now, wakes_at)


def any_event() -> bool:
    """Whether there is an event at all, of whatever organisation."""
    return db.session.scalar(select(Event.id).limit(1)) is not None
