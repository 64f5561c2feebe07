"""Taking a shift and leaving it: capacity is counted while the shift's row is locked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from ...accounts.actions import record_change
from ...db import transaction
from ...events.actions import add_to_cast
from ...people.models import Person
from ...shownight.actions import By
from ..models import HOLDING, Shift, SignUp
from ..queries import clash_with, places_taken, times_now
from ..refusals import (
    AlreadyOnShift,
    NoSuchShift,
    NotOnShift,
    ShiftClashes,
    ShiftHasBegun,
    ShiftIsCancelled,
    ShiftIsFull,
    ShiftIsOver,
)


def take_shift(shift_id: int, person: Person, *, now: datetime, how: str) -> SignUp:
    """Put the person on the shift. ``how`` is link or text.

    Raises NoSuchShift, ShiftIsCancelled, ShiftIsOver, AlreadyOnShift, ShiftIsFull, ShiftClashes (with the shift or
    slot that clashes).
    """
    with transaction() as session:
        shift = _open_shift(session, shift_id, now)
        held = _sign_up_of(session, shift, person)
        _must_have_a_place(shift, held)
        if (other := clash_with(shift, person.id)) is not None:
            raise ShiftClashes(shift.role.name, other)
        return _signed_up(session, shift, person, held, now=now, how=how, by=By(person.name))


def put_on_shift(shift_id: int, person: Person, *, by: By, now: datetime) -> SignUp:
    """A coordinator puts the person on the shift, even where something of theirs clashes.

    Raises NoSuchShift, ShiftIsCancelled, ShiftIsOver, AlreadyOnShift, ShiftIsFull.
    """
    with transaction() as session:
        shift = _open_shift(session, shift_id, now)
        held = _sign_up_of(session, shift, person)
        _must_have_a_place(shift, held)
        return _signed_up(session, shift, person, held, now=now, how="coordinator", by=by)


def leave_shift(sign_up: SignUp, *, now: datetime, how: str) -> None:
    """The person cannot come; the place is open again. Raises ShiftHasBegun, NotOnShift."""
    with transaction() as session:
        session.refresh(sign_up, with_for_update={"of": SignUp})
        starts_at = times_now(sign_up.shift, now).starts_at or sign_up.shift.starts_at
        if starts_at <= now:
            raise ShiftHasBegun(sign_up.shift.role.name)
        _left(sign_up, now=now, how=how, by=By(sign_up.person.name))


def take_off_shift(sign_up: SignUp, *, by: By, now: datetime) -> None:
    """A coordinator takes the person off the shift, whenever. Raises NotOnShift."""
    with transaction() as session:
        session.refresh(sign_up, with_for_update={"of": SignUp})
        _left(sign_up, now=now, how="coordinator", by=by)


def _open_shift(session: Session, shift_id: int, now: datetime) -> Shift:
    """The shift, locked until the transaction ends, if somebody can still be put on it."""
    found = select(Shift).where(Shift.id == shift_id).options(joinedload(Shift.role, innerjoin=True))
    locked = found.with_for_update(of=Shift, key_share=True).execution_options(populate_existing=True)
    shift = session.scalars(locked).one_or_none()
    if shift is None:
        raise NoSuchShift
    if shift.cancelled_at is not None:
        raise ShiftIsCancelled(shift.role.name)
    ends_at = times_now(shift, now).ends_at
    if ends_at is None or ends_at <= now:
        raise ShiftIsOver(shift.role.name)
    return shift


def _sign_up_of(session: Session, shift: Shift, person: Person) -> SignUp | None:
    """What the person has on the shift, once nobody else changes what this person does."""
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
    found = select(SignUp).where(SignUp.shift_id == shift.id, SignUp.person_id == person.id)
    return session.scalars(found.execution_options(populate_existing=True)).one_or_none()


def _must_have_a_place(shift: Shift, held: SignUp | None) -> None:
    if held is not None and held.state in HOLDING:
        raise AlreadyOnShift(shift.role.name)
    if places_taken(shift.id) >= shift.max:
        raise ShiftIsFull(shift.role.name)


def _signed_up(
    session: Session, shift: Shift, person: Person, held: SignUp | None, *, now: datetime, how: str, by: By
) -> SignUp:
    """Confirmed, in a new row or in the one that was left before; what was due before that is not made up for."""
    add_to_cast(shift.event_id, person)
    sign_up = held or SignUp(event_id=shift.event_id, shift_id=shift.id, person_id=person.id)
    before = held.state if held else None
    sign_up.state, sign_up.how, sign_up.created_at, sign_up.changed_at = "confirmed", how, now, now
    session.add(sign_up)
    session.flush()
    _record(sign_up, shift, "shift.taken", by, now, {"state": before}, {"state": "confirmed", "how": how})
    return sign_up


def _left(sign_up: SignUp, *, now: datetime, how: str, by: By) -> None:
    if sign_up.state not in HOLDING:
        raise NotOnShift(sign_up.shift.role.name)
    before = sign_up.state
    sign_up.state, sign_up.how, sign_up.changed_at = "cancelled", how, now
    _record(sign_up, sign_up.shift, "shift.left", by, now, {"state": before}, {"state": "cancelled", "how": how})


def _record(
    sign_up: SignUp, shift: Shift, what: str, by: By, now: datetime, before: dict[str, Any], after: dict[str, Any]
) -> None:
    record_change(
        organisation_id=shift.event.organisation_id,
        event_id=shift.event_id,
        by=by.name,
        coordinator_id=by.coordinator_id,
        what=what,
        subject=f"shift:{shift.id} person:{sign_up.person_id}",
        now=now,
        before=before,
        after=after,
    )
