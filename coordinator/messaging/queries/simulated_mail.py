"""The emails of one organization, as the simulated mailboxes show them."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from coordinator.db import db
from coordinator.people.models import Channel

from ..models import WENT_OUT, Message

LATEST = 100


def simulated_mail(organisation_id: int) -> list[Message]:
    """What has arrived, newest first, with whom it was for; at most the newest hundred."""
    arrived = select(Message).where(
        Message.organisation_id == organisation_id, Message.channel == Channel.EMAIL, Message.state.in_(WENT_OUT)
    )
    newest = arrived.order_by(Message.id.desc()).limit(LATEST).options(selectinload(Message.person))
    return list(db.session.scalars(newest))
