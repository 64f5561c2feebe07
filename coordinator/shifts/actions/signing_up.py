"""Taking a shift and leaving it: capacity is counted while the shift's row is locked."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...core.cover import Objection, Obstacle
from ...core.rules import UNDO
from ...db import transaction
from ...events.actions import add_to_cast
from ...people.models import Person
from ...shownight.actions import By
from ..models import HOLDING, Shift, SignUp
from ..queries import house_rule_of, objections_to, times_now
from ..refusals import (
    CannotTakeShift,
    NeedsAReason,
    NoSuchFriend,
    NotOnShift,
    ShiftHasBegun,
    ShiftHasPlaces,
    TooLateToLeave,
    refusal_of,
)
from .locking import locked_shift
from .recording import record_plan
from .searches import place_came_free, stop_asking, wake_searches
from .swaps import close_swaps_of


def take_shift(
    shift_id: int,
    person: Person,
    *,
    now: datetime,
    how: str,
    friends: str | None = None,
    giving_up: Sequence[SignUp] = (),
) -> SignUp:
    """Put the person on the shift. ``how`` is link, text, waitlist, cover, swap or import.

    ``friends`` is the key that people bear who come together. ``giving_up``: sign-ups of theirs, or of the one they
    swap with, that no longer count. Raises CannotTakeShift: whatever stands against it, the gravest thing first.
    """
    with transaction() as session:
        shift = locked_shift(session, shift_id)
        held = _sign_up_of(session, shift, person)
        against = objections_to(shift, person, now, besides=[each.id for each in giving_up])
        if against:
            raise refusal_of(against[0], shift.role.name)
        sign_up = _signed_up(session, shift, person, held, now=now, how=how, by=By(person.name))
        sign_up.friends, sign_up.despite = friends, None
        return sign_up


def take_shifts(
    shift_ids: Collection[int], people: Sequence[Person], *, now: datetime, how: str, queue_for: Collection[int] = ()
) -> list[SignUp]:
    """Several shifts, or several people who come together: all of it or nothing.

    ``queue_for``: full shifts whose waitlist the first person joins; one that has a place again is taken. Raises
    CannotTakeShift; NoSuchFriend when it is the second or a later person who cannot.
    """
    friends = secrets.token_urlsafe(12) if len(people) > 1 else None
    with transaction() as session:
        for shift_id in sorted({*shift_ids, *queue_for}):
            locked_shift(session, shift_id)
        taken: list[SignUp] = []
        for person in people:
            try:
                taken.extend(
                    take_shift(shift_id, person, now=now, how=how, friends=friends) for shift_id in sorted(shift_ids)
                )
            except CannotTakeShift as refusal:
                if person is people[0]:
                    raise
                raise NoSuchFriend(person.name, refusal) from refusal
        for shift_id in sorted(queue_for):
            try:
                taken.append(join_waitlist(shift_id, people[0], now=now, how=how))
            except ShiftHasPlaces:
                taken.append(take_shift(shift_id, people[0], now=now, how=how))
        return taken


def change_shift(sign_up: SignUp, shift_id: int, *, now: datetime, how: str) -> SignUp:
    """Leave one shift for another, in one go: the person keeps the one until they have the other.

    Raises CannotTakeShift, and what leave_shift raises; then everything is as before.
    """
    with transaction() as session:
        for each in sorted({sign_up.shift_id, shift_id}):
            locked_shift(session, each)
        taken = take_shift(shift_id, sign_up.person, now=now, how=how, giving_up=[sign_up])
        leave_shift(sign_up, now=now, how=how)
        return taken


def put_on_shift(shift_id: int, person: Person, *, by: By, now: datetime, despite: str | None = None) -> SignUp:
    """A coordinator puts the person on the shift. ``despite`` says why, where something stands against it.

    Raises CannotTakeShift where nobody could; NeedsAReason where a coordinator can who says why.
    """
    with transaction() as session:
        shift = locked_shift(session, shift_id)
        held = _sign_up_of(session, shift, person)
        against = objections_to(shift, person, now, keeps_promises=False)
        _must_be_soft(against, shift.role.name)
        reason = (despite or "").strip()
        if against and not reason:
            raise NeedsAReason([refusal_of(each, shift.role.name) for each in against])
        sign_up = _signed_up(session, shift, person, held, now=now, how="coordinator", by=by, despite=reason)
        sign_up.friends, sign_up.despite = None, reason if against else None
        return sign_up


def join_waitlist(shift_id: int, person: Person, *, now: datetime, how: str) -> SignUp:
    """Queue for a shift that is full; the place in the queue is the time. Who queues already keeps theirs.

    Raises CannotTakeShift where the person could not take it even if there were a place, and ShiftHasPlaces.
    """
    with transaction() as session:
        shift = locked_shift(session, shift_id)
        held = _sign_up_of(session, shift, person)
        if held is not None and held.state == "waitlisted":
            return held
        against = objections_to(shift, person, now)
        others = [each for each in against if each.obstacle is not Obstacle.FULL]
        if others:
            raise refusal_of(others[0], shift.role.name)
        if not against:
            raise ShiftHasPlaces(shift.role.name)
        return _signed_up(session, shift, person, held, now=now, how=how, by=By(person.name), state="waitlisted")


def leave_shift(sign_up: SignUp, *, now: datetime, how: str) -> None:
    """The person cannot come; the place is open again, or their place in the queue is gone.

    Raises NotOnShift, ShiftHasBegun, and TooLateToLeave from the event's deadline on.
    """
    with transaction() as session:
        shift = locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        starts_at = times_now(shift, now).starts_at or shift.starts_at
        if sign_up.state in HOLDING and starts_at <= now:
            raise ShiftHasBegun(shift.role.name)
        if sign_up.state in HOLDING and now > starts_at - house_rule_of(shift.event).leave_until:
            raise TooLateToLeave(shift.role.name)
        if leave(sign_up, now=now, how=how, by=By(sign_up.person.name)) in HOLDING:
            place_came_free(shift, sign_up, now=now)


def take_off_shift(sign_up: SignUp, *, by: By, now: datetime) -> None:
    """A coordinator takes the person off the shift, whenever. Raises NotOnShift."""
    with transaction() as session:
        shift = locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        if leave(sign_up, now=now, how="coordinator", by=by) in HOLDING:
            place_came_free(shift, sign_up, now=now, after=UNDO)


def _sign_up_of(session: Session, shift: Shift, person: Person) -> SignUp | None:
    """What the person has on the shift, once nobody else changes what this person does."""
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
    found = select(SignUp).where(SignUp.shift_id == shift.id, SignUp.person_id == person.id)
    return session.scalars(found.execution_options(populate_existing=True)).one_or_none()


def _must_be_soft(against: Sequence[Objection], role: str) -> None:
    hard = next((each for each in against if not each.is_soft), None)
    if hard is not None:
        raise refusal_of(hard, role)


def _signed_up(  # noqa: PLR0913 - who, on what, and all that is recorded of it
    session: Session,
    shift: Shift,
    person: Person,
    held: SignUp | None,
    *,
    now: datetime,
    how: str,
    by: By,
    state: str = "confirmed",
    despite: str = "",
) -> SignUp:
    """In a new row or in the one that was left before; what was due before that is not made up for."""
    add_to_cast(shift.event_id, person)
    sign_up = held or SignUp(event_id=shift.event_id, shift_id=shift.id, person_id=person.id)
    before = sign_up.state if held else None
    sign_up.state, sign_up.how, sign_up.created_at, sign_up.changed_at = state, how, now, now
    sign_up.waitlisted_at = now if state == "waitlisted" else None
    sign_up.will_come_at = sign_up.wants_cover_at = sign_up.late_by = sign_up.here_at = sign_up.left_at = None
    session.add(sign_up)
    session.flush()
    if state == "confirmed":
        wake_searches(shift, now)
    after = {"state": state, "how": how} | ({"despite": despite} if despite else {})
    what = "shift.queued" if state == "waitlisted" else "shift.taken"
    _record(sign_up, shift, what, by, now, {"state": before}, after)
    return sign_up


def leave(sign_up: SignUp, *, now: datetime, how: str, by: By) -> str:
    """The sign-up ends; gives back the state before. The caller holds the shift. Raises NotOnShift."""
    if sign_up.state not in (*HOLDING, "waitlisted"):
        raise NotOnShift(sign_up.shift.role.name)
    before = sign_up.state
    sign_up.state, sign_up.how, sign_up.changed_at = "cancelled", how, now
    sign_up.waitlisted_at = sign_up.wants_cover_at = None
    _record(sign_up, sign_up.shift, "shift.left", by, now, {"state": before}, {"state": "cancelled", "how": how})
    if before == "waitlisted":
        stop_asking(sign_up.shift, sign_up.person, now)
    else:
        close_swaps_of(sign_up, now)
    return before


def _record(
    sign_up: SignUp, shift: Shift, what: str, by: By, now: datetime, before: dict[str, Any], after: dict[str, Any]
) -> None:
    record_plan(shift.event, what, f"shift:{shift.id} person:{sign_up.person_id}", by, now, before=before, after=after)
