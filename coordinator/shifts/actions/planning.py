"""Planning shifts: which work there is, when, and for how many."""

from datetime import datetime, timedelta
from itertools import count
from typing import Required, TypedDict, Unpack

from sqlalchemy import func, select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.rules import UNDO
from coordinator.core.show_time import local_text, zone_named
from coordinator.db import transaction
from coordinator.events.actions.locking import lock_event
from coordinator.events.models import Event
from coordinator.messaging.models import Message
from coordinator.shownight.queries import Night, plan_night

from ..models import Role, Shift, SignUp, SignUpState
from ..queries.planned import Follows, follows_of, places_taken, planned_times
from ..refusals.planning import (
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
from .plan_end import settle_plan_end
from .recording import shift_as_recorded
from .searches import places_were_added, wake_searches

MOST_PLACES = 500
NOTHING = timedelta(0)
A_DAY = timedelta(days=1)


class ShiftChanges(TypedDict, total=False):
    """Changes to a shift; what is left out stays. Instants are aware.

    ``follows`` None: it has fixed times, ``starts_at`` and ``ends_at`` or else its current ones.
    """

    min: int
    max: int
    place: str | None
    call: timedelta
    starts_at: datetime
    ends_at: datetime
    follows: Follows | None


class NewShift(TypedDict, total=False):
    """A shift to be added: for ``least`` to ``most`` people, at fixed times or following a slot."""

    least: Required[int]
    most: Required[int]
    starts_at: datetime | None
    ends_at: datetime | None
    follows: Follows | None
    place: str | None
    call: timedelta


def add_shift(event: Event, role: Role, *, actor: Actor, now: datetime, **new: Unpack[NewShift]) -> Shift:
    """Add a shift to the plan. Raises ImpossibleShift."""
    follows, starts_at, ends_at = new.get("follows"), new.get("starts_at"), new.get("ends_at")
    with transaction() as session:
        lock_event(session, event.id)
        taken = set(session.scalars(select(Shift.key).where(Shift.event_id == event.id)))
        shift = Shift(event_id=event.id, role_id=role.id, key=free_shift_key(role, taken), created_at=now)
        shift.min, shift.max, shift.place, shift.call = (
            new["least"],
            new["most"],
            new.get("place"),
            new.get("call", NOTHING),
        )
        if follows is not None:
            follow(shift, event, follows)
        elif starts_at is not None and ends_at is not None:
            set_fixed_times(shift, event, starts_at, ends_at)
        must_be_possible(shift)
        session.add(shift)
        session.flush()
        settle_plan_end(event)
        record(event, actor, "shift.added", f"shift:{shift.id}", now=now, after=shift_as_recorded(shift))
    return shift


def edit_shift(shift: Shift, *, actor: Actor, now: datetime, **changes: Unpack[ShiftChanges]) -> None:
    """Change what is given; a shift that gets fixed times no longer follows a slot. Removes nobody from it.

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
        settle_plan_end(shift.event)
        after = shift_as_recorded(shift)
        record(shift.event, actor, "shift.edited", f"shift:{shift.id}", now=now, before=before, after=after)


def cancel_shift(shift: Shift, *, actor: Actor, now: datetime, undo: bool = False) -> None:
    """Call the shift off (``undo``: it takes place after all); its people stay on it, and the planner tells them."""
    with transaction() as session:
        locked_shift(session, shift.id)
        shift.cancelled_at = None if undo else shift.cancelled_at or now
        wake_searches(shift, now + UNDO)
        if undo:
            places_were_added(shift, now=now, after=UNDO)
        what = "shift.restored" if undo else "shift.cancelled"
        record(shift.event, actor, what, f"shift:{shift.id}", now=now)


def remove_shift(shift: Shift, *, actor: Actor, now: datetime) -> None:
    """Delete a shift that nobody is on, waits for or was at. Raises ShiftHasPeople, ShiftWasTold."""
    with transaction() as session:
        locked_shift(session, shift.id)
        signed_up = select(func.count()).select_from(SignUp).where(SignUp.shift_id == shift.id)
        if people := session.scalar(signed_up.where(SignUp.state != SignUpState.CANCELLED)):
            raise ShiftHasPeople(people)
        if session.scalars(select(Message.id).where(Message.shift_id == shift.id).limit(1)).first() is not None:
            raise ShiftWasTold
        before = shift_as_recorded(shift)
        record(shift.event, actor, "shift.removed", f"shift:{shift.id}", now=now, before=before)
        event = shift.event
        session.delete(shift)
        settle_plan_end(event)


def free_shift_key(role: Role, taken: set[str]) -> str:
    """A key that is not taken yet: ``front-door-1``, ``front-door-2``."""
    return next(key for number in count(1) if (key := f"{role.key}-{number}") not in taken)


def follow(shift: Shift, event: Event, follows: Follows, planned: Night | None = None) -> None:
    """Let the shift follow a slot, at the plan's times (``planned``: read already).

    Raises LengthOutOfReach, NothingToFollow, FollowsNoTime.
    """
    if not all(NOTHING <= length <= A_DAY for length in (follows.before, follows.after)):
        raise LengthOutOfReach
    times = planned_times(follows, planned or plan_night(event.id))
    if times.starts_at is None or times.ends_at is None:
        raise NothingToFollow
    if times.span is None:
        raise FollowsNoTime
    set_fixed_times(shift, event, *times.span)
    shift.follows_slot_id, shift.follows_from, shift.follows_to = follows.slot_id, follows.begins, follows.ends
    shift.before, shift.after = follows.before, follows.after


def set_fixed_times(shift: Shift, event: Event, starts_at: datetime, ends_at: datetime) -> None:
    """Put the shift at fixed times."""
    zone = zone_named(event.zone)
    shift.starts_at, shift.starts_local = starts_at, local_text(starts_at, zone)
    shift.ends_at, shift.ends_local = ends_at, local_text(ends_at, zone)
    shift.follows_slot_id = shift.follows_from = shift.follows_to = None
    shift.before = shift.after = NOTHING


def _move(shift: Shift, starts_at: datetime, ends_at: datetime, follows: Follows | None) -> None:
    """Other times, or following otherwise; if both stay the same, nothing is recalculated."""
    is_moved = (starts_at, ends_at) != (shift.starts_at, shift.ends_at)
    if follows is None or (is_moved and follows == follows_of(shift)):
        set_fixed_times(shift, shift.event, starts_at, ends_at)
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
