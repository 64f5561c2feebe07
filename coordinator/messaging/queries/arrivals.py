"""When the network last contacted us: shows that its calls get through."""

from datetime import datetime
from typing import Final

from sqlalchemy import select

from coordinator.db import db

from ..models import Direction, Message, MessageState, Receipt

SIMULATED: Final = "SIM"  # prefix of the IDs that simulated phones give to texts
ENOUGH: Final = 200  # receipts to look through; most of them are callbacks


def last_inbound_at(*, simulated: bool) -> datetime | None:
    """When the newest text came in, from simulated phones or from real ones."""
    ours = Message.provider_sid.startswith(SIMULATED, autoescape=True)
    came = select(Message.created_at).where(Message.direction == Direction.IN, ours if simulated else ~ours)
    return db.session.scalars(came.order_by(Message.id.desc()).limit(1)).first()


def last_call_back_at() -> datetime | None:
    """When the network last called back about one of our texts; what we fetched ourselves does not count."""
    newest = db.session.execute(
        select(Receipt.received_at, Receipt.fields).order_by(Receipt.id.desc()).limit(ENOUGH)
    ).all()
    return next((at for at, fields in newest if "AccountSid" in fields), None)


def has_delivered(sender: str) -> bool:
    """Whether a text from this sender has reached a phone."""
    one = select(Message.id).where(Message.state == MessageState.DELIVERED, Message.sender == sender).limit(1)
    return db.session.scalars(one).first() is not None
