"""Making the event match a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from ...accounts.actions import record_change
from ...accounts.models import Organisation
from ...db import db, transaction
from ...events.models import Event
from ...shifts.actions import let_waitlists_move_up
from .changes import Comparison, compare
from .describe import described
from .entries import Document
from .present import document_of
from .problems import BadDocument
from .rows import Rows
from .writer import Writer


@dataclass(frozen=True)
class Loaded:
    """The event as it is now, and what was changed to make it so."""

    event: Event
    comparison: Comparison


def compare_with(
    document: Document, organisation: Organisation | None, *, prune: bool = False, force: bool = False
) -> Comparison:
    """What loading would change; nothing is written. ``organisation`` None: whichever the event belongs to.

    Raises BadDocument when the slug is another organisation's.
    """
    event = _event(document.slug, organisation)
    present = document_of(Rows.of(event)) if event else None
    return compare(present, document, prune=prune, force=force)


def load(
    document: Document,
    organisation: Organisation,
    *,
    now: datetime,
    prune: bool = False,
    force: bool = False,
    by: str = "an event document",
) -> Loaded:
    """Make the event of the document's slug match it, or make it anew, in one transaction.

    Loading the same document again changes nothing. ``prune`` removes what it leaves out, ``force`` even slots, shifts
    and sign-ups with people confirmed. ``by`` is who is recorded as having changed it. Raises BadDocument when the slug
    is another organisation's, or a shift follows what has no time.
    """
    with transaction() as session, session.no_autoflush:
        event = _event(document.slug, organisation, lock=True)
        rows = Rows.of(event) if event else None
        comparison = compare(document_of(rows) if rows else None, document, prune=prune, force=force)
        if not comparison.changes and event is not None:
            return Loaded(event, comparison)
        event = event or Event(organisation_id=organisation.id, slug=document.slug, created_at=now)
        Writer(session, rows or Rows(event), now).write(comparison)
        session.flush()
        let_waitlists_move_up(event, now=now)
        _record(event, comparison, by, now)
    return Loaded(event, comparison)


def _record(event: Event, comparison: Comparison, by: str, now: datetime) -> None:
    record_change(
        organisation_id=event.organisation_id,
        event_id=event.id,
        by=by,
        what="event.loaded",
        subject=event.slug,
        after={
            "changes": [described(change, ZoneInfo(event.zone), names_people=False) for change in comparison.changes]
        },
        now=now,
    )


def _event(slug: str, organisation: Organisation | None, *, lock: bool = False) -> Event | None:
    found = select(Event).where(Event.slug == slug)
    event = db.session.scalars(found.with_for_update() if lock else found).one_or_none()
    if event is not None and organisation is not None and event.organisation_id != organisation.id:
        raise BadDocument([f'slug is "{slug}", which is a show of another organisation; choose another slug.'])
    return event
