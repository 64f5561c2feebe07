"""An event as a whole. Wall time and instant are always set together."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime, time
from decimal import Decimal
from typing import TypedDict, Unpack
from unicodedata import category

from flask_babel import gettext as _
from sqlalchemy import select

from ...accounts.actions import record_change
from ...accounts.models import Coordinator
from ...core.show_time import QuietHours, local_text, show_day_bounds, zone_named
from ...db import transaction
from ...messaging.actions import release_paused
from ..models import Event, Stage
from .names import free_slug

QUIET = QuietHours(time(21), time(8))


class NoTitle(ValueError):
    """An event was given no title, or one longer than 200 letters."""


class SlugIsTaken(ValueError):
    """Another event has this slug."""


class CannotPublish(ValueError):
    """There is nothing to show the public yet."""


class EventChanges(TypedDict, total=False):
    """What may be changed of an event; what is left out stays. ``quiet`` None switches quiet hours off."""

    title: str
    date: Date
    venue_name: str | None
    venue_address: str | None
    beneficiary: str | None
    donation_suggested: Decimal | None
    donation_currency: str | None
    donation_url: str | None
    about: str | None
    notes: str | None
    quiet: QuietHours | None


def create_event(
    *, organisation_id: int, title: str, zone: str, date: Date, now: datetime, slug: str | None = None
) -> Event:
    """An unpublished event without stages, with quiet hours from 21:00 to 08:00.

    ``slug`` is made from the title unless given. Raises UnknownZone, NoTitle, SlugIsTaken.
    """
    until = show_day_bounds(date, zone_named(zone))[1]
    with transaction() as session:
        event = Event(
            organisation_id=organisation_id,
            slug=_free(slug) if slug else free_slug(title),
            title=_titled(title),
            zone=zone,
            date=date,
            quiet_from=QUIET.begins,
            quiet_to=QUIET.ends,
            plan_until_at=until,
            created_at=now,
        )
        session.add(event)
        session.flush()
    return event


def edit_event(event: Event, **changes: Unpack[EventChanges]) -> None:
    """Change what is given. Doors, slots and shifts stay at their instants when the date changes. Raises NoTitle."""
    with transaction():
        if "title" in changes:
            changes["title"] = _titled(changes["title"])
        if "quiet" in changes:
            quiet = changes.pop("quiet")
            event.quiet_from, event.quiet_to = (quiet.begins, quiet.ends) if quiet else (None, None)
        for column, value in changes.items():
            setattr(event, column, value)
        if "date" in changes:
            event.plan_until_at = show_day_bounds(event.date, zone_named(event.zone))[1]


def set_doors(event: Event, doors_at: datetime | None) -> None:
    """When doors open; None: no such time. Read a wall time with core.show_time.instant_of first."""
    with transaction():
        event.doors_at = doors_at
        event.doors_local = local_text(doors_at, zone_named(event.zone)) if doors_at else None


def publish(event: Event) -> None:
    """Show the event to everybody. Raises CannotPublish while it has no stage."""
    with transaction() as session:
        if session.scalars(select(Stage.id).where(Stage.event_id == event.id).limit(1)).first() is None:
            raise CannotPublish(_("There is no stage yet. Add one before you publish the show."))
        event.published = True


def unpublish(event: Event) -> None:
    """Hide the event from everybody but its coordinators."""
    with transaction():
        event.published = False


def pause_texts(event: Event, by: Coordinator, now: datetime) -> None:
    """From now on no text about this event leaves; who said so stands in the record. Twice is once."""
    with transaction() as session:
        session.refresh(event, with_for_update={"of": Event})
        if event.texts_paused_at is None:
            event.texts_paused_at = now
            _record(event, "texts.paused", by, now)


def resume_texts(event: Event, by: Coordinator, now: datetime) -> int:
    """Let texts about this event leave again; how many wait again."""
    with transaction() as session:
        session.refresh(event, with_for_update={"of": Event})
        if event.texts_paused_at is not None:
            event.texts_paused_at = None
            _record(event, "texts.resumed", by, now)
        return release_paused(event_id=event.id, now=now)


def _record(event: Event, what: str, by: Coordinator, now: datetime) -> None:
    record_change(
        organisation_id=event.organisation_id,
        event_id=event.id,
        coordinator_id=by.id,
        by=by.person.name,
        what=what,
        subject=event.slug,
        now=now,
    )


def _titled(title: str) -> str:
    one_line = " ".join("".join(" " if category(letter) in {"Cc", "Cs"} else letter for letter in title).split())
    if not one_line:
        raise NoTitle(_("Please give the show a title."))
    if len(one_line) > 200:
        raise NoTitle(_("A title can have 200 letters at most."))
    return one_line


def _free(slug: str) -> str:
    with transaction() as session:
        if session.scalars(select(Event.id).where(Event.slug == slug)).first() is not None:
            raise SlugIsTaken(_("There is a show called %(slug)s already. Please choose another name.", slug=slug))
    return slug
