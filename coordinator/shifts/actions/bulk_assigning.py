"""A coordinator puts many people on shifts in one go, as a pasted list names them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.actions.locking import lock_event
from coordinator.events.labels import called
from coordinator.events.models import Event
from coordinator.people.models import Person

from ..models import Shift, SignUp, SignUpSource
from ..queries.roster import Roster
from ..refusals.taking import CannotTakeShift
from .assigning import must_be_overridden, put_on_shift
from .places import Placement, signed_up_at_once


def put_many_on_shifts(
    event: Event, wanted: Sequence[tuple[Shift, Person]], *, actor: Actor, now: datetime
) -> list[CannotTakeShift | None]:
    """Put each person on their shift of the event, one after another, as ``put_on_shift`` does without a reason.

    Returns for each what refuses it, or None. It takes the same few queries however many they are; only whoever had to
    do with the shift before costs more.
    """
    shifts = {shift.id: shift for shift, _ in wanted}
    people = {person.id: person for _, person in wanted}
    with transaction() as session:
        _lock(session, event, shifts, people)
        pairs = select(SignUp.shift_id, SignUp.person_id).where(
            SignUp.shift_id.in_(shifts), SignUp.person_id.in_(people)
        )
        known = {(shift_id, person_id) for shift_id, person_id in session.execute(pairs)}
        roster = Roster(event, shifts.values(), people.values(), now)
        new: list[tuple[Shift, Person]] = []
        refused: list[CannotTakeShift | None] = []
        for shift, person in wanted:
            try:
                if (shift.id, person.id) in known:
                    _write(session, event, new, actor, now)
                    put_on_shift(shift.id, person, actor=actor, now=now)
                else:
                    must_be_overridden(roster.against(shift, person), called(shift.role), "")
                    new.append((shift, person))
            except CannotTakeShift as refusal:
                refused.append(refusal)
            else:
                roster.put(shift, person)
                refused.append(None)
        _write(session, event, new, actor, now)
    return refused


def _write(session: Session, event: Event, new: list[tuple[Shift, Person]], actor: Actor, now: datetime) -> None:
    """Write the spots that are decided and not written yet; none is left."""
    if new:
        signed_up_at_once(session, event, new, Placement(SignUpSource.COORDINATOR, actor), now)
        new.clear()


def _lock(session: Session, event: Event, shift_ids: Collection[int], person_ids: Collection[int]) -> None:
    """The event, then its shifts by id, then people by id, until the transaction ends."""
    lock_event(session, event.id)
    shifts = select(Shift).where(Shift.id.in_(shift_ids)).options(joinedload(Shift.role, innerjoin=True))
    locked = shifts.order_by(Shift.id).with_for_update(of=Shift, key_share=True)
    session.scalars(locked.execution_options(populate_existing=True)).all()
    people = select(Person.id).where(Person.id.in_(person_ids)).order_by(Person.id)
    session.scalars(people.with_for_update(key_share=True)).all()
