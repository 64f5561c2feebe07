"""What is kept of a change of the plan of shifts, and of who is on them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ...accounts.actions import record_change
from ...events.models import Event
from ...shownight.actions import By
from ..models import Shift

MINUTE = timedelta(minutes=1)


def record_plan(
    event: Event,
    what: str,
    subject: str,
    by: By,
    now: datetime,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Keep who changed it, in the transaction that changes it."""
    record_change(
        organisation_id=event.organisation_id,
        event_id=event.id,
        by=by.name,
        coordinator_id=by.coordinator_id,
        what=what,
        subject=subject,
        now=now,
        before=before,
        after=after,
    )


def shift_as_recorded(shift: Shift) -> dict[str, Any]:
    """The shift in values that a record keeps; lengths in minutes, times on the wall."""
    facts: dict[str, Any] = {
        "key": shift.key,
        "starts": shift.starts_local,
        "ends": shift.ends_local,
        "min": shift.min,
        "max": shift.max,
        "place": shift.place,
        "call": (shift.call or timedelta(0)) // MINUTE,
    }
    if shift.follows_slot_id is not None:
        facts["follows"] = {
            "slot": shift.follows_slot_id,
            "from": shift.follows_from,
            "to": shift.follows_to,
            "before": shift.before // MINUTE,
            "after": shift.after // MINUTE,
        }
    return facts
