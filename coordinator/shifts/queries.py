"""Shifts as everybody above reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ..core.timeline import Anchor
from ..db import db
from ..events.models import Event
from ..shownight.queries import Night
from .models import Shift, SignUp


@dataclass(frozen=True, slots=True)
class Times:
    """When a shift really is. Both are None while the slot that it follows has no projected time."""

    starts_at: datetime | None
    ends_at: datetime | None


def shifts_of(event: Event) -> Sequence[Shift]:
    """The event's shifts in order of their planned start, with roles and the people on them."""
    return db.session.scalars(
        select(Shift)
        .where(Shift.event_id == event.id)
        .order_by(Shift.starts_at, Shift.id)
        .options(joinedload(Shift.role), selectinload(Shift.sign_ups).joinedload(SignUp.person))
    ).all()


def shift_times(shift: Shift, night: Night) -> Times:
    """The shift as the show really runs: one that follows a slot moves with it, a fixed one stands still."""
    if shift.follows_slot_id is None or shift.follows_from is None or shift.follows_to is None:
        return Times(shift.starts_at, shift.ends_at)
    begins_at = night.anchor(shift.follows_slot_id, shift.follows_from)
    ends_at = night.anchor(shift.follows_slot_id, shift.follows_to)
    if begins_at is None or ends_at is None:
        return Times(None, None)
    return Times(begins_at - shift.before, max(ends_at + shift.after, begins_at - shift.before))


def is_crew_of(shift: Shift, slot_id: int, changeover_at: datetime | None) -> bool:
    """Whether the people on the shift work the changeover before the slot.

    They do when the shift follows that changeover, or when their role works changeovers and a fixed shift covers it.
    """
    if shift.follows_slot_id is not None:
        return shift.follows_slot_id == slot_id and shift.follows_from == Anchor.CHANGEOVER_START
    covers = changeover_at is not None and shift.starts_at <= changeover_at < shift.ends_at
    return covers and shift.role.works_changeovers
