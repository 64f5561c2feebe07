"""An event as a whole. Wall time and instant are always set together."""

from collections.abc import Mapping
from datetime import date as Date
from datetime import datetime, time
from decimal import Decimal
from typing import TypedDict, Unpack
from unicodedata import category

from flask_babel import gettext as _
from sqlalchemy import select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.show_days import ShowDay
from coordinator.core.show_time import QuietHours, planned_until, zone_named
from coordinator.core.two_languages import as_kept
from coordinator.db import transaction
from coordinator.messaging.actions.holding import release_paused

from ..models import Event, Stage
from .days import days_written, set_doors
from .locking import lock_event
from .names import NOT_SHOWS, free_slug

QUIET = QuietHours(time(21), time(8))
KEPT = (  # facts of an event that the audit log keeps
    *("title", "title_es", "venue_name", "venue_address", "beneficiary", "donation_suggested"),
    *("donation_currency", "donation_goal", "donation_url", "about", "about_es", "notes", "contact_name"),
    *("quiet_from", "quiet_to"),
)


class NoTitle(ValueError):
    """An event was given no title, or one longer than 200 characters."""


class SlugIsTaken(ValueError):
    """Another event has this slug."""


class CannotPublish(ValueError):
    """There is nothing to show the public yet."""


class EventChanges(TypedDict, total=False):
    """Changes to an event; what is left out stays.

    ``quiet`` None turns quiet hours off. ``doors``: when they open, by show day; None: they have no time on that day.
    """

    title: str
    title_es: str | None
    venue_name: str | None
    venue_address: str | None
    beneficiary: str | None
    donation_suggested: Decimal | None
    donation_currency: str | None
    donation_goal: Decimal | None
    donation_url: str | None
    about: str | None
    about_es: str | None
    notes: str | None
    contact_name: str | None
    contact_phone: str | None
    quiet: QuietHours | None
    doors: Mapping[Date, datetime | None]


def create_event(
    *, organisation_id: int, title: str, zone: str, date: Date, actor: Actor, now: datetime, slug: str | None = None
) -> Event:
    """An unpublished event without stages, with quiet hours from 21:00 to 08:00.

    ``slug`` is made from the title unless given. Raises UnknownZone, NoTitle, SlugIsTaken.
    """
    until = planned_until(date, zone_named(zone))
    with transaction() as session:
        event = Event(
            organisation_id=organisation_id,
            slug=_free(slug) if slug else free_slug(title),
            title=_titled(title),
            zone=zone,
            days=(ShowDay(date),),
            quiet_from=QUIET.begins,
            quiet_to=QUIET.ends,
            plan_until_at=until,
            created_at=now,
        )
        session.add(event)
        session.flush()
        record(event, actor, "event.created", event.slug, now=now)
    return event


def edit_event(event: Event, *, actor: Actor, now: datetime, **changes: Unpack[EventChanges]) -> None:
    """Change what is given. Raises NoTitle."""
    with transaction() as session:
        lock_event(session, event.id)
        before = _facts_of(event)
        if "title" in changes:
            changes["title"] = _titled(changes["title"])
        if "title_es" in changes:
            spanish = (changes["title_es"] or "").strip()
            changes["title_es"] = _titled(spanish) if spanish else None
        if "quiet" in changes:
            quiet = changes.pop("quiet")
            event.quiet_from, event.quiet_to = (quiet.begins, quiet.ends) if quiet else (None, None)
        set_doors(event, changes.pop("doors", {}))
        for column, value in changes.items():
            setattr(event, column, value)
        event.about, event.about_es = as_kept(event.about, event.about_es)
        record(event, actor, "event.changed", event.slug, now=now, before=before, after=_facts_of(event))


def publish(event: Event, *, actor: Actor, now: datetime) -> None:
    """Show the event to everyone. Raises CannotPublish while it has no stage."""
    with transaction() as session:
        if session.scalars(select(Stage.id).where(Stage.event_id == event.id).limit(1)).first() is None:
            raise CannotPublish(_("There's no stage yet. Add one before you publish the show."))
        if not event.published:
            event.published = True
            record(event, actor, "event.published", event.slug, now=now)


def unpublish(event: Event, *, actor: Actor, now: datetime) -> None:
    """Hide the event from everyone but its coordinators."""
    with transaction():
        if event.published:
            event.published = False
            record(event, actor, "event.unpublished", event.slug, now=now)


def pause_texts(event: Event, *, actor: Actor, now: datetime) -> None:
    """No text about this event goes out from now on; the audit log says who paused them. Twice is once."""
    _switch(event, "texts_paused_at", now, "texts.paused", actor, now)


def resume_texts(event: Event, *, actor: Actor, now: datetime) -> int:
    """Let texts about this event go out again. Returns how many are waiting again."""
    with transaction():
        _switch(event, "texts_paused_at", None, "texts.resumed", actor, now)
        return release_paused(event_id=event.id, now=now)


def close_sign_up(event: Event, *, actor: Actor, now: datetime) -> None:
    """Stop sign-ups and codes on the public pages; the audit log says who did. Twice is once."""
    _switch(event, "sign_up_closed_at", now, "sign_up.closed", actor, now)


def open_sign_up(event: Event, *, actor: Actor, now: datetime) -> None:
    """Let people sign up again."""
    _switch(event, "sign_up_closed_at", None, "sign_up.opened", actor, now)


def _switch(event: Event, column: str, since_at: datetime | None, verb: str, actor: Actor, now: datetime) -> None:
    """Set the instant since when it is so, or None; recorded only if that is a change."""
    with transaction() as session:
        session.refresh(event, with_for_update={"of": Event})
        if (getattr(event, column) is None) != (since_at is None):
            setattr(event, column, since_at)
            record(event, actor, verb, event.slug, now=now)


def _facts_of(event: Event) -> dict[str, str | None]:
    """The event's facts, as values for the audit log."""
    values = {name: getattr(event, name) for name in KEPT}
    return days_written(event) | {name: None if value is None else str(value) for name, value in values.items()}


def _titled(title: str) -> str:
    one_line = " ".join(
        "".join(" " if category(character) in {"Cc", "Cs"} else character for character in title).split()
    )
    if not one_line:
        raise NoTitle(_("Please give the show a title."))
    if len(one_line) > 200:
        raise NoTitle(_("Titles are limited to 200 characters."))
    return one_line


def _free(slug: str) -> str:
    with transaction() as session:
        known = session.scalars(select(Event.id).where(Event.slug == slug)).first()
        if known is not None or slug in NOT_SHOWS:
            raise SlugIsTaken(_("There's already a show called %(slug)s. Please choose another name.", slug=slug))
    return slug
