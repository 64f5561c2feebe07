"""The audit log: the only way to write to it."""

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import delete

from coordinator.db import transaction

from ..models import Account, Actor, AuditEntry, Organisation


class OfOrganisation(Protocol):
    """An event, as far as this slice knows about events."""

    @property
    def id(self) -> int: ...

    @property
    def organisation_id(self) -> int: ...


def record(
    event: OfOrganisation | Organisation,
    actor: Actor,
    verb: str,
    subject: str,
    *,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Record who changed what, in the transaction of the change.

    ``event``: the event, or the organization for changes outside of events. ``verb`` is the thing and what happened to
    it (``slot.moved``), ``subject`` which one. Never include a phone number: the log outlives it.
    """
    whole = isinstance(event, Organisation)
    with transaction() as session:
        session.add(
            AuditEntry(
                organisation_id=event.id if isinstance(event, Organisation) else event.organisation_id,
                event_id=None if whole else event.id,
                coordinator_id=actor.coordinator_id,
                person_id=actor.person_id,
                by=actor.name,
                via=actor.via,
                at=now,
                what=verb,
                subject=subject[:120],
                before=before,
                after=after,
            )
        )


def forget_old_entries(before_at: datetime) -> int:
    """Delete what was recorded before the instant. Returns how many entries."""
    with transaction() as session:
        gone = session.execute(delete(AuditEntry).where(AuditEntry.at < before_at))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def record_for(
    account: Account,
    actor: Actor,
    verb: str,
    *,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Keep what became of an account, in each organisation that it is a member of."""
    for each in account.active_memberships:
        record(each.organisation, actor, verb, f"coordinator:{each.id}", now=now, before=before, after=after)
