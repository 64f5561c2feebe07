"""What performers say about their slot. None of it moves the show: that is the stage manager's."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...accounts.models import AuditEntry
from ...db import transaction
from ..models import Slot


def answer_slot(slot: Slot, answer: str, *, how: str, by: str, now: datetime, asks_for: str | None = None) -> str:
    """Keep the act's answer: invited, confirmed or declined. Gives back what it was before.

    ``how`` is text, link or coordinator; ``by`` the name of whoever answered; ``asks_for`` what they said about
    another time.
    """
    with transaction() as session:
        _hold(session, slot)
        before = slot.answer
        slot.answer, slot.answered_how, slot.answered_at = answer, how, now
        slot.asks_for = asks_for
        session.add(
            AuditEntry(
                organisation_id=slot.event.organisation_id,
                event_id=slot.event_id,
                by=by,
                at=now,
                what="slot.answered",
                subject=slot.key,
                before={"answer": before},
                after={"answer": answer, "how": how},
            )
        )
    return before


def say_late(slot: Slot, late_by: timedelta | None, *, now: datetime) -> timedelta | None:
    """Keep a performer's own word about being late (None or zero withdraws it); gives back what they said before."""
    with transaction() as session:
        _hold(session, slot)
        before = slot.said_late_by
        slot.said_late_by = late_by or None
        slot.said_late_at = now if late_by else None
    return before


def say_here(slot: Slot, *, now: datetime | None) -> datetime | None:
    """Keep since when the act has been in the building (None: not here after all); gives back what was known."""
    with transaction() as session:
        _hold(session, slot)
        before = slot.said_here_at
        slot.said_here_at = now
    return before


def _hold(session: Session, slot: Slot) -> None:
    """Read the slot again, so that nobody else changes it until this is written."""
    session.execute(select(Slot.id).where(Slot.id == slot.id).with_for_update())
    session.refresh(slot)
