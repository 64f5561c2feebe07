"""Making the event match a document."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor, Organisation, Via
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.shifts.actions.searches import let_waitlists_move_up

from .changes import Comparison, compare
from .describe import described
from .entries import Document
from .present import document_of
from .problems import BadDocument
from .rows import Rows
from .telling import PlaceChanges
from .writer import Writer

DOCUMENT = Actor("an event document", via=Via.DOCUMENT)


@dataclass(frozen=True)
class Loaded:
    """The event as it is now, and what was changed to make it so."""

    event: Event
    comparison: Comparison


def compare_with(
    document: Document, organisation: Organisation | None, *, prune: bool = False, force: bool = False
) -> Comparison:
    """What loading would change; writes nothing. ``organisation`` None: the one the event belongs to.

    Raises BadDocument if the slug belongs to another organization.
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
    actor: Actor = DOCUMENT,
) -> Loaded:
    """Make the event with the document's slug match it, or create it, in one transaction.

    Loading the same document again changes nothing. ``prune`` removes what it leaves out, ``force`` even slots, shifts
    and sign-ups with people confirmed. People are told about spots it gives or takes if the show was already published.
    ``actor`` is recorded in the audit log. Raises BadDocument if the slug belongs to another organization, or a shift
    follows an anchor without a time.
    """
    with transaction() as session, session.no_autoflush:
        event = _event(document.slug, organisation, lock=True)
        rows = Rows.of(event) if event else None
        comparison = compare(document_of(rows) if rows else None, document, prune=prune, force=force)
        if not comparison.changes and event is not None:
            return Loaded(event, comparison)
        is_out = event is not None and event.published and (event.plan_until_at is None or now < event.plan_until_at)
        event = event or Event(organisation_id=organisation.id, slug=document.slug, created_at=now)
        Writer(session, rows or Rows(event), now, PlaceChanges(event, now, is_out)).write(comparison)
        session.flush()
        let_waitlists_move_up(event, now=now)
        after = {"changes": _described(event, comparison)}
        record(event, actor, "event.loaded", event.slug, now=now, after=after)
    return Loaded(event, comparison)


def _described(event: Event, comparison: Comparison) -> list[str]:
    return [described(change, ZoneInfo(event.zone), names_people=False) for change in comparison.changes]


def _event(slug: str, organisation: Organisation | None, *, lock: bool = False) -> Event | None:
    found = select(Event).where(Event.slug == slug)
    event = db.session.scalars(found.with_for_update() if lock else found).one_or_none()
    if event is not None and organisation is not None and event.organisation_id != organisation.id:
        raise BadDocument([f'slug is "{slug}", which is a show of another organisation; choose another slug.'])
    return event
