"""Planning shifts: what work there is, when, and for how many."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import TypedDict, Unpack

from sqlalchemy import func, select

from ...core.rules import UNDO
from ...core.show_time import local_text, zone_named
from ...db import transaction
from ...events.actions import lock_event
from ...events.models import Event
from ...messaging.models import Message
from ...shownight.actions import By
from ...shownight.queries import Night, plan_night
from ..models import Role, Shift, SignUp
from ..queries import Follows, follows_of, places_taken, planned_times
from ..refusals import (
    EndsBeforeItBegins,
    FollowsNoTime,
    LengthOutOfReach,
    NothingToFollow,
    PlacesAreTaken,
    PlacesOutOfRange,
    ShiftHasPeople,
    ShiftWasTold,
)
from .locking import locked_shift
from .recording import record_plan, shift_as_recorded
from .searches import places_were_added, wake_searches

MOST_PLACES = 500
NOTHING = timedelta(0)
A_DAY = timedelta(days=1)


class ShiftChanges(TypedDict, total=False):
    """What may be changed of a shift; what is left out stays. Instants are aware.

    ``follows`` None: it stands still, at ``starts_at`` and ``ends_at`` or else where it is.
    """

    min: int
    max: int
    place: str | None
    call: timedelta
    starts_at: datetime
    ends_at: datetime
    follows: Follows | None


def add_shift(  # noqa: PLR0913 - a shift has that many sides
    event: Event,
    role: Role,
    *,
    least: int,
    most: int,
    by: By,
    now: datetime,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    follows: Follows | None = None,
    place: str | None = None,
    call: timedelta = NOTHING,
) -> Shift:
    """A shift for ``least`` to ``most`` people, at fixed times or following a slot. Raises ImpossibleShift."""
    with transaction() as session:
        lock_event(session, event.id)
        taken = set(session.scalars(select(Shift.key).where(Shift.event_id == event.id)))
        shift = Shift(event_id=event.id, role_id=role.id, key=free_shift_key(role, taken))
        shift.min, shift.max, shift.place, shift.call, shift.created_at = least, most, place, call, now
        if follows is not None:
            follow(shift, event, follows)
        elif starts_at is not None and ends_at is not None:
            stand(shift, event, starts_at, ends_at)
        must_be_possible(shift)
        session.add(shift)
        session.flush()
        record_plan(event, "shift.added", f"shift:{shift.id}", by, now, after=shift_as_recorded(shift))
    return shift


def edit_shift(shift: Shift, *, by: By, now: datetime, **changes: Unpack[ShiftChanges]) -> None:
    """Change what is given; a shift that is given other times no longer follows a slot. Nobody is taken off it.

    Raises ImpossibleShift: EndsBeforeItBegins, PlacesOutOfRange, PlacesAreTaken and others.
    """
    with transaction() as session:
        locked_shift(session, shift.id)
        before = shift_as_recorded(shift)
        starts_at, ends_at = changes.pop("starts_at", shift.starts_at), changes.pop("ends_at", shift.ends_at)
        _move(shift, starts_at, ends_at, changes.pop("follows", follows_of(shift)))
        for column, value in changes.items():
            setattr(shift, column, value)
        must_be_possible(shift)
        if (taken := places_taken(shift.id)) > shift.max:
            raise PlacesAreTaken(taken)
        places_were_added(shift, now=now, after=UNDO)
        after = shift_as_recorded(shift)
        record_plan(shift.event, "shift.edited", f"shift:{shift.id}", by, now, before=before, after=after)


def cancel_shift(shift: Shift, *, by: By, now: datetime, undo: bool = False) -> None:
    """Call the shift off (``undo``: it takes place after all); those on it stay on it and are told by the planner."""
    with transaction() as session:
        locked_shift(session, shift.id)
        shift.cancelled_at = None if undo else shift.cancelled_at or now
        wake_searches(shift, now + UNDO)
        if undo:
            places_were_added(shift, now=now, after=UNDO)
        what = "shift.restored" if undo else "shift.cancelled"
        record_plan(shift.event, what, f"shift:{shift.id}", by, now)


def remove_shift(shift: Shift, *, by: By, now: datetime) -> None:
    """Take a shift out of the plan that nobody is on, waits for or was at. Raises ShiftHasPeople, ShiftWasTold."""
    with transaction() as session:
        locked_shift(session, shift.id)
        signed_up = select(func.count()).select_from(SignUp).where(SignUp.shift_id == shift.id)
        if people := session.scalar(signed_up.where(SignUp.state != "cancelled")):
            raise ShiftHasPeople(people)
        if session.scalars(select(Message.id).where(Message.shift_id == shift.id).limit(1)).first() is not None:
            raise ShiftWasTold
        before = shift_as_recorded(shift)
        record_plan(shift.event, "shift.removed", f"shift:{shift.id}", by, now, before=before)
        session.delete(shift)


def free_shift_key(role: Role, taken: set[str]) -> str:
    """A key that none of those taken is: ``front-door-1``, ``front-door-2``."""
    return next(key for number in count(1) if (key := f"{role.key}-{number}") not in taken)


def follow(shift: Shift, event: Event, follows: Follows, planned: Night | None = None) -> None:
    """Let the shift follow so, at the times that the plan gives it (``planned``: read already).

    Raises LengthOutOfReach, NothingToFollow, FollowsNoTime.
    """
    if not all(NOTHING <= length <= A_DAY for length in (follows.before, follows.after)):
        raise LengthOutOfReach
    times = planned_times(follows, planned or plan_night(event.id))
    if times.starts_at is None or times.ends_at is None:
        raise NothingToFollow
    if times.ends_at <= times.starts_at:
        raise FollowsNoTime
    stand(shift, event, times.starts_at, times.ends_at)
    shift.follows_slot_id, shift.follows_from, shift.follows_to = follows.slot_id, follows.begins, follows.ends
    shift.before, shift.after = follows.before, follows.after


def stand(shift: Shift, event: Event, starts_at: datetime, ends_at: datetime) -> None:
    """Put the shift at fixed times."""
    zone = zone_named(event.zone)
    shift.starts_at, shift.starts_local = starts_at, local_text(starts_at, zone)
    shift.ends_at, shift.ends_local = ends_at, local_text(ends_at, zone)
    shift.follows_slot_id = shift.follows_from = shift.follows_to = None
    shift.before = shift.after = NOTHING


def _move(shift: Shift, starts_at: datetime, ends_at: datetime, follows: Follows | None) -> None:
    """Other times, or following otherwise; where both are as they were, nothing is worked out anew."""
    is_moved = (starts_at, ends_at) != (shift.starts_at, shift.ends_at)
    if follows is None or (is_moved and follows == follows_of(shift)):
        stand(shift, shift.event, starts_at, ends_at)
    elif follows != follows_of(shift):
        follow(shift, shift.event, follows)


def must_be_possible(shift: Shift) -> None:
    """Raises EndsBeforeItBegins, PlacesOutOfRange, LengthOutOfReach."""
    if shift.ends_at <= shift.starts_at:
        raise EndsBeforeItBegins
    if not 0 <= shift.min <= shift.max <= MOST_PLACES or shift.max < 1:
        raise PlacesOutOfRange
    if not NOTHING <= shift.call <= A_DAY:
        raise LengthOutOfReach
