"""Whether someone knows about a spot that someone else gave them."""

from datetime import datetime

from sqlalchemy import select

from coordinator.db import db
from coordinator.messaging.actions.outbox import withdraw
from coordinator.messaging.models import TOLD, UNSENT, Call, Message

from ..models import SignUp


def knows_of_place(sign_up: SignUp, now: datetime) -> bool:
    """Whether losing the spot would be news to them; a text about it that has not gone out is withdrawn.

    It is no news to someone who was put on it and has neither got that text, nor been called, nor answered.
    """
    if sign_up.notice != "assigned" or sign_up.will_come_at or sign_up.wants_cover_at:
        return True
    text = db.session.scalars(select(Message).where(Message.dedupe_key == sign_up.assigned_key)).one_or_none()
    if text is not None and text.state in UNSENT and withdraw(text, now=now, cause="no longer wanted"):
        return False
    called = select(Call.id).where(Call.dedupe_key == sign_up.assigned_key, Call.ticked_at.is_not(None))
    return (text is not None and text.state in TOLD) or db.session.scalar(called) is not None
