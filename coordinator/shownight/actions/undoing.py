"""Undoing a press."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.accounts.models import Actor
from coordinator.core.json_values import JsonObject
from coordinator.db import transaction
from coordinator.lineup.models import Slot

from ..models import Press, Verb
from ..refusals import NothingToUndo, NotYourPress, PressedSince, TooLateToUndo
from .facts import facts_of, pass_on, put_back
from .holding import hold_again
from .pressing import held, record_press, what_was_done


def undo_press(
    press_id: int, *, actor: Actor, now: datetime, within: timedelta | None = None, own_on: str | None = None
) -> Press:
    """Restore the slot's facts to what they were before the press, which must be the last one of its slot.

    Presses made with the same tap are undone with it; a stage that went on with it is on hold again. ``within``: only
    so long after the press. ``own_on``: only the actor's own press, on the stage with that key; without it, the page
    named who pressed. Raises NothingToUndo,
    PressedSince, TooLateToUndo, NotYourPress.
    """
    with transaction() as session:
        slot = held(session, _slot_of(session, press_id))
        press = session.get_one(Press, press_id, populate_existing=True)
        if own_on is not None and not (press.is_by(actor.name, actor.coordinator_id) and slot.stage.key == own_on):
            raise NotYourPress(slot.name, press.by)
        if within is not None and now - press.pressed_at > within:
            raise TooLateToUndo(within // timedelta(minutes=1))
        for one in _made_together(session, press):
            _take_back(session, one, actor, now)
    return press


def _made_together(session: Session, press: Press) -> Sequence[Press]:
    """The press and those made with the same tap, last first."""
    if press.tap_id is None:
        return [press]
    together = select(Press).where(Press.event_id == press.event_id, Press.tap_id == press.tap_id)
    return session.scalars(together.order_by(Press.id.desc()).execution_options(populate_existing=True)).all()


def _take_back(session: Session, press: Press, actor: Actor, now: datetime) -> None:
    slot = session.get_one(Slot, press.slot_id, populate_existing=True)
    _must_be_last(session, press, slot.name)
    pressed = facts_of(slot)
    put_back(slot, _before(press, pressed["late_by"]))
    hold_again(session, press, actor=actor, now=now)
    press.undone_at = now
    pass_on(slot, now)
    record_press(slot, f"{what_was_done(press)}.undone", pressed, actor, now)
    session.flush()


def _before(press: Press, late_by: int | None) -> JsonObject:
    """The facts to restore; a lateness that a new planned start has withdrawn since stays withdrawn."""
    as_pressed = (press.minutes or None) if press.verb == Verb.LATE else press.before["late_by"]
    return press.before if late_by == as_pressed else {**press.before, "late_by": late_by}


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
