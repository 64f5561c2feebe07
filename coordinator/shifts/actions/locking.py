"""One order of locks for all that happens to a shift: the shift first, then people; nothing is decided before."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from ..models import Shift
from ..refusals import NoSuchShift


def locked_shift(session: Session, shift_id: int) -> Shift:
    """The shift, locked until the transaction ends. Raises NoSuchShift."""
    shift = free_shift(session, shift_id, skip_locked=False)
    if shift is None:
        raise NoSuchShift
    return shift


def free_shift(session: Session, shift_id: int, *, skip_locked: bool = True) -> Shift | None:
    """The same; None when it was removed, or when somebody else holds it and ``skip_locked``."""
    found = select(Shift).where(Shift.id == shift_id).options(joinedload(Shift.role, innerjoin=True))
    locked = found.with_for_update(of=Shift, key_share=True, skip_locked=skip_locked)
    return session.scalars(locked.execution_options(populate_existing=True)).one_or_none()
