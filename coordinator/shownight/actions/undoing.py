"""Taking a press back."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...db import transaction
from ..models import Press
from ..refusals import NothingToUndo, PressedSince, TooLateToUndo
from .facts import facts_of, put_back
from .pressing import By, held, record


def undo_press(press_id: int, *, by: By, now: datetime, within: timedelta | None = None) -> Press:
    """Put the slot's facts back to what they were before the press, which must be the last one of its slot.

    ``within``: only so long after it was pressed. Raises NothingToUndo, PressedSince, TooLateToUndo.
    """
    with transaction() as session:
        slot = held(session, _slot_of(session, press_id))
        press = session.get_one(Press, press_id, populate_existing=True)
        _must_be_last(session, press, slot.name)
        if within is not None and now - press.pressed_at > within:
            raise TooLateToUndo(within // timedelta(minutes=1))
        pressed = facts_of(slot)
        put_back(slot, press.before)
        press.undone_at = now
        record(slot, f"slot.{press.verb}.undone", pressed, by, now)
    return press


def _slot_of(session: Session, press_id: int) -> int:
    slot_id = session.scalar(select(Press.slot_id).where(Press.id == press_id))
    if slot_id is None:
        raise NothingToUndo
    return slot_id


def _must_be_last(session: Session, press: Press, name: str) -> None:
    if press.undone_at is not None:
        raise NothingToUndo
    later = select(Press.id).where(Press.slot_id == press.slot_id, Press.id > press.id, Press.undone_at.is_(None))
    if session.scalar(later.limit(1)) is not None:
        raise PressedSince(name)
