"""Planning shifts: what work there is, when, and for how many."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import TypedDict, Unpack

from sqlalchemy import select

from ...accounts.actions import record_change
from ...core.show_time import local_text, zone_named
from ...db import transaction
from ...events.actions import free_key
from ...events.models import Event
from ...shownight.actions import By
from ..models import Role, Shift
from ..queries import places_taken
from ..refusals import EndsBeforeItBegins, NoRoleName, PlacesAreTaken, PlacesOutOfRange
from .searches import UNDO, places_were_added, wake_searches

MOST_PLACES = 500


class ShiftChanges(TypedDict, total=False):
    """What may be changed of a shift; what is left out stays. Instants are aware."""

    min: int
    max: int
    place: str | None
    starts_at: datetime
    ends_at: datetime


def add_role(
    event: Event, name: str, *, by: By, now: datetime, note: str | None = None, works_changeovers: bool = False
) -> Role:
    """A kind of work; the one that has this name already, if there is one. Raises NoRoleName."""
    called = " ".join(name.split())
    if not 0 < len(called) <= 120:
        raise NoRoleName
    with transaction() as session:
        session.execute(select(Event.id).where(Event.id == event.id).with_for_update(key_share=True))
        roles = session.scalars(select(Role).where(Role.event_id == event.id)).all()
        for role in roles:
            if role.name.casefold() == called.casefold():
                return role
        key = free_key(called, [role.key for role in roles], otherwise="role")
        role = Role(event_id=event.id, key=key, name=called, note=note, works_changeovers=works_changeovers)
        session.add(role)
        session.flush()
        _record(event, "role.added", f"role:{role.id}", by, now)
    return role


def add_shift(  # noqa: PLR0913 - a shift has that many sides
    event: Event,
    role: Role,
    *,
    starts_at: datetime,
    ends_at: datetime,
    least: int,
    most: int,
    by: By,
    now: datetime,
    place: str | None = None,
) -> Shift:
    """A shift at fixed times for ``least`` to ``most`` people. Raises EndsBeforeItBegins, PlacesOutOfRange."""
    with transaction() as session:
        session.execute(select(Event.id).where(Event.id == event.id).with_for_update(key_share=True))
        taken = session.scalars(select(Shift.key).where(Shift.event_id == event.id)).all()
        key = next(key for number in count(1) if (key := f"{role.key}-{number}") not in taken)
        shift = Shift(event_id=event.id, role_id=role.id, key=key)
        shift.min, shift.max, shift.place, shift.created_at = least, most, place, now
        _set_times(shift, event, starts_at, ends_at)
        _must_be_possible(shift)
        session.add(shift)
        session.flush()
        _record(event, "shift.added", f"shift:{shift.id}", by, now)
    return shift


def edit_shift(shift: Shift, *, by: By, now: datetime, **changes: Unpack[ShiftChanges]) -> None:
    """Change what is given; a shift that is given times no longer follows a slot.

    Raises EndsBeforeItBegins, PlacesOutOfRange, PlacesAreTaken.
    """
    with transaction() as session:
        session.refresh(shift, with_for_update={"of": Shift})
        starts_at, ends_at = changes.pop("starts_at", shift.starts_at), changes.pop("ends_at", shift.ends_at)
        if (starts_at, ends_at) != (shift.starts_at, shift.ends_at):
            _set_times(shift, shift.event, starts_at, ends_at)
            shift.follows_slot_id = shift.follows_from = shift.follows_to = None
            shift.before = shift.after = timedelta(0)
        for column, value in changes.items():
            setattr(shift, column, value)
        _must_be_possible(shift)
        if (taken := places_taken(shift.id)) > shift.max:
            raise PlacesAreTaken(taken)
        places_were_added(shift, now=now, after=UNDO)
        _record(shift.event, "shift.edited", f"shift:{shift.id}", by, now)


def cancel_shift(shift: Shift, *, by: By, now: datetime, undo: bool = False) -> None:
    """Call the shift off (``undo``: it takes place after all); those on it stay on it and are told by the planner."""
    with transaction() as session:
        session.refresh(shift, with_for_update={"of": Shift})
        shift.cancelled_at = None if undo else shift.cancelled_at or now
        wake_searches(shift, now + UNDO)
        if undo:
            places_were_added(shift, now=now, after=UNDO)
        _record(shift.event, "shift.restored" if undo else "shift.cancelled", f"shift:{shift.id}", by, now)


def _set_times(shift: Shift, event: Event, starts_at: datetime, ends_at: datetime) -> None:
    zone = zone_named(event.zone)
    shift.starts_at, shift.starts_local = starts_at, local_text(starts_at, zone)
    shift.ends_at, shift.ends_local = ends_at, local_text(ends_at, zone)


def _must_be_possible(shift: Shift) -> None:
    if shift.ends_at <= shift.starts_at:
        raise EndsBeforeItBegins
    if not 0 <= shift.min <= shift.max <= MOST_PLACES or shift.max < 1:
        raise PlacesOutOfRange


def _record(event: Event, what: str, subject: str, by: By, now: datetime) -> None:
    record_change(
        organisation_id=event.organisation_id,
        event_id=event.id,
        by=by.name,
        coordinator_id=by.coordinator_id,
        what=what,
        subject=subject,
        now=now,
    )
