"""The record of what coordinators changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ...db import transaction
from ..models import AuditEntry


def record_change(  # noqa: PLR0913 - a row of the record has that many sides
    *,
    organisation_id: int,
    by: str,
    what: str,
    subject: str,
    now: datetime,
    event_id: int | None = None,
    coordinator_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Keep who changed what, in the transaction that changes it.

    ``what`` is the thing and what became of it (``slot.moved``). Never a phone number: the record outlives it.
    """
    with transaction() as session:
        session.add(
            AuditEntry(
                organisation_id=organisation_id,
                event_id=event_id,
                coordinator_id=coordinator_id,
                by=by,
                at=now,
                what=what,
                subject=subject[:120],
                before=before,
                after=after,
            )
        )
