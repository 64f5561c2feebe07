"""Having an act asked for its answer now, whenever the reminders would ask."""

from datetime import datetime

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.rules import UNDO
from coordinator.db import transaction

from ..models import ActAnswer, Slot
from .answers import answer_slot


def ask_now(slot: Slot, *, actor: Actor, now: datetime) -> None:
    """Ask the act whether it plays; its text leaves after ``UNDO``. A no, or answers that disagree, no longer count."""
    with transaction():
        if slot.answer != ActAnswer.OPEN and (slot.answer != ActAnswer.INVITED or slot.disputed_at):
            answer_slot(slot, ActAnswer.INVITED, actor=actor, now=now)
        before, slot.asked_at = _asked(slot), now
        record(slot.event, actor, "slot.asked", slot.key, now=now, before=before, after=_asked(slot))


def take_back_ask(slot: Slot, was: str, *, actor: Actor, now: datetime) -> bool:
    """Ask nobody after all; ``was`` is the answer that the act had before. False once the text has left."""
    with transaction():
        if slot.asked_at is None or now >= slot.asked_at + UNDO:
            return False
        before, slot.asked_at = _asked(slot), None
        record(slot.event, actor, "slot.asked", slot.key, now=now, before=before, after=_asked(slot))
        if was == ActAnswer.DECLINED and slot.answer == ActAnswer.INVITED and not slot.answers:
            answer_slot(slot, was, actor=actor, now=now)
    return True


def _asked(slot: Slot) -> dict[str, str | None]:
    return {"asked_at": slot.asked_at.isoformat() if slot.asked_at else None}
