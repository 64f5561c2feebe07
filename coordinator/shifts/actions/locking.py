"""The order of locks for everything about a shift: its event, the shift, then people; nothing is decided before.

Every change of a shift counts as a change of its event, whose row is then written. So everyone locks it first.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from coordinator.events.models import Event

from ..models import Shift
from ..refusals.taking import NoSuchShift


def locked_shift(session: Session, shift_id: int) -> Shift:
    """The shift, locked until the transaction ends. Raises NoSuchShift."""
    shift = free_shift(session, shift_id, skip_locked=False)
    if shift is None:
        raise NoSuchShift
    return shift


def free_shift(session: Session, shift_id: int, *, skip_locked: bool = True) -> Shift | None:
    """The same; None if it was removed, or if another process holds it or its event and ``skip_locked``."""
    whose = select(Event.id).join(Shift, Shift.event_id == Event.id).where(Shift.id == shift_id)
    if not session.scalars(whose.with_for_update(of=Event, key_share=True, skip_locked=skip_locked)).all():
        return None
    found = select(Shift).where(Shift.id == shift_id).options(joinedload(Shift.role, innerjoin=True))
    locked = found.with_for_update(of=Shift, key_share=True, skip_locked=skip_locked)
    return session.scalars(locked.execution_options(populate_existing=True)).one_or_none()
