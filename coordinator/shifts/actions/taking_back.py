"""Undoing the last change of a shift, from what the audit log stored of it."""

from datetime import datetime, timedelta

from coordinator.accounts.models import Actor
from coordinator.accounts.queries import last_record
from coordinator.core.json_values import JsonObject
from coordinator.core.rules import UNDO
from coordinator.core.show_time import instant_of_text, zone_named

from ..models import Shift
from ..queries.planned import Follows
from .planning import ShiftChanges, edit_shift

MINUTE = timedelta(minutes=1)


def as_it_was(shift: Shift, now: datetime) -> ShiftChanges | None:
    """The shift before its last change; None if that is 30 s ago: then people are about to be told."""
    entry = last_record(shift.event.organisation_id, "shift.edited", shift.event_id)
    if entry is None or entry.subject != f"shift:{shift.id}" or now >= entry.at + UNDO or entry.before is None:
        return None
    return _changes(entry.before, shift)


def take_back_edit(shift: Shift, *, actor: Actor, now: datetime) -> bool:
    """Change the shift back; False if it is too late. Raises what ``edit_shift`` raises."""
    before = as_it_was(shift, now)
    if before is not None:
        edit_shift(shift, actor=actor, now=now, **before)
    return before is not None


def _changes(before: JsonObject, shift: Shift) -> ShiftChanges:
    zone, follows = zone_named(shift.event.zone), before.get("follows")
    changes: ShiftChanges = {
        "min": before["min"],
        "max": before["max"],
        "place": before["place"],
        "call": before["call"] * MINUTE,
        "follows": follows
        and Follows(
            follows["slot"], follows["from"], follows["to"], follows["before"] * MINUTE, follows["after"] * MINUTE
        ),
    }
    if follows is None:
        changes |= {
            "starts_at": instant_of_text(before["starts"], zone),
            "ends_at": instant_of_text(before["ends"], zone),
        }
    return changes
